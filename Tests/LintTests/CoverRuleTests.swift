import Lint
import Testing

/// GW115 and GW116: rules that nothing reaches.
@Suite struct CoverRuleTests {
  private static let endpoint = """
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: e, node: h, labels: {role: web}}
    spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: f, node: h2, labels: {role: db}}
    spec: {interfaceName: eth0, expectedIPs: [10.0.0.2]}

    """

  /// A policy as a document of eight lines and more; its first rule stands in line 8 of its document.
  private static func policy(
    _ name: String, _ order: Int, _ rules: String..., selector: String = "has(role)", more: String = ""
  )
    -> String
  {
    """
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: \(name)}
    spec:
      order: \(order)
      selector: \(selector)\(more)
      ingress:
    \(rules.map { "  - {\($0)}" }.joined(separator: "\n"))

    """
  }

  private static let web = "action: allow, protocol: tcp, destination: {ports: [80]}"
  private static let ten = "action: deny, source: {nets: [10.0.0.0/8]}"
  private static let inTen = "action: allow, protocol: tcp, source: {nets: [10.1.0.0/16]}, destination: {ports: [80]}"

  static let covered = [
    LintCase(
      "an earlier rule of the same policy does otherwise", endpoint + policy("p", 1, ten, inTen),
      expected: [
        #"GW115 19:5 policy "p" ingress[1] can never match: ingress[0] takes all its packets, and denies what this one would allow"#
      ],
      severity: .warning),
    LintCase(
      "an earlier rule does the same",
      endpoint + policy("p", 1, web, "action: allow, protocol: tcp, source: {nets: [10.0.0.0/8]}, destination: {ports: [80]}"),
      expected: [#"GW115 19:5 policy "p" ingress[1] can never match: ingress[0] takes all its packets, with the same action"#],
      severity: .info),
    LintCase(
      "several rules together",
      endpoint
        + policy(
          "p", 1, "action: deny, source: {nets: [10.0.0.0/9]}", web, "action: deny, source: {nets: [10.128.0.0/9]}",
          "action: allow, source: {nets: [10.0.0.0/8]}"),
      expected: [#"GW115 21:5 ingress[0] and ingress[2] together take all its packets, and deny"#]),
    LintCase(
      "an earlier policy on every endpoint",
      endpoint + policy("q", 2, web, selector: "role == 'web'") + policy("p", 1, ten, web),
      expected: [
        #"GW115 18:5 policy "q" ingress[0] can never match: policy "p" ingress[1] takes all its packets, with the same action"#
      ]),
    LintCase(
      "different policies on different endpoints",
      endpoint + policy("q", 2, web) + policy("a", 1, "action: deny, protocol: tcp", selector: "role == 'web'")
        + policy("b", 1, "action: pass, protocol: tcp, destination: {ports: [\"1:100\"]}", selector: "role == 'db'"),
      expected: [
        #"GW115 18:5 policy "a" ingress[0] and policy "b" ingress[0] together take all its packets, and deny and pass what"#
      ]),
    LintCase(
      "selectors stand for addresses",
      endpoint + policy("p", 1, "action: deny, source: {selector: has(role)}", "action: allow, source: {nets: [10.0.0.2/32]}"),
      expected: ["GW115 19:5 ingress[0] takes all its packets"]),
  ]

  static let uncovered = [
    LintCase("the wider one comes last", endpoint + policy("p", 1, inTen, ten)),
    LintCase(
      "one port is left",
      endpoint + policy("p", 1, "action: deny, protocol: tcp, destination: {ports: [\"1:79\", \"81:65535\"]}", web)),
    LintCase("a log takes nothing", endpoint + policy("p", 1, "action: log", web)),
    LintCase(
      "the earlier policy is not on every endpoint",
      endpoint + policy("q", 2, web) + policy("p", 1, web, selector: "role == 'web'")),
    LintCase(
      "the earlier policy is of another kind", endpoint + policy("q", 2, web) + policy("p", 1, web, more: "\n  preDNAT: true")),
    LintCase("another protocol", endpoint + policy("p", 1, "action: deny, protocol: udp", web)),
    LintCase(
      "the address is of nobody",
      endpoint
        + policy("p", 1, "action: deny, source: {notSelector: has(role)}", "action: allow, source: {nets: [10.0.0.2/32]}")),
  ]

  static let contradictory = [
    LintCase(
      "networks within notNets",
      endpoint + policy("p", 1, "action: allow, source: {nets: [10.1.0.0/16], notNets: [10.0.0.0/8]}"),
      expected: [
        #"GW116 18:5 policy "p" ingress[0] matches no packet: "source.nets" and "source.notNets" contradict each other, since no source address"#
      ],
      severity: .warning),
    LintCase(
      "protocol and notProtocol", endpoint + policy("p", 1, "action: allow, protocol: tcp, notProtocol: tcp"),
      expected: [#"GW116 18:5 "protocol" and "notProtocol" contradict"#]),
    LintCase(
      "ports and notPorts",
      endpoint + policy("p", 1, "action: deny, protocol: tcp, destination: {ports: [80, 81], notPorts: [\"79:81\"]}"),
      expected: [#"GW116 18:5 "destination.ports" and "destination.notPorts" contradict each other, since no destination port"#]
    ),
    LintCase(
      "the family of a name", endpoint + policy("p", 1, "action: allow, protocol: icmp, source: {nets: [\"fd00::/8\"]}"),
      expected: ["GW116 18:5 IPv4 or IPv6"]),
    LintCase(
      "ICMP type and its exclusion",
      endpoint + policy("p", 1, "action: allow, protocol: icmp, icmp: {type: 8}, notICMP: {type: 8}"),
      expected: [#"GW116 18:5 "icmp" and "notICMP""#]),
    LintCase(
      "a network without the endpoints",
      endpoint + policy("p", 1, "action: allow, source: {selector: role == 'web', nets: [192.0.2.0/24]}"),
      expected: ["GW116 18:5 with the endpoints that there are"]),
  ]

  static let consistent = [
    LintCase(
      "networks partly within notNets",
      endpoint + policy("p", 1, "action: allow, source: {nets: [10.0.0.0/8], notNets: [10.1.0.0/16]}")),
    LintCase(
      "the same at two ends",
      endpoint + policy("p", 1, "action: allow, source: {nets: [10.0.0.0/8]}, destination: {notNets: [10.0.0.0/8]}")),
    LintCase(
      "a number is of no family", endpoint + policy("p", 1, "action: allow, protocol: 1, source: {nets: [\"fd00::/8\"]}")),
    LintCase(
      "a selector without match is another rule's",
      endpoint + policy("p", 1, "action: allow, source: {selector: role == 'none'}")),
    LintCase(
      "a code beside a type",
      endpoint + policy("p", 1, "action: allow, protocol: icmp, icmp: {type: 8}, notICMP: {type: 8, code: 1}")),
  ]

  @Test(arguments: covered + uncovered) func coveredRules(test: LintCase) { #expect(test.problems(rule: "GW115") == []) }
  @Test(arguments: contradictory + consistent) func contradictions(test: LintCase) {
    #expect(test.problems(rule: "GW116") == [])
  }
}
