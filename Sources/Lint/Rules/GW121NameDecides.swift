import Selector
import Simulator

extension LintRule {
  static let nameDecides = LintRule(
    id: "GW121", name: "name-decides", severity: .warning,
    summary: "two policies of equal order, or without one, that treat the same packets differently: the name decides",
    claims: ["S27", "S26"],
    basis:
      "policies are asked by ascending order, those without one last; of equal orders the byte-wise smaller name comes first (SEMANTICS section 4)",
    explanation: """
      Two policies of the same kind govern an endpoint, have the same `order` or none, and do different things with the same
      packets. Calico asks the one with the smaller name first, so renaming a policy changes what is let through. A policy
      without an order comes after all that have one.

      ```yaml
      - apiVersion: v1
        kind: policy
        metadata: {name: web}
        spec: {order: 100, selector: all(), ingress: [{action: allow, protocol: tcp, destination: {ports: [80]}}]}
      - apiVersion: v1
        kind: policy
        metadata: {name: lock-down}
        spec: {order: 100, selector: all(), ingress: [{action: deny}]}
      ```

      Here `lock-down` comes first and port 80 is closed. Give the policy that is to come first a lower order:

      ```yaml
      - apiVersion: v1
        kind: policy
        metadata: {name: web}
        spec: {order: 90, selector: all(), ingress: [{action: allow, protocol: tcp, destination: {ports: [80]}}]}
      ```
      """
  ) { context in
    var search = TieSearch(context)
    return search.findings()
  }
}

/// Looks for pairs of policies that only their names put in order, and whose order matters.
private struct TieSearch {
  /// Set operations that are done; beyond, the search says that it ends.
  private static let budget = 200_000
  /// Common endpoints of a pair that are looked at.
  private static let mostEndpoints = 4

  private let context: LintContext
  private var world: World { context.world }
  private var packets: RulePackets
  private var deciding: [Key: [Deciding]] = [:]
  private var spent = 0

  private struct Key: Hashable {
    var policy: Int
    var direction: Direction
  }

  /// A rule that ends a stage, and the packets that get as far within its policy.
  private struct Deciding {
    var index: Int
    var action: Action
    var packets: PacketSet
  }

  private struct Conflict {
    var first: Int
    var second: Int
    var direction: Direction
    var firstRule: Deciding
    var secondRule: Deciding
    var endpoint: Int
    var packets: PacketSet
  }

  init(_ context: LintContext) {
    self.context = context
    packets = RulePackets(context.world)
  }

  mutating func findings() -> [Finding] {
    var findings: [Finding] = []
    for group in ties {
      for direction in Direction.allCases {
        let members = group.filter { !actions(of: $0, direction).isEmpty }
        for (place, second) in members.enumerated() {
          guard spent < Self.budget else { return findings + [unfinished(second)] }
          if let conflict = firstConflict(of: second, with: members[..<place], direction) { findings.append(finding(conflict)) }
        }
      }
    }
    return findings
  }

  /// Policies of one kind and order, in the order in which they are asked.
  private var ties: [[Int]] {
    struct Rank: Hashable {
      var kind: PolicyKind
      var order: Double?
    }
    let groups = Dictionary(grouping: world.policies.indices.filter { !context.governed[$0].isEmpty }) {
      Rank(kind: world.policies[$0].kind, order: world.policies[$0].order)
    }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  private func actions(of policy: Int, _ direction: Direction) -> Set<Action> {
    Set(world.policies[policy].rules(direction).filter { !$0.isDisabled && $0.action != .log }.map(\.action))
  }

  // MARK: Conflicts

  private mutating func firstConflict(of second: Int, with earlier: ArraySlice<Int>, _ direction: Direction) -> Conflict? {
    let own = context.governed[second]
    let actions = actions(of: second, direction)
    for first in earlier where self.actions(of: first, direction).union(actions).count > 1 {
      spent += 1
      let common = context.governed[first].intersection(own)
      if common.isEmpty { continue }
      if let conflict = conflict(first, second, direction, common) { return conflict }
    }
    return nil
  }

  private mutating func conflict(_ first: Int, _ second: Int, _ direction: Direction, _ common: Bitset) -> Conflict? {
    let firstRules = decidingRules(of: first, direction)
    let secondRules = decidingRules(of: second, direction)
    for firstRule in firstRules {
      for secondRule in secondRules where firstRule.action != secondRule.action {
        spent += 1
        guard !firstRule.packets.isDisjoint(with: secondRule.packets) else { continue }
        let both = firstRule.packets.intersection(secondRule.packets)
        for endpoint in common.prefix(Self.mostEndpoints) {
          let rest = undecided(of: both, before: first, at: endpoint, direction)
          guard !rest.isEmpty else { continue }
          return Conflict(
            first: first, second: second, direction: direction, firstRule: firstRule, secondRule: secondRule,
            endpoint: endpoint, packets: rest)
        }
      }
    }
    return nil
  }

  /// The packets that no policy asked earlier decides at an endpoint.
  private mutating func undecided(of set: PacketSet, before policy: Int, at endpoint: Int, _ direction: Direction) -> PacketSet
  {
    var rest = set
    for earlier in 0..<policy where world.policies[earlier].kind == world.policies[policy].kind {
      guard !rest.isEmpty, context.governed[earlier].contains(endpoint) else { continue }
      for rule in decidingRules(of: earlier, direction) {
        spent += 1
        rest = rest.subtracting(rule.packets)
      }
    }
    return rest
  }

  private mutating func decidingRules(of policy: Int, _ direction: Direction) -> [Deciding] {
    let key = Key(policy: policy, direction: direction)
    if let known = deciding[key] { return known }
    var decided = PacketSet.none
    var rules: [Deciding] = []
    for (index, rule) in world.policies[policy].rules(direction).enumerated() where rule.action != .log && !rule.isDisabled {
      spent += 1
      let matching = packets.packets(of: rule)
      rules.append(Deciding(index: index, action: rule.action, packets: matching.subtracting(decided)))
      decided = decided.union(matching)
    }
    deciding[key] = rules
    return rules
  }

  // MARK: Words

  private func finding(_ conflict: Conflict) -> Finding {
    let (first, second) = (world.policies[conflict.first], world.policies[conflict.second])
    let names = "\(first.name.quoted) and \(second.name.quoted)"
    let order = first.order.map { "have the same order \(Self.text($0))" } ?? "have no order, so both come last"
    return Finding(
      "GW121", .warning, at: second.location,
      "policies \(names) \(order): by its name alone \(first.name.quoted) is asked first, so \(conflict.packets) is "
        + "\(conflict.firstRule.action.past), not \(conflict.secondRule.action.past), at "
        + context.words(conflict.endpoint),
      help: "give the policy that is to be asked first a lower order (S27)",
      subject: Subject(Resource.policy(second).id, field: ["spec", "order"]),
      related: [
        related(first, conflict.direction, conflict.firstRule), related(second, conflict.direction, conflict.secondRule),
      ])
  }

  private func related(_ policy: Policy, _ direction: Direction, _ rule: Deciding) -> Finding.Related {
    Finding.Related(
      "\(rule.action.rawValue) by \(direction.rawValue)[\(rule.index)] of \(policy.name.quoted)",
      at: policy.rules(direction)[rule.index].location)
  }

  private func unfinished(_ policy: Int) -> Finding {
    Finding(
      "GW121", .info, at: world.policies[policy].location,
      "there are more policies of equal order than can be compared: from \(world.policies[policy].name.quoted) on, and of "
        + "higher orders, nothing was looked at", help: "give them orders",
      subject: Subject(Resource.policy(world.policies[policy]).id))
  }

  /// `100` rather than `100.0`.
  private static func text(_ order: Double) -> String { Int(exactly: order).map(String.init) ?? String(order) }
}

extension Action {
  fileprivate var past: String {
    switch self {
    case .allow: "allowed"
    case .deny: "denied"
    case .log: "logged"
    case .pass: "passed on"
    }
  }
}
