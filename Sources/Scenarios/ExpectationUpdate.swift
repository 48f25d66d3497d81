import Manifests
import Selector
package import Simulator

/// Expectations rewritten to what was found, in the text of the scenarios' files.
package struct ExpectationUpdate: Sendable {
  /// A file as it is and as it would be.
  package struct File: Sendable {
    package var name: String
    package var before: [UInt8]
    package var after: [UInt8]
  }

  /// A scenario that cannot be rewritten, and why.
  package struct Refusal: Error {
    package var location: SourceLocation?
    package var message: String
  }

  package private(set) var files: [File] = []
  package private(set) var refusals: [Refusal] = []

  /// - Parameters:
  ///   - runs: with what came of each.
  ///   - sources: the texts of the scenarios' files.
  package init(_ runs: [(run: ScenarioRun, outcome: ScenarioOutcome)], sources: [SourceText]) {
    let texts = Dictionary(sources.map { ($0.name, $0.bytes) }) { first, _ in first }
    var plans: [String: UpdatePlan] = [:]
    for (run, outcome) in runs {
      guard let text = texts[run.loaded.file] else { continue }
      for flow in outcome.flows {
        guard case .flow(let expected) = run.loaded.scenario.steps[flow.step] else { continue }
        plans[run.loaded.file, default: UpdatePlan(file: run.loaded.file, text: text)].add(expected, flow)
      }
    }
    for (_, plan) in plans.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let (after, refused) = plan.result
      refusals += refused
      if let after { files.append(File(name: plan.file, before: plan.text, after: after)) }
    }
  }
}

extension Expectation {
  /// The expectation as what was found has it, with no more said than was said.
  func updated(to found: Expectation) -> Expectation {
    guard found.verdict != .error else { return Expectation(.error) }
    var updated = self
    updated.packet = packet.updated(to: found.packet)
    if path != nil { updated.path = found.path }
    if exit != nil { updated.exit = found.exit }
    switch (reply, found.reply) {
    case (nil, _): break
    case (.ruling(let wanted)?, .ruling(let ruling)?): updated.reply = .ruling(wanted.updated(to: ruling))
    case (_, let other): updated.reply = other.map(\.withoutPlace)
    }
    return updated
  }
}

extension Expectation.Reply {
  /// The verdict and what decides, for a reply of which nothing was said before.
  fileprivate var withoutPlace: Expectation.Reply {
    guard case .ruling(var ruling) = self else { return self }
    ruling.decision.stage = nil
    ruling.decision.endpoint = nil
    return .ruling(ruling)
  }
}

extension Expectation.Ruling {
  fileprivate func updated(to found: Expectation.Ruling) -> Expectation.Ruling {
    let wanted = decision
    var updated = Expectation.Ruling(found.verdict)
    guard found.verdict != .error else { return updated }
    if wanted.kind != nil {
      updated.decision = found.decision
      if wanted.kind == found.decision.kind {
        // A policy alone stays one, if that is still so.
        if wanted.name == nil { updated.decision.name = nil }
        if wanted.direction == nil { updated.decision.direction = nil }
        if wanted.rule == nil { updated.decision.rule = nil }
        if wanted.action == nil { updated.decision.action = nil }
      }
    }
    updated.decision.stage = wanted.stage == nil ? nil : found.decision.stage
    updated.decision.endpoint = wanted.endpoint == nil ? nil : found.decision.endpoint
    // The name that people use stays, if it is still that endpoint.
    if let endpoint = wanted.endpoint, let other = found.decision.endpoint,
      other == endpoint || other.bytes.suffix(endpoint.count + 1) == [UInt8(ascii: "/")] + endpoint.bytes
    {
      updated.decision.endpoint = endpoint
    }
    return updated
  }
}
