import Selector
package import Simulator

/// What nearly turned a packet's fate, as far as its own way shows it: rules that fail by one criterion alone, and denials that
/// would have come first.
package struct NearMisses: Sendable {
  /// A rule that is no match, or no longer asked.
  package struct Miss: Hashable, Sendable {
    /// The rule and what it would have done.
    package var decision: Decision
    /// The one criterion that fails; `nil` for a rule that matches and comes too late.
    package var failure: Criterion?
    /// Of a rule that matches: are no policies asked there at all?
    package var isUnasked: Bool
    /// The packet as the rule sees it.
    package var packet: Packet
  }

  /// Is it about a denial, of the packet or of its reply? Then what nearly allowed it; else what nearly denied it.
  package let isDenied: Bool
  package let isOfReply: Bool
  package let misses: [Miss]
  /// How many more there are.
  package let more: Int

  /// So many are shown.
  package static let limit = 4

  package init(_ trace: Trace, on walker: Walker) {
    let reply = trace.reply.flatMap { $0.judgement.isAllowed ? nil : $0 }
    let isDeniedForward = !trace.forward.judgement.isAllowed
    let journey = isDeniedForward ? trace.forward : reply ?? trace.forward
    isDenied = isDeniedForward || reply != nil
    isOfReply = !isDeniedForward && reply != nil
    let search = NearMissSearch(journey: journey, walker: walker)
    let found = isDenied ? search.nearlyAllowed : search.nearlyDenied
    misses = Array(found.prefix(Self.limit))
    more = found.count - misses.count
  }

  /// The first says what follows; each other is one near miss.
  package func prose(on walker: Walker) -> [Prose] {
    let what: Prose = isOfReply ? "the reply" : "the packet"
    guard !misses.isEmpty else {
      return [
        isDenied
          ? "Nothing nearly allowed \(what): no rule that was tried misses it by one thing alone."
          : "Of the policies that are not asked none would have denied \(what)."
      ]
    }
    let head: Prose = isDenied ? "What nearly allowed \(what):" : "What would have denied \(what) had it come first:"
    let rest: [Prose] = more > 0 ? ["And \(more) more."] : []
    return [head] + misses.map { prose($0, walker) } + rest
  }

  private func prose(_ miss: Miss, _ walker: Walker) -> Prose {
    let name = DecisionName(miss.decision, on: walker)
    guard let rule = name.rule, let owner = name.name else { return "" }
    let place = "\(miss.decision.direction.rawValue)[\(miss.decision.rule)]"
    let file: Prose = rule.location.map { " (\(name: $0.shortFileAndLine))" } ?? ""
    let what: Prose = "\(miss.decision.kind == .policy ? "Policy" : "Profile") \(name: owner) \(name: place)\(file)"
    let at = whereabouts(miss.decision, walker)
    if let failure = miss.failure {
      return "\(what) would allow it \(at), \(RuleReason(rule: rule, packet: miss.packet).wanting(failure))."
    }
    return "\(what) matches it, too, \(at), but \(miss.isUnasked ? "that policy is not asked on this way" : "comes later")."
  }

  /// `in the normal stage of eth0-hep`.
  private func whereabouts(_ decision: Decision, _ walker: Walker) -> Prose {
    guard let stage = decision.stage, decision.endpoint >= 0 else { return "" }
    return "in the \(stage.rawValue) stage of \(name: walker.world.endpoints[Int(decision.endpoint)].shortName)"
  }
}
