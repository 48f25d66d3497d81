import Selector

/// The single edits that may drop a packet that is delivered: a deny where a list is really asked, the deciding gate
/// first; then, where a failsafe decides, the port taken out of the failsafes.
struct StopCandidates {
  let walker: Walker
  let trace: Trace
  let plan: RemedyPlan

  var edits: [RemedyEdit] {
    let gates = trace.forward.gates.reversed()
    let accepting = gates.filter { $0.acceptedBy?.kind == .policy || $0.acceptedBy?.kind == .profile }
    let silent = gates.filter(\.gaveNoVerdict)
    let denies =
      accepting.flatMap { deny(at: $0.openings(in: walker.world).last, $0) }
      + silent.flatMap { deny(at: walker.narrowest($0.openings(in: walker.world)), $0) }
    return denies + failsafe
  }

  private func deny(at opening: Opening?, _ gate: GateStep) -> [RemedyEdit] {
    guard let opening else { return [] }
    let rule = Rule.exact(.deny, trace.forward.packet(at: gate.stage), isReply: false)
    return [plan.insertion(of: rule, at: opening)]
  }

  private var failsafe: [RemedyEdit] {
    let decision = trace.forward.judgement.decidedBy
    guard decision.kind == .failsafe, walker.topology.document != nil else { return [] }
    let list = walker.topology.failsafes(decision.direction)
    let port = list[Int(decision.rule)]
    return [.removeFailsafe(node: walker.topology.node, decision.direction, port, left: list.filter { $0 != port })]
  }
}

extension Topology {
  func failsafes(_ direction: Direction) -> [Host.FailsafePort] {
    direction == .ingress ? failsafeInbound : failsafeOutbound
  }
}
