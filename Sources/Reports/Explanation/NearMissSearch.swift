import Simulator

/// Looks for near misses along one way.
struct NearMissSearch {
  let journey: Journey
  let walker: Walker

  private var gates: [GateStep] { journey.steps.compactMap(\.gate) }

  /// Rules of the gates that were asked and let the packet down that would allow it but for one criterion; those at the gate that
  /// dropped it first.
  var nearlyAllowed: [NearMisses.Miss] {
    gates.reversed().filter { $0.outcome.map { $0.decision?.action != .allow } ?? false }.flatMap { gate in
      gate.attempts.flatMap { attempt in
        attempt.rules.compactMap { result in
          miss(gate, attempt.kind, attempt.subject, result.rule, .allow).flatMap { $0.failure == nil ? nil : $0 }
        }
      }
    }
  }

  /// Rules that deny the packet and are not reached: behind the one that let it through, and at gates that were not asked; of each
  /// policy the first rule that would end it.
  var nearlyDenied: [NearMisses.Miss] {
    gates.reversed().flatMap { gate -> [NearMisses.Miss] in
      guard let place = gate.interface, gate.endpoint != nil, gate.side != .hostAction else { return [] }
      let policies = walker.policies(at: gate.stage, interface: place)
      switch gate.result {
      case .passed(let reason):
        return reason.hidesPolicies ? first(gate, policies, after: nil, isSkipped: true) : []
      case .asked(.accepted(let decision)):
        return first(
          gate, policies.filter { policy in !gate.attempts.contains { $0.kind == .policy && $0.subject == policy } },
          after: decision,
          isSkipped: decision.kind != .policy)
      case .asked: return []
      }
    }
  }

  private func first(_ gate: GateStep, _ policies: [Int], after decision: Decision?, isSkipped: Bool) -> [NearMisses.Miss] {
    var found: [NearMisses.Miss] = []
    if let decision, decision.kind == .policy {
      let rules = walker.world.policies[Int(decision.subject)].rules(gate.direction)
      found += ending(gate, Int(decision.subject), Int(decision.rule + 1)..<rules.count, isSkipped)
    }
    for policy in policies {
      found += ending(gate, policy, 0..<walker.world.policies[policy].rules(gate.direction).count, isSkipped)
    }
    return found
  }

  /// The first of some rules that ends the list for the packet, if it denies.
  private func ending(_ gate: GateStep, _ policy: Int, _ range: Range<Int>, _ isSkipped: Bool) -> [NearMisses.Miss] {
    let rules = walker.world.policies[policy].rules(gate.direction)
    let packet = journey.packet(at: gate)
    let match = range.first { index in
      rules[index].action != .log
        && walker.criteria(of: .policy, subject: policy, gate.direction, rule: index, packet).allSatisfy(\.holds)
    }
    guard let match, rules[match].action == .deny else { return [] }
    return [
      NearMisses.Miss(
        decision: gate.decision(of: .policy, policy, rule: match, .deny), failure: nil, isUnasked: isSkipped,
        packet: packet)
    ]
  }

  private func miss(_ gate: GateStep, _ kind: Decision.Kind, _ subject: Int, _ rule: Int, _ action: Action) -> NearMisses.Miss?
  {
    let rules =
      kind == .policy
      ? walker.world.policies[subject].rules(gate.direction) : walker.world.profiles[subject].rules(gate.direction)
    guard rules[rule].action == action else { return nil }
    let packet = journey.packet(at: gate)
    let failed = walker.criteria(of: kind, subject: subject, gate.direction, rule: rule, packet).filter { !$0.holds }
    guard failed.count == 1 else { return nil }
    return NearMisses.Miss(
      decision: gate.decision(of: kind, subject, rule: rule, action), failure: failed[0].criterion, isUnasked: false,
      packet: packet)
  }
}
