import Selector
import Simulator

extension LintRule {
  static let noDenyBehind = LintRule(
    id: "GW108", name: "no-deny-behind", severity: .warning,
    summary: "pre-DNAT policies that only allow keep nothing out: there is no default drop",
    claims: ["S74", "S76", "S89", "S107", "S110", "S113"],
    basis: "pre-DNAT policy has no default drop: a packet that none of it matches goes on to workload policy or normal policy",
    explanation: """
      What no pre-DNAT policy of a host endpoint matches continues on its way. An allow there does not keep other packets out: it
      only spares a packet the normal policy of the host endpoint. For a packet to a local workload normal policy is never
      asked, so an allow changes nothing at all; the workload's own policy decides, as it would without it.

      ```yaml
      metadata: {name: allow-web}
      spec:
        preDNAT: true
        order: 90
        selector: host-endpoint == "ingress"
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [30080]}}
      ```

      Deny the rest behind it:

      ```yaml
      metadata: {name: disallow-incoming}
      spec:
        preDNAT: true
        order: 100
        selector: host-endpoint == "ingress"
        ingress:
        - {action: deny, source: {notNets: [10.65.0.0/16, 10.0.0.0/24]}}
      ```
      """
  ) { context in
    func hostEndpoints(_ action: Action) -> Bitset {
      context.world.policies.indices.reduce(into: Bitset()) { found, index in
        let policy = context.world.policies[index]
        guard policy.kind == .preDNAT, policy.enabledRules(.ingress).contains(where: { $0.rule.action == action }) else {
          return
        }
        found.formUnion(context.governed[index])
      }
    }
    var unguarded = hostEndpoints(.allow).subtracting(hostEndpoints(.deny)).intersection(context.hostEndpointsNearWorkloads)
    // The last of several is the one behind which the deny is missing.
    return context.world.policies.indices.reversed().compactMap { index -> Finding? in
      let policy = context.world.policies[index]
      let open = context.governed[index].intersection(unguarded)
      guard policy.kind == .preDNAT, !open.isEmpty else { return nil }
      unguarded.subtract(open)
      let allows = policy.ingress.contains { $0.action == .allow && !$0.isDisabled } ? "only allows" : "denies nothing"
      return Finding(
        "GW108", .warning, at: policy.location,
        "pre-DNAT policy \"\(policy.name)\" \(allows) and nothing behind it denies: at \(context.words(open)) packets that it "
          + "does not match still go to local workloads as these allow, and to the host as normal policy says",
        help: "add a pre-DNAT policy of a higher order that denies the rest (S74, S107)",
        subject: Subject(Resource.policy(policy).id, field: ["ingress"]))
    }
  }
}

extension LintContext {
  /// The host endpoints of hosts that have a workload.
  fileprivate var hostEndpointsNearWorkloads: Bitset {
    Bitset(
      topologies.lazy.filter { topology in topology.interfaces.contains { $0.isWorkload && $0.endpoint != nil } }
        .flatMap { $0.interfaces.filter { !$0.isWorkload } }.compactMap(\.endpoint))
  }
}
