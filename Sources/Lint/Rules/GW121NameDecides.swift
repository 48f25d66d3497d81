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
