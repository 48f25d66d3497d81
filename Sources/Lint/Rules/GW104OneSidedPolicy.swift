import Selector
import Simulator

extension LintRule {
  static let oneSidedPolicy = LintRule(
    id: "GW104", name: "one-sided-policy", severity: .warning,
    summary: "a policy without rules for one direction drops everything in that direction",
    claims: ["S75", "S114"],
    basis: "where normal policies apply to an endpoint and none matches a packet, it is dropped; there is no setting for the "
      + "direction that a policy is about",
    explanation: """
      In this API a normal policy always governs both directions. With only ingress rules it still brings the default drop to
      egress: what the endpoint sends is dropped unless another policy of it allows it, and its profiles are no longer asked.
      Replies to what was let in are not concerned: connection tracking lets them through.

      ```yaml
      spec:
        selector: role == "web"
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [80]}}
      ```

      If the endpoint may begin connections of its own, say so; `pass` leaves them to the profiles:

      ```yaml
        egress:
        - action: allow
      ```
      """
  ) { context in
    Direction.allCases.flatMap { direction in
      var open = Bitset(below: context.world.endpoints.count).subtracting(
        context.endpointsGoverned(by: { !$0.enabledRules(direction).isEmpty }))
      return context.world.policies.enumerated().compactMap { index, policy -> Finding? in
        guard policy.kind == .normal, policy.enabledRules(direction).isEmpty else { return nil }
        // An endpoint that has been spoken of is not spoken of again: to mend it once is enough.
        let dropped = context.governed[index].intersection(open)
        if dropped.isEmpty { return nil }
        open.subtract(dropped)
        return context.oneSided(policy, direction, dropped)
      }
    }
  }
}

extension LintContext {
  fileprivate func oneSided(_ policy: Policy, _ direction: Direction, _ dropped: Bitset) -> Finding {
    let other: Direction = direction == .ingress ? .egress : .ingress
    let hasNone = policy.enabledRules(other).isEmpty
    let profiled = dropped.contains { !world.endpoints[$0].profiles.isEmpty }
    let failsafes = dropped.isSubset(of: hostEndpoints) ? " but failsafe ports" : ""
    return Finding(
      "GW104", hasNone ? .info : .warning, at: policy.location,
      "policy \"\(policy.name)\" has no \(direction) rules: everything \(direction.traffic)\(failsafes) is dropped at "
        + words(dropped) + (profiled ? ", and profiles are no longer asked" : ""),
      help: "add \(direction) rules for what is wanted; action: pass leaves it to the profiles (S75)",
      subject: Subject(Resource.policy(policy).id, field: [direction.rawValue]))
  }
}
