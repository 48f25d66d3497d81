import Selector
import Simulator

extension LintRule {
  static let ignoredOnWorkloads = LintRule(
    id: "GW112", name: "ignored-on-workloads", severity: .warning,
    summary: "an untracked or pre-DNAT policy selects workloads, where it is ignored",
    claims: ["D15", "S2"],
    basis:
      "doNotTrack and preDNAT are for policies of host endpoints; they never apply to workload endpoints, even if the selector "
      + "matches one",
    explanation: """
      Untracked and pre-DNAT policies are asked at host endpoints alone. If such a policy selects workloads, nothing of it is
      felt there: its denies keep nothing from them, its allows let nothing in, and it brings no default drop.

      ```yaml
      spec:
        preDNAT: true
        selector: app == "shop"                 # a workload
        ingress:
        - {action: deny, source: {notNets: [10.0.0.0/8]}}
      ```

      Select host endpoints, at which packets to the workload arrive, or leave the flag out:

      ```yaml
      spec:
        selector: app == "shop"
        ingress:
        - {action: deny, source: {notNets: [10.0.0.0/8]}}
      ```
      """
  ) { context in
    context.world.policies.enumerated().compactMap { index, policy in
      let workloads = context.selected[index].intersection(context.workloadEndpoints)
      guard policy.kind != .normal, !workloads.isEmpty else { return nil }
      let isAll = workloads == context.selected[index]
      // Whoever selects everything hardly meant the workloads in particular.
      let severity: Severity = isAll ? .warning : .info
      let flag = policy.kind == .untracked ? "doNotTrack" : "preDNAT"
      return Finding(
        "GW112", severity, at: policy.location,
        "policy \"\(policy.name)\" is \(policy.kind == .untracked ? "untracked" : "pre-DNAT") and selects "
          + "\(context.words(workloads))\(isAll ? " alone" : ""), where it is ignored",
        help: "select host endpoints, or leave out \(flag) (D15)",
        subject: Subject(Resource.policy(policy).id, field: ["selector"]))
    }
  }
}
