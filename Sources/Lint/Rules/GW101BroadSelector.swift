import Selector
import Simulator

extension LintRule {
  static let broadSelector = LintRule(
    id: "GW101", name: "broad-selector", severity: .warning,
    summary: "a selector that names nothing selects host endpoints and workloads at once",
    claims: ["S2", "S3", "S28", "S29"],
    basis:
      "all() matches every endpoint, workload endpoints included, so where there are both kinds a narrower selector is wanted",
    explanation: """
      Host endpoints and workload endpoints share one namespace of labels, and policies select both. An empty selector, `all()`,
      or one that only says what it leaves out, selects whatever there is and whatever comes next. As soon as a policy selects an
      endpoint, everything that no policy of it allows is dropped there, so rules that were written for hosts cut off the
      workloads, and the other way round.

      ```yaml
      spec:
        selector: all()                             # hosts and workloads
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [22]}}
      ```

      Label the endpoints that are meant and name the label:

      ```yaml
      spec:
        selector: endpoint_type == "management"
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [22]}}
      ```
      """
  ) { context in
    context.world.policies.enumerated().compactMap { index, policy in
      let hosts = context.governed[index].intersection(context.hostEndpoints)
      let workloads = context.governed[index].intersection(context.workloadEndpoints)
      guard policy.kind == .normal, !hosts.isEmpty, !workloads.isEmpty, policy.selector.isBroad,
        !policy.letsEverythingGoOn
      else { return nil }
      let what = policy.selector == .all ? "selects everything" : "only says in its selector what it leaves out"
      return Finding(
        "GW101", .warning, at: policy.location,
        "policy \"\(policy.name)\" \(what): its rules and the drop behind them hold for \(context.words(hosts)) and for "
          + context.words(workloads),
        help: "label what is meant and name the label, as in endpoint_type == \"management\" (S29)",
        subject: Subject(Resource.policy(policy).id, field: ["selector"]))
    }
  }
}

extension Selector {
  /// Does the selector name nothing that an endpoint must have: `all()`, or negations alone?
  var isBroad: Bool {
    var isNegated = Array(repeating: false, count: expression.count)
    // Children stand before their parents.
    for node in (0..<expression.count).reversed() {
      let operation = expression.operation(of: node)
      switch operation {
      case .not, .and, .or:
        for child in expression.children(of: node) { isNegated[child] = isNegated[node] != (operation == .not) }
      case .all, .global, .notEqual, .isNotIn:
        if isNegated[node] { return false }
      case .has, .equal, .isIn, .contains, .startsWith, .endsWith:
        if !isNegated[node] { return false }
      }
    }
    return true
  }
}

extension Policy {
  /// Does it drop nothing and leave out no later policy's say but by letting everything through?
  fileprivate var letsEverythingGoOn: Bool {
    [ingress, egress].allSatisfy { rules in
      let deciding = rules.filter { $0.action != .log && !$0.isDisabled }
      return deciding.contains(where: \.isUnconditional) && deciding.allSatisfy { $0.action == .allow || $0.action == .pass }
    }
  }
}
