import Lint
import Simulator
import Testing

/// GW114: what cuts a host off.
@Suite struct LockOutTests {
  private static func host(_ felix: String, interfaces: String = "{name: eth0, addresses: [10.0.0.1/24]}") -> String {
    """
    apiVersion: gatewalk/v1
    kind: Host
    metadata: {name: h}
    spec:
      interfaces: [\(interfaces)]
      felix: {\(felix)}
    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: e, node: h, labels: {role: web}}
    spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}

    """
  }

  private static let none = "failsafeInboundHostPorts: none, failsafeOutboundHostPorts: none"

  private static func policy(_ name: String, ingress: String = "", egress: String = "", flags: String = "order: 1") -> String {
    """
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: \(name)}
    spec:
      selector: role == 'web'
      ingress: [\(ingress)]
      egress: [\(egress)]
      \(flags)

    """
  }

  private static let everything = "{action: allow}"
  private static let reach = """
    {action: allow, protocol: tcp, source: {nets: [10.9.0.0/16]}, destination: {ports: [22]}}, {action: allow, protocol: udp, \
    destination: {ports: [68]}}
    """
  private static let out =
    "{action: allow, protocol: tcp, destination: {ports: [2379]}}, {action: allow, protocol: udp, destination: {ports: [53, 67]}}"

  static let cases = [
    LintCase(
      "no failsafes and a policy for the web alone",
      host(none) + policy("p", ingress: "{action: allow, protocol: tcp, destination: {ports: [80]}}", egress: everything),
      expected: [
        #"GW114 8:1 on host "h" nobody can reach ssh (tcp 22 in): no policy, profile or failsafe"#
      ]),
    LintCase(
      "no failsafes and nothing outwards", host(none) + policy("p", ingress: everything),
      expected: [
        "GW114 8:1 DHCP stops (udp 67 out), and DNS stops",
        "GW114 8:1 Felix cannot reach etcd (tcp 2379 or 4001 out)",
      ]),
    LintCase(
      "everything but what is denied before",
      host(none) + policy("a", ingress: "{action: deny, protocol: tcp, destination: {ports: [\"1:1023\"]}}", egress: everything)
        + policy("b", ingress: everything, flags: "order: 2"), expected: ["GW114 8:1 nobody can reach ssh"], severity: .error),
    LintCase(
      "a pre-DNAT deny",
      host(none)
        + policy("a", ingress: "{action: deny, protocol: tcp}", flags: "preDNAT: true")
        .replacing("  egress: []\n", with: "") + policy("b", ingress: everything, egress: everything),
      expected: ["GW114 8:1 nobody can reach ssh"], severity: .error),
    LintCase(
      "ssh from nobody that there is",
      host(none)
        + policy(
          "a", ingress: "{action: allow, source: {selector: role == 'none'}}, {action: allow, protocol: udp}",
          egress: everything),
      expected: ["GW114 8:1 nobody can reach ssh"], severity: .error),
    LintCase(
      "the failsafes alone", host("interfacePrefix: cali"),
      expected: [
        "GW114 8:1 DHCP stops",
        "GW114 8:1 failsafe ports alone keep the way open: without them nobody could reach ssh (tcp 22 in), and Felix could not",
      ],
      severity: .info),
    LintCase(
      "BGP, where the node has it",
      host(none) + policy("p", ingress: reach, egress: out)
        + "---\n{apiVersion: v1, kind: node, metadata: {name: h}, spec: {bgp: {asNumber: 64512, ipv4Address: 10.0.0.1/24}}}\n",
      expected: ["GW114 8:1 BGP stops (tcp 179 in and out): nothing lets"], severity: .info),
    LintCase("policies keep it in reach", host(none) + policy("p", ingress: reach, egress: out)),
    LintCase("everything is allowed", host(none) + policy("p", ingress: everything, egress: everything)),
    LintCase(
      "an interface is left alone",
      host(none, interfaces: "{name: eth0, addresses: [10.0.0.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}")
        + policy("p", ingress: "{action: deny}")),
    LintCase("no host endpoint", "{apiVersion: v1, kind: policy, metadata: {name: p}, spec: {ingress: [{action: deny}]}}"),
    LintCase(
      "a profile keeps it in reach",
      host(none).replacing("expectedIPs: [10.0.0.1]}", with: "expectedIPs: [10.0.0.1], profiles: [open]}")
        + "---\n{apiVersion: v1, kind: profile, metadata: {name: open}, spec: {ingress: [{action: allow}], egress: [{action: allow}]}}\n"
    ),
    LintCase(
      "Felix's own failsafes cover DHCP and DNS", host("interfacePrefix: cali"),
      expected: ["GW114 8:1 failsafe ports alone"], semantics: .calico24),
  ]

  private static let open = policy("open", ingress: everything, egress: everything, flags: "order: 9")
  private static let web = "{action: allow, protocol: tcp, destination: {ports: [80]}}"

  static let ways = [
    LintCase(
      "workloads get in",
      host(none + ", defaultEndpointToHostAction: Accept") + policy("p", ingress: web, egress: everything)
        + pod(egress: everything), expected: [#"on host "h" nobody but its workloads can reach ssh"#].map { "GW114 8:1 \($0)" },
      severity: .error),
    LintCase(
      "workloads may not send",
      host(none + ", defaultEndpointToHostAction: Accept")
        + policy("p", ingress: web, egress: everything) + pod(egress: ""),
      expected: [#"GW114 8:1 on host "h" nobody can reach ssh"#]),
    LintCase(
      "workloads are dropped", host(none) + policy("p", ingress: web, egress: everything) + pod(egress: everything),
      expected: [#"GW114 8:1 on host "h" nobody can reach ssh"#]),
    LintCase(
      "an address on lo",
      host(none, interfaces: "{name: eth0, addresses: [10.0.0.1/24]}, {name: lo, addresses: [127.0.0.1/8, 10.255.0.1/32]}")
        + policy(
          "p", ingress: "{action: allow, protocol: tcp, destination: {nets: [10.255.0.1/32], ports: [22]}}", egress: everything)
    ),
    LintCase(
      "the loopback address is of no use",
      host(none, interfaces: "{name: eth0, addresses: [10.0.0.1/24]}, {name: lo, addresses: [127.0.0.1/8]}")
        + policy(
          "p", ingress: "{action: allow, protocol: tcp, destination: {nets: [127.0.0.1/32], ports: [22]}}", egress: everything),
      expected: ["GW114 8:1 nobody can reach ssh"]),
    LintCase(
      "a port that DNAT turns into ssh's",
      host(none).replacing(
        "  felix:", with: "  dnat: [{protocol: tcp, address: 10.0.0.1, port: 2222, toAddress: 10.0.0.1, toPort: 22}]\n  felix:")
        + policy(
          "p", ingress: "{action: allow, protocol: tcp, destination: {ports: [2222]}}, {action: deny}",
          flags: "preDNAT: true"
        ).replacing("  egress: []\n", with: "") + open),
    LintCase(
      "from a server's port alone",
      host(none) + policy("p", ingress: "{action: allow, protocol: tcp, source: {ports: [22]}}", egress: everything),
      expected: ["GW114 8:1 nobody can reach ssh"]),
    LintCase(
      "a request for DHCP is enough",
      host(none)
        + policy(
          "p", ingress: "{action: allow, protocol: tcp}",
          egress: "{action: allow, protocol: tcp}, {action: allow, protocol: udp, destination: {ports: [53, 67]}}")),
    LintCase(
      "IPv6 has no such DHCP",
      host(none, interfaces: "{name: eth0, addresses: [\"fd00::1/64\"]}").replacing(", expectedIPs: [10.0.0.1]", with: "")
        + policy(
          "p", ingress: everything,
          egress: "{action: allow, protocol: tcp}, {action: allow, protocol: udp, destination: {ports: [53, 547]}}")),
    LintCase(
      "one BGP speaker may begin",
      host(none) + policy("p", ingress: everything, egress: out)
        + "---\n{apiVersion: v1, kind: node, metadata: {name: h}, spec: {bgp: {asNumber: 64512, ipv4Address: 10.0.0.1/24}}}\n"),
    LintCase(
      "untracked policy drops ssh's answers",
      host("interfacePrefix: cali") + open
        + policy(
          "u", ingress: "{action: allow, protocol: udp, destination: {ports: [53]}}",
          egress: "{action: allow, protocol: udp, source: {ports: [53]}}, {action: deny, protocol: tcp}",
          flags: "doNotTrack: true"),
      expected: [
        #"GW114 8:1 on host "h" failsafe ports alone keep the way open: without them Felix could not reach etcd"#,
        #"GW114 8:1 on host "h" nobody can reach ssh (tcp 22 in): untracked policy denies every answer"#,
      ]),
    LintCase(
      "untracked policy drops some answers",
      host("interfacePrefix: cali") + open
        + policy("u", egress: "{action: deny, protocol: tcp, destination: {nets: [10.0.0.0/8]}}", flags: "doNotTrack: true")),
  ]

  private static func pod(egress: String) -> String {
    """
    ---
    apiVersion: v1
    kind: workloadEndpoint
    metadata: {node: h, orchestrator: k8s, workload: w, name: eth0}
    spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32], profiles: [pods]}
    ---
    {apiVersion: v1, kind: profile, metadata: {name: pods}, spec: {egress: [\(egress)]}}

    """
  }

  @Test(arguments: cases + ways) func lockOut(test: LintCase) { #expect(test.problems(rule: "GW114") == []) }

  /// Hosts that lose the same are told of together.
  @Test func `many hosts`() {
    let hosts = (1...5).map {
      "{apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h\($0)}, spec: {interfaceName: eth0}}"
    }
    let found = LintCase("", hosts.joined(separator: "\n---\n")).findings("GW114")
    #expect(
      found.map { $0.message.prefix(29) }
        == ["on 5 hosts such as \"h1\" DHCP s", "on 5 hosts such as \"h1\" failsa"].map { $0.prefix(29) })
  }
}
