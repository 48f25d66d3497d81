import Simulator

extension LintRule {
  static let portsWithoutProtocol = LintRule(
    id: "GW120", name: "ports-without-protocol", severity: .warning,
    summary: "ports without a protocol: calicoctl refuses the rule",
    claims: ["D12"],
    basis: "ports go with protocol tcp or udp alone; calicoctl refuses a rule that names ports and no protocol (MANIFESTS A.2)",
    explanation: """
      A rule names ports and no protocol. Calico's own guide does so in its pre-DNAT examples, and calicoctl 2.4 refuses it, so
      the policy never reaches the hosts. Gatewalk takes the ports for TCP and UDP, which is wider than most services need.

      ```yaml
      ingress:
      - action: allow
        destination: {ports: [443]}
      ```

      Say which protocol is meant; if it is both, write two rules:

      ```yaml
      ingress:
      - {action: allow, protocol: tcp, destination: {ports: [443]}}
      - {action: allow, protocol: udp, destination: {ports: [443]}}
      ```
      """
  ) { context in
    let places = PlacesWithin("ports-without-protocol", in: context)
    return context.world.placedRules.compactMap { site in
      guard site.rule.protocol == nil, site.rule.mentionsPorts else { return nil }
      let (place, length) = places.first(within: site.rule.location)
      return Finding(
        "GW120", .warning, at: place, length: length,
        "\(site.words) names ports and no protocol: calicoctl refuses it, Gatewalk takes it for TCP and UDP",
        help: "add protocol: tcp or protocol: udp; for both, write two rules (D12)", subject: site.subject(),
        fix: .splitByProtocol)
    }
  }
}
