/// A rule of a policy by its place.
package struct PolicyRule: Hashable, Sendable {
  /// Index of the policy in the world.
  package var policy: Int
  package var direction: Direction
  /// Index of the rule in its list.
  package var rule: Int

  package init(policy: Int, direction: Direction, rule: Int) {
    self.policy = policy
    self.direction = direction
    self.rule = rule
  }
}

/// The earlier rules that leave a rule nothing to match.
package struct RuleCover: Hashable, Sendable {
  /// One that takes some of its packets.
  package struct Taker: Hashable, Sendable {
    package var rule: PolicyRule
    package var action: Action
    /// What it takes of the covered rule's packets, which no rule before it took.
    package var packets: PacketSet
  }

  /// The rules that meet the packets first, in the order asked: what happens to each packet is their doing.
  package var takers: [Taker]
  /// As few rules as explain it, in the order asked: their packets together hold all of the rule's, and without any one of
  /// them some are missing. One rule, if one is enough; it need not be the first to meet them.
  package var rules: [PolicyRule]

  /// Is some packet treated otherwise than the covered rule would have?
  package func differs(from action: Action) -> Bool { takers.contains { $0.action != action } }
}

/// A rule that takes packets, with the packets that it matches.
struct TakingRule {
  var rule: PolicyRule
  var action: Action
  var packets: PacketSet
}

extension RuleCover {
  /// Finds out whether lists of rules, in the order asked, take all of some packets; `nil` if some packet gets through.
  ///
  /// - Complexity: a comparison for each rule; a set operation for each that has packets in common with what is left.
  init?(of packets: PacketSet, by lists: [ArraySlice<TakingRule>]) {
    let earlier = lists.joined()
    var rest = packets
    var takers: [Taker] = []
    var whole: [TakingRule] = []
    for rule in earlier {
      if rest.isEmpty { break }
      if rest.isDisjoint(with: rule.packets) { continue }
      takers.append(Taker(rule: rule.rule, action: rule.action, packets: rest.intersection(rule.packets)))
      whole.append(rule)
      rest = rest.subtracting(rule.packets)
    }
    guard rest.isEmpty else { return nil }
    let one = earlier.first { packets.isSubset(of: $0.packets) }
    let rules = one.map { [$0] } ?? Self.fewest(whole, cover: packets)
    self.init(takers: takers, rules: rules.map(\.rule))
  }

  /// Leaves out what is not needed, later rules first.
  private static func fewest(_ rules: [TakingRule], cover packets: PacketSet) -> [TakingRule] {
    // What each rule and those after it must take, because those before it leave it.
    var left = [packets]
    for rule in rules { left.append(left[left.count - 1].subtracting(rule.packets)) }
    var kept: [TakingRule] = []
    var taken = PacketSet.none
    for (index, rule) in rules.enumerated().reversed() where !left[index].isSubset(of: taken) {
      kept.append(rule)
      taken = taken.union(rule.packets)
    }
    return kept.reversed()
  }

  /// Covers of one rule on different endpoints as one.
  mutating func merge(_ other: RuleCover) {
    for taker in other.takers {
      if let known = takers.firstIndex(where: { $0.rule == taker.rule }) {
        takers[known].packets = takers[known].packets.union(taker.packets)
      } else {
        takers.append(taker)
      }
    }
    rules += other.rules.filter { !rules.contains($0) }
    takers.sort { ($0.rule.policy, $0.rule.rule) < ($1.rule.policy, $1.rule.rule) }
    rules.sort { ($0.policy, $0.rule) < ($1.policy, $1.rule) }
  }
}
