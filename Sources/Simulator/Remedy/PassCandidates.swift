import Selector

/// The single edits that may bring a dropped packet, or its dropped reply, past the gate that drops it: first those at
/// that gate, then those at gates before it whose accept spares the packet the rest.
struct PassCandidates {
  let walker: Walker
  /// The world that the remedy is for; the walker's may lack policies that the flow does not meet.
  let whole: World
  let trace: Trace
  let plan: RemedyPlan

  private var isReply: Bool { trace.forward.judgement.isAllowed }
  private var journey: Journey? { isReply ? trace.reply : trace.forward }

  var edits: [RemedyEdit] {
    guard let journey, let gate = journey.gates.last, case .asked(.denied(let decision)) = gate.result else { return [] }
    var edits = atGate(gate, decision, journey)
    for gate in journey.gates.reversed() where gate.stage.isBeforeRouting && gate.gaveNoVerdict {
      let openings = gate.openings(in: walker.world)
      edits += insert([.allow], at: counterpart(gate, openings) ?? walker.narrowest(openings), journey, gate)
    }
    // Whether the reply has a connection to belong to is settled where the packet itself meets untracked policy.
    if isReply {
      for gate in trace.forward.gates where gate.stage == .untracked { edits += trackingOtherwise(gate) }
    }
    return edits
  }

  private func atGate(_ gate: GateStep, _ decision: Decision, _ journey: Journey) -> [RemedyEdit] {
    let openings = gate.openings(in: walker.world)
    switch decision.kind {
    case .policy, .profile:
      return actions(against: decision).flatMap { action in
        let other = action == .allow ? counterpart(gate, openings) : nil
        return insert([action], at: other ?? openings.last, journey, gate)
      }
    case .noPolicyMatched:
      return insert([.allow], at: walker.narrowest(openings), journey, gate)
    case .noProfileMatched:
      // Rules of profiles are asked last and bring no default drop, so they alter least; then the policy that passed.
      let opening = walker.narrowest(openings.filter { $0.list.owner == .profile }) ?? walker.narrowest(openings)
      guard let opening else { return newRules(at: decision).creations }
      return insert([.allow], at: opening, journey, gate)
    case .missingProfile:
      let new = newRules(at: decision)
      return new.forMissingProfile + insert([.allow], at: walker.narrowest(openings), journey, gate)
        + new.addedProfile(place: Int(decision.subject))
    case .endpointToHostAction:
      guard walker.topology.document != nil else { return [] }
      return [.setEndpointToHostAction(node: walker.topology.node, to: .accept)]
    case .failsafe, .conntrackEstablished, .conntrackInvalid, .unknownWorkload, .notPoliced:
      return []
    }
  }

  /// For a reply in the untracked stage, the place in the policy that let the packet through there: untracked policy is
  /// symmetric (S61), and who reads the one rule looks for the other beside it.
  private func counterpart(_ gate: GateStep, _ openings: [Opening]) -> Opening? {
    guard isReply, gate.stage == .untracked else { return nil }
    let accepting = trace.forward.gates.lazy.filter { $0.stage == .untracked }.compactMap(\.acceptedBy)
      .first { $0.kind == .policy }
    return openings.first { $0.list.owner == .policy && $0.subject == accepting.map { Int($0.subject) } }
  }

  /// Before an untracked deny a `pass` comes first: it only exempts the packet from that policy, while an allow would
  /// take its connection, its DNAT and all later gates away from it (SEMANTICS sections 4 and 6).
  private func actions(against decision: Decision) -> [Action] {
    switch decision.stage {
    case .untracked: [.pass, .allow]
    case .preDNAT: [.allow, .pass]
    case .normal, .workload, nil: [.allow]
    }
  }

  /// Edits that make an untracked packet tracked, or the other way round.
  private func trackingOtherwise(_ gate: GateStep) -> [RemedyEdit] {
    let openings = gate.openings(in: walker.world)
    if gate.gaveNoVerdict { return insert([.allow], at: walker.narrowest(openings), trace.forward, gate) }
    guard gate.acceptedBy?.kind == .policy else { return [] }
    return insert([.pass], at: openings.last, trace.forward, gate)
  }

  private func insert(_ actions: [Action], at opening: Opening?, _ journey: Journey, _ gate: GateStep) -> [RemedyEdit] {
    guard let opening else { return [] }
    let isReply = self.isReply && journey.packet != trace.forward.packet
    return actions.map { action in
      let rule = Rule.exact(action, journey.packet(at: gate.stage), isReply: isReply)
      return plan.insertion(of: rule, at: opening)
    }
  }

  private func newRules(at decision: Decision) -> NewRules {
    let rule = journey.map { Rule.exact(.allow, $0.packet(at: decision.stage), isReply: isReply) }
    return NewRules(world: walker.world, whole: whole, decision: decision, rule: rule ?? Rule(.allow))
  }
}

extension RemedyPlan {
  /// A rule for a place that was found in the world after this plan.
  func insertion(of rule: Rule, at opening: Opening) -> RemedyEdit {
    let isOwn = edits.contains { $0.created == opening.list.resource }
    let anchor = isOwn ? opening.index : anchor(of: opening.index, in: opening.list)
    return .insert(RuleInsertion(rule: rule, list: opening.list, anchor: anchor, index: anchor))
  }
}
