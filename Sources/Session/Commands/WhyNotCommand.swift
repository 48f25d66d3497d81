import Manifests
import Reports
import Selector
import Simulator

/// The change that `why not` found and `fix` makes.
struct Proposal: Sendable {
  /// The flow that it is for, as it was typed.
  var flow: String
  var changes: [ResourceChange]
}

extension Command {
  static let whyNot = Command(
    "why not", forms: ["why not [FLOW]"],
    summary: "the smallest change that would let it pass, or stop it, and what else that alters",
    details: """
      Names the one rule or default that stands in the way, and the smallest change that turns the flow's fate: the rule, where it
      would go, and which other flows it would alter, watched ones and neighbouring ones. A flow that passes is stopped instead. `fix`
      makes the change.
      """,
    slots: { _ in [.flow] }, example: { $0.exampleFlow.map { "why not \($0)" } },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let source = try session.flowOrLast(&arguments)
      let (walker, flow) = try session.resolve(source.text, at: source.range.lowerBound)
      session.lastFlow = source.text
      let found = walker.remedy(for: flow)
      var impact: RemedyImpact?
      session.proposal = nil
      if case .remedy(let remedy) = found {
        impact = remedy.impact(on: session.watchedFlows(), from: walker)
        session.proposal = Proposal(flow: source.text, changes: remedy.changes)
      }
      let yaml = RemedyYAML(rule: encodeRule, resource: encodeManifest)
      answer.say(RemedyText(found, to: flow, impact: impact, on: walker, style: session.style, yaml: yaml).lines)
      if session.proposal != nil { answer.say(session.style.dim("\"fix\" makes this change, \"undo\" takes it back")) }
    })

  static let fix = Command(
    "fix", forms: ["fix"], summary: "make the change that why not found",
    details: "Makes the last suggestion of why not, as one step. Any other change in between makes the suggestion void.",
    isJournalled: true, example: { _ in nil },
    run: { (session, arguments, answer) throws(CommandFailure) in
      try arguments.expectEnd()
      guard let proposal = session.proposal else {
        throw .refused("there is no suggestion to follow", help: "\"why not FLOW\" makes one")
      }
      for change in proposal.changes {
        answer.say("\(change.before == nil ? "added" : "changed") \(Style.visible(change.id.description))")
        answer.say(session.diffLines(change).dropFirst(2).map { "  \($0)" })
      }
      answer.journal = ["why not \(proposal.flow)", "fix"]
      session.commit(proposal.changes, "fix \(proposal.flow)", &answer)
    })
}

extension Session {
  /// The watched flows that can be judged.
  fileprivate mutating func watchedFlows() -> [HostFlow] {
    watches.entries.compactMap { entry in
      // One that names what is no longer there has no fate to alter.
      guard let (walker, flow) = try? judge.resolve(entry.text) else { return nil }
      return HostFlow(node: walker.topology.node, flow: flow)
    }
  }
}
