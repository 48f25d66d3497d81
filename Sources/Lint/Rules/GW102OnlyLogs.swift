import Selector
import Simulator

extension LintRule {
  static let onlyLogs = LintRule(
    id: "GW102", name: "only-logs", severity: .error,
    summary: "a direction in which nothing but log rules stand: everything is dropped",
    claims: ["S26", "S75", "S114"],
    basis:
      "a packet that no rule of a policy decides falls through, and what no normal policy of the endpoint decides is dropped",
    explanation: """
      A `log` rule notes the packet and goes on with the next rule. If nothing behind it decides, neither in this policy nor in
      another one of the endpoint, the packet is dropped: a policy that was to watch traffic stops it.

      ```yaml
      spec:
        selector: role == "web"
        ingress:
        - action: log
      ```

      Say what becomes of the packets. `pass` leaves them to the profiles of the endpoint, as if there were no policy:

      ```yaml
        ingress:
        - action: log
        - action: pass
      ```
      """
  ) { context in
    Direction.allCases.flatMap { direction in
      let decided = context.endpointsGoverned { policy in policy.enabledRules(direction).contains { $0.rule.action != .log } }
      return context.world.policies.enumerated().compactMap { index, policy -> Finding? in
        let rules = policy.enabledRules(direction)
        guard policy.kind == .normal, let first = rules.first, rules.allSatisfy({ $0.rule.action == .log }) else { return nil }
        let dropped = context.governed[index].subtracting(decided)
        if dropped.isEmpty { return nil }
        return Finding(
          "GW102", .error, at: first.rule.location,
          "policy \"\(policy.name)\" only logs \(direction.traffic) traffic and no other policy decides on it: everything "
            + "\(direction.traffic) is dropped at \(context.words(dropped))",
          help: "add a rule that decides, such as action: pass, which leaves the packet to the profiles",
          subject: Subject(Resource.policy(policy).id, rule: .init(direction, first.index)))
      }
    }
  }
}

extension LintContext {
  /// The endpoints at which a normal policy of this kind can be felt.
  ///
  /// - Complexity: one set operation per policy.
  func endpointsGoverned(by holds: (Policy) -> Bool) -> Bitset {
    world.policies.indices.reduce(into: Bitset()) { found, index in
      if world.policies[index].kind == .normal, holds(world.policies[index]) { found.formUnion(governed[index]) }
    }
  }
}
