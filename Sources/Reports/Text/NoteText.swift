import Selector
package import Simulator

/// The notes of a trace in words.
package struct NoteText {
  let note: TraceNote
  let walker: Walker

  package init(note: TraceNote, walker: Walker) {
    self.note = note
    self.walker = walker
  }

  package var text: String { Style.visible(words) }

  private var words: String {
    switch note {
    case .otherSemantics(let name, let verdict): other(name, verdict)
    case .untrackedToWorkload(let decision):
      "\(label(decision)) lets the packet to the workload untracked: replies find no connection and are dropped or "
        + "judged anew (S81-S86)"
    case .untrackedOneWay(let decision, let interface):
      "\(label(decision)) lets the packet through untracked, and no untracked rule lets its reply through\(at(interface)): "
        + "untracked policy must be symmetric (S61)"
    case .replyUntracked(let decision):
      "\(label(decision)) lets only the reply through untracked: the client's next TCP segment is then invalid"
    case .dnatLost(let decision, let rule):
      "\(label(decision)) allows the packet untracked, so it is not DNATed to \(target(rule))"
    case .foreignSource(let endpoint):
      "the source address is none of workload \"\(walker.world.endpoints[endpoint].shortName)\"'s own"
    case .inferredNetwork(let node):
      "there is no Host document for \(node): interfaces and addresses are inferred from its endpoints"
    }
  }

  private func at(_ interface: Int?) -> String { interface.map { " at \(walker.topology.interfaces[$0].name)" } ?? "" }

  private func label(_ decision: Decision) -> String { DecisionName(decision, on: walker).label }

  private func target(_ rule: Int) -> String {
    let dnat = walker.topology.dnatRules[rule]
    return dnat.toPort.map { "\(dnat.toAddress) port \($0)" } ?? dnat.toAddress.description
  }

  private func other(_ name: String, _ verdict: Verdict) -> String {
    guard let semantics = Semantics.named(name) else { return "\(name) decides otherwise" }
    let there = Walker(world: walker.world, node: walker.topology.node, semantics: semantics)
    func words(_ judgement: Judgement) -> String {
      let decision = DecisionName(judgement.decidedBy, on: there)
      let place = decision.rule?.location.map { " (\($0.fileAndLine))" } ?? ""
      return "\(judgement.isAllowed ? "allow" : "deny") by \(decision.label)\(place)"
    }
    let reply = verdict.reply.map { "; reply: \(words($0))" } ?? ""
    return "\(name) (\(semantics.summary)) decides otherwise: \(words(verdict.forward))\(reply)"
  }
}
