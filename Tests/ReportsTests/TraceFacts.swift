import Reports
import Selector
import Simulator

/// What a trace holds, read off it step by step: to hold the facts of an explanation against.
struct TraceFacts {
  let trace: Trace
  let walker: Walker

  private func journey(_ part: Explanation.Part) -> Journey? {
    part == .packet ? trace.forward : part == .reply ? trace.reply : nil
  }

  private func gates(_ journey: Journey) -> [GateStep] {
    journey.steps.compactMap { if case .gate(let gate) = $0 { gate } else { nil } }
  }

  // MARK: Is it in the trace?

  func contains(_ fact: Fact, in part: Explanation.Part) -> Bool {
    switch fact {
    case .note(let note): return part == .notes && trace.notes.contains(note)
    case .noReply: return trace.forward.judgement.isAllowed && trace.reply == nil && trace.replyError == nil
    case .replyError(let error): return trace.replyError == error
    case .ruling(let claim): return Claim.named(ByteString(claim)) != nil
    default: break
    }
    guard let journey = journey(part) else { return false }
    switch fact {
    case .entry(let entry, let packet): return journey.entry == entry && journey.packet == packet
    case .verdict(let isAllowed, let decision):
      return journey.judgement.isAllowed == isAllowed && journey.judgement.decidedBy == decision
    case .conntrack(let state):
      return journey.judgement.state == state
    case .dnat(let before, let after, let rule):
      return journey.steps.contains { if case .dnat(before, after, rule) = $0 { true } else { false } }
    case .route(let exit, let path): return journey.steps.contains { if case .route(exit, path) = $0 { true } else { false } }
    default: return gates(journey).contains { holds(fact, at: $0, journey) }
    }
  }

  private func holds(_ fact: Fact, at gate: GateStep, _ journey: Journey) -> Bool {
    switch fact {
    case .skipped(let site, let reason, let policies):
      let mayHide =
        switch reason {
        case .never, .spared, .final: true;
        default: false
        }
      return GateSite(gate) == site && gate.result == .passed(reason) && policies == (mayHide ? standing(at: gate) : [])
    case .unmatched(let site, let kind, let subjects):
      return GateSite(gate) == site
        && subjects.allSatisfy { subject in
          gate.attempts.contains { $0.kind == kind && $0.subject == subject && $0.rules.allSatisfy { $0.failure != nil } }
        }
    case .matched(let decision, let criteria):
      let attempt = gate.attempts.first { $0.kind == decision.kind && $0.subject == Int(decision.subject) }
      let isSite =
        decision.stage == gate.stage && decision.direction == gate.direction && Int(decision.interface) == gate.interface
      return isSite && journey.matched.contains(decision)
        && attempt?.rules.contains { $0.rule == Int(decision.rule) && $0.failure == nil } == true
        && Set(criteria) == Set(Self.criteria(of: rule(decision)))
    case .builtIn(let decision):
      return gate.result == .asked(.accepted(decision)) || gate.result == .asked(.denied(decision))
        || journey.matched.contains(decision) && gate.side == .hostAction
    case .wentOn(let site): return GateSite(gate) == site && gate.result == .asked(.noVerdict)
    case .notAsked(let site, let kind, let policies):
      let tried = gate.attempts.filter { $0.kind == .policy }.map(\.subject)
      return kind == .policy && GateSite(gate) == site && !policies.isEmpty
        && policies == standing(at: gate).filter { !tried.contains($0) }
    case .aside(let site, let policies, let why):
      return GateSite(gate) == site && !policies.isEmpty && policies.allSatisfy { selects($0, gate) && reason($0, gate) == why }
    default: return false
    }
  }

  // MARK: What has to be told

  /// Every fact that decided, or without which what follows cannot be understood.
  var deciding: [(Explanation.Part, Fact)] {
    var facts = deciding(trace.forward).map { (Explanation.Part.packet, $0) }
    facts += (trace.reply.map { deciding($0) } ?? []).map { (.reply, $0) }
    facts += trace.notes.map { (.notes, .note($0)) }
    if trace.forward.judgement.isAllowed, trace.reply == nil {
      facts.append((.reply, trace.replyError.map { .replyError($0) } ?? .noReply))
    }
    return facts
  }

  private func deciding(_ journey: Journey) -> [Fact] {
    var facts: [Fact] = [
      .entry(journey.entry, journey.packet), .verdict(isAllowed: journey.judgement.isAllowed, journey.judgement.decidedBy),
    ]
    // Whose connection is known is asked nothing: what stands on its way is not told.
    let isPlain = journey.judgement.isAllowed && journey.judgement.state == .established
    for step in journey.steps {
      switch step {
      case .conntrack(let state): facts.append(.conntrack(state))
      case .dnat(let before, let after, let rule): facts.append(.dnat(from: before, to: after, rule: rule))
      case .route(let exit, let path): facts.append(.route(exit, path))
      case .gate(let gate): facts += deciding(gate, journey, isPlain: isPlain)
      }
    }
    return facts
  }

  private func deciding(_ gate: GateStep, _ journey: Journey, isPlain: Bool) -> [Fact] {
    outcome(of: gate, journey, isPlain: isPlain) + unasked(gate)
  }

  /// The policies that the decision at a gate came before.
  private func unasked(_ gate: GateStep) -> [Fact] {
    guard case .asked(let outcome) = gate.result, gate.side != .hostAction else { return [] }
    if case .accepted(let decision) = outcome, decision.kind == .conntrackEstablished { return [] }
    let tried = gate.attempts.filter { $0.kind == .policy }.map(\.subject)
    let rest = standing(at: gate).filter { !tried.contains($0) }
    return rest.isEmpty ? [] : [.notAsked(GateSite(gate), .policy, rest)]
  }

  /// Interfaces at which gates were asked or had nothing to ask, each with the policies that select its endpoint and have no say.
  var aside: [Int: Set<Int>] {
    let journeys = [trace.forward] + (trace.reply.map { [$0] } ?? [])
    return journeys.flatMap(gates).reduce(into: [:]) { aside, gate in
      guard let interface = gate.interface else { return }
      if case .passed(let reason) = gate.result, reason != .noPolicy { return }
      aside[interface, default: []].formUnion(
        walker.world.policies.indices.filter { selects($0, gate) && reason($0, gate) != nil })
    }
  }

  private func outcome(of gate: GateStep, _ journey: Journey, isPlain: Bool) -> [Fact] {
    switch gate.result {
    case .passed(let reason):
      guard !isPlain, gate.endpoint != nil || reason == .noEndpoint else { return [] }
      return [
        .skipped(
          GateSite(gate), reason, policies: [.noPolicy, .noEndpoint, .noInterface].contains(reason) ? [] : standing(at: gate))
      ]
    case .asked(.accepted(let decision)), .asked(.denied(let decision)):
      if decision.kind == .policy || decision.kind == .profile { return matched(gate, journey) }
      return matched(gate, journey) + [.builtIn(decision)]
    case .asked(.noVerdict): return matched(gate, journey) + [.wentOn(GateSite(gate))]
    }
  }

  /// The rules that matched at a gate.
  private func matched(_ gate: GateStep, _ journey: Journey) -> [Fact] {
    journey.matched.filter {
      ($0.kind == .policy || $0.kind == .profile) && $0.stage == gate.stage && $0.direction == gate.direction
        && Int($0.interface) == gate.interface
    }.map { .matched($0, Self.criteria(of: rule($0))) }
  }

  /// Which criterion comes first is not told.
  static func inOrder(_ fact: Fact) -> Fact {
    guard case .matched(let decision, let criteria) = fact else { return fact }
    return .matched(decision, criteria.sorted { $0.rawValue < $1.rawValue })
  }

  // MARK: The world

  private func rule(_ decision: Decision) -> Rule {
    let (subject, index) = (Int(decision.subject), Int(decision.rule))
    return decision.kind == .policy
      ? walker.world.policies[subject].rules(decision.direction)[index]
      : walker.world.profiles[subject].rules(decision.direction)[index]
  }

  private func selects(_ policy: Int, _ gate: GateStep) -> Bool {
    guard let endpoint = gate.endpoint else { return false }
    return walker.world.labels.endpoints(matching: walker.world.policies[policy].selector).contains(endpoint)
  }

  private func isOfStage(_ policy: Int, _ gate: GateStep) -> Bool {
    switch walker.world.policies[policy].kind {
    case .untracked: gate.stage == .untracked
    case .preDNAT: gate.stage == .preDNAT
    case .normal: gate.stage == .normal || gate.stage == .workload
    }
  }

  private func hasICMPZero(_ policy: Policy) -> Bool {
    (policy.ingress + policy.egress).contains { $0.icmp?.type == 0 || $0.icmp?.code == 0 }
  }

  private func reason(_ policy: Int, _ gate: GateStep) -> PolicyAside? {
    guard isOfStage(policy, gate) else { return gate.stage == .workload ? .notForWorkloads : nil }
    if walker.world.policies[policy].isDisabled { return .disabled }
    return walker.semantics.name == "calico-2.4" && hasICMPZero(walker.world.policies[policy]) ? .countsAsMissing : nil
  }

  /// The policies that a gate asks, if it is asked.
  private func standing(at gate: GateStep) -> [Int] {
    walker.world.policies.indices.filter { isOfStage($0, gate) && selects($0, gate) && reason($0, gate) == nil }
  }

  /// What a rule asks for, by what stands in it.
  static func criteria(of rule: Rule) -> [Criterion] {
    var found: [Criterion] = []
    func add(_ criterion: Criterion, if stands: Bool) { if stands { found.append(criterion) } }
    let hasPorts = [rule.source.ports, rule.source.notPorts, rule.destination.ports, rule.destination.notPorts].contains {
      !$0.isEmpty
    }
    add(.ipVersion, if: rule.ipVersion != nil)
    add(.protocol, if: rule.protocol != nil)
    add(.notProtocol, if: rule.notProtocol != nil)
    add(.portProtocol, if: hasPorts && rule.protocol == nil)
    add(.icmp, if: rule.icmp != nil)
    add(.notICMP, if: rule.notICMP != nil)
    add(.sourceNets, if: !rule.source.nets.isEmpty)
    add(.sourceNotNets, if: !rule.source.notNets.isEmpty)
    add(.sourceTag, if: rule.source.tag != nil)
    add(.sourceNotTag, if: rule.source.notTag != nil)
    add(.sourceSelector, if: rule.source.selector != nil)
    add(.sourceNotSelector, if: rule.source.notSelector != nil)
    add(.sourcePorts, if: !rule.source.ports.isEmpty)
    add(.sourceNotPorts, if: !rule.source.notPorts.isEmpty)
    add(.destinationNets, if: !rule.destination.nets.isEmpty)
    add(.destinationNotNets, if: !rule.destination.notNets.isEmpty)
    add(.destinationTag, if: rule.destination.tag != nil)
    add(.destinationNotTag, if: rule.destination.notTag != nil)
    add(.destinationSelector, if: rule.destination.selector != nil)
    add(.destinationNotSelector, if: rule.destination.notSelector != nil)
    add(.destinationPorts, if: !rule.destination.ports.isEmpty)
    add(.destinationNotPorts, if: !rule.destination.notPorts.isEmpty)
    return found
  }
}
