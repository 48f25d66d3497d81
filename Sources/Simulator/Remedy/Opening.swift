import Selector

/// A place in a list of rules at which one more rule would be held against the packet at a gate.
struct Opening {
  var list: RuleList
  /// Index in the list of the world that was walked.
  var index: Int
  /// Index of the policy or profile in that world.
  var subject: Int
  /// What the rule that stands there did with the packet; `nil` at the end of the list.
  var settled: Action?
}

extension GateStep {
  /// Every list that the packet was held against here, with the place before the rule that ended it.
  func openings(in world: World) -> [Opening] {
    attempts.map { attempt in
      let isPolicy = attempt.kind == .policy
      let name = isPolicy ? world.policies[attempt.subject].name : world.profiles[attempt.subject].name
      let rules =
        isPolicy
        ? world.policies[attempt.subject].rules(direction) : world.profiles[attempt.subject].rules(direction)
      let end = attempt.rules.last { $0.failure == nil && rules[$0.rule].action != .log }
      return Opening(
        list: RuleList(owner: isPolicy ? .policy : .profile, name: name, direction: direction),
        index: end?.rule ?? rules.count, subject: attempt.subject, settled: end.map { rules[$0.rule].action })
    }
  }
}

extension Walker {
  /// Of several openings that do the same for this packet the one whose policy or profile the fewest endpoints have, so
  /// that the least else is touched; of equals the one asked first.
  func narrowest(_ openings: [Opening]) -> Opening? {
    guard openings.count > 1 else { return openings.first }
    return openings.map { (opening: $0, reach: reach(of: $0)) }.min { $0.reach < $1.reach }?.opening
  }

  private func reach(of opening: Opening) -> Int {
    switch opening.list.owner {
    case .policy: world.labels.endpoints(matching: world.policies[opening.subject].selector).count
    case .profile: world.endpoints.count { $0.profiles.contains(opening.list.name) }
    }
  }
}

extension Journey {
  /// The gates in the packet's way, in order.
  var gates: [GateStep] {
    steps.compactMap { step in if case .gate(let gate) = step { gate } else { nil } }
  }

  /// The packet as a gate saw it: DNAT comes before the normal and workload stages.
  func packet(at stage: Stage?) -> Packet {
    stage?.isBeforeRouting == true ? packet : judgement.delivered
  }
}

extension GateStep {
  /// Was the gate asked, and did nothing settle the packet?
  var gaveNoVerdict: Bool { result == .asked(.noVerdict) }

  /// The decision that let the packet through here.
  var acceptedBy: Decision? {
    if case .asked(.accepted(let decision)) = result { decision } else { nil }
  }
}
