import Reports
package import Selector
package import Simulator

/// Holds what became of a flow against what was expected of it.
struct ExpectationCheck {
  let expected: Expectation
  let result: FlowResult

  /// Every point in which they differ.
  var failures: [TestFailure] {
    guard case .judged(let verdict, let walker) = result else { return errorFailures }
    let found = result.expectation
    var failures: [TestFailure] = []
    if expected.verdict != found.verdict {
      failures.append(failure("verdict", expected.packet.text, found.packet, verdict.forward.decidedBy, walker))
    } else if !expected.packet.decision.matches(found.packet.decision, shortName: walker.shortName(verdict.forward)) {
      let (point, wanted) = expected.packet.decision.mismatch(found.packet.decision)
      failures.append(failure(point, wanted, found.packet, verdict.forward.decidedBy, walker))
    }
    if let path = expected.path, path != found.path {
      failures.append(TestFailure("path", expected: path.rawValue, got: found.path?.rawValue ?? "none"))
    }
    if let exit = expected.exit, exit != found.exit {
      failures.append(TestFailure("out", expected: exit.text, got: found.exit?.text ?? "nowhere, it was dropped"))
    }
    if let reply = expected.reply, found.verdict == .allow { failures += replyFailures(reply, verdict, walker) }
    return failures
  }

  private var errorFailures: [TestFailure] {
    guard case .error(let message, let help) = result, expected.verdict != .error else { return [] }
    return [
      TestFailure("verdict", expected: expected.packet.text, got: "error", because: "\(message); \(help)")
    ]
  }

  private func replyFailures(_ expected: Expectation.Reply, _ verdict: Verdict, _ walker: Walker) -> [TestFailure] {
    let found = result.expectation.reply
    switch (expected, found) {
    case (.unanswered, .unanswered?): return []
    case (.ruling(let wanted), .ruling(let ruling)?):
      let shortName = verdict.reply.flatMap { walker.shortName($0) }
      if wanted.verdict == ruling.verdict, wanted.decision.matches(ruling.decision, shortName: shortName) { return [] }
      guard let reply = verdict.reply else {
        let why = verdict.replyError.map { "\($0.message(walker)); \($0.help(walker))" }
        return [TestFailure("reply", expected: wanted.text, got: "error", because: why)]
      }
      let what = wanted.verdict == ruling.verdict ? wanted.decision.fullText : wanted.text
      return [failure("reply", what, ruling, reply.decidedBy, walker)]
    case (.unanswered, .ruling(let ruling)?):
      guard let reply = verdict.reply else { return [TestFailure("reply", expected: "none", got: "error")] }
      return [failure("reply", "none", ruling, reply.decidedBy, walker)]
    case (.unanswered, nil): return [TestFailure("reply", expected: "none", got: "none is known")]
    case (.ruling(let wanted), _):
      return [TestFailure("reply", expected: wanted.text, got: "none", because: "nothing answers this packet")]
    }
  }

  private func failure(
    _ point: String, _ expected: String, _ found: Expectation.Ruling, _ decision: Decision, _ walker: Walker
  ) -> TestFailure {
    let text = DecisionText(decision, on: walker, style: .plain)
    return TestFailure(
      point, expected: expected, got: "\(found.verdict.rawValue) by \(found.decision.fullText)", because: text.why,
      decidedAt: text.location)
  }
}

extension Walker {
  /// The name that people use for the endpoint at which a packet was settled.
  package func shortName(_ judgement: Judgement) -> ByteString? {
    let endpoint = judgement.decidedBy.endpoint
    return endpoint >= 0 ? world.endpoints[Int(endpoint)].shortName : nil
  }
}

extension DecisionPattern {
  /// The point in which another decision is not what this one asks for, and what it asks for.
  fileprivate func mismatch(_ other: DecisionPattern) -> (point: String, wanted: String) {
    var bare = self
    bare.stage = nil
    bare.endpoint = nil
    if !bare.matches(other, shortName: nil) { return ("decided by", fullText) }
    if let stage, stage != other.stage { return ("stage", stage.rawValue) }
    return ("endpoint", endpoint?.text ?? "")
  }
}
