import Selector
import Simulator

extension LintRule {
  static let semanticsDiffer = LintRule(
    id: "GW127", name: "semantics-differ", severity: .warning,
    summary: "forwarded traffic that passes as documented and that Felix 2.4 drops where it leaves",
    claims: ["D1", "D2", "D3", "S95", "S96"],
    basis: """
      the documentation says that untracked or pre-DNAT policy that allows a forwarded packet spares it all normal policy; Felix \
      2.4 spares it the arrival's normal ingress alone (SEMANTICS section 2, D1 to D3)
      """,
    explanation: """
      An untracked or pre-DNAT rule at the interface where a packet arrives allows it. As the documentation has it, normal policy
      is then skipped at both interfaces. Felix 2.4 skips it only on the way in: the host endpoint where the packet leaves still
      asks its normal egress rules, default drop included. What works on paper is dropped on the host.

      ```yaml
      - apiVersion: v1
        kind: policy
        metadata: {name: web-in}
        spec:
          selector: gateway == "outside"
          preDNAT: true
          ingress: [{action: allow, protocol: tcp, destination: {ports: [443]}}]
      - apiVersion: v1
        kind: policy
        metadata: {name: inside}
        spec: {selector: gateway == "inside", egress: [{action: allow, protocol: udp}]}
      ```

      Allow the traffic at the departure's host endpoint as well:

      ```yaml
        spec: {selector: gateway == "inside", egress: [{action: allow, protocol: tcp, destination: {ports: [443]}}]}
      ```
      """
  ) { context in
    var search = DifferenceSearch(context)
    return search.findings()
  }
}
