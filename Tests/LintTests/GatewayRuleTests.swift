import Lint
import Simulator
import Testing

/// GW126, GW127 and GW129: what the engine does with packets through a host, and with BGP.
@Suite struct GatewayRuleTests {
  private static func gateway(_ felix: String = "", dnat: String = "") -> String {
    """
    - apiVersion: gatewalk/v1
      kind: Host
      metadata: {name: gw}
      spec:
        interfaces: [{name: eth0, addresses: [203.0.113.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}]
        routes: [{to: 0.0.0.0/0, interface: eth0}]
        felix: {\(felix)}
        dnat: [\(dnat)]
    - apiVersion: v1
      kind: hostEndpoint
      metadata: {name: outside, node: gw, labels: {side: outside}}
      spec: {interfaceName: eth0, expectedIPs: [203.0.113.1]}

    """
  }

  private static let inside = """
    - apiVersion: v1
      kind: hostEndpoint
      metadata: {name: inside, node: gw, labels: {side: inside}}
      spec: {interfaceName: eth1, expectedIPs: [10.1.0.1]}

    """

  private static func policy(_ name: String, _ side: String, _ spec: String) -> String {
    "- {apiVersion: v1, kind: policy, metadata: {name: \(name)}, spec: {selector: side == \"\(side)\", \(spec)}}\n"
  }

  @Test(arguments: [
    LintCase(
      "ssh through the gateway", gateway(),
      expected: [
        #"GW126 9:3 failsafe port tcp 22 at host endpoint "gw/outside": forwarded traffic passes, too, such as "#
          + #"tcp 203.0.113.9:49152 -> 10.1.0.9:22 out of "eth1""#
      ], severity: .info),
    LintCase(
      "several ports are one finding, each host endpoint has its own",
      gateway("failsafeInboundHostPorts: [{protocol: tcp, port: 22}, {protocol: udp, port: 68}]") + inside,
      expected: [
        #"GW126 9:3 failsafe ports tcp 22, udp 68 at host endpoint "gw/outside""#,
        #"GW126 13:3 failsafe ports tcp 22, udp 68 at host endpoint "gw/inside""#,
      ]),
    LintCase(
      "a policy that denies it is not asked",
      gateway() + policy("p", "outside", "ingress: [{action: deny}]") + policy("q", "inside", "ingress: [{action: deny}]"),
      expected: ["GW126 9:3 failsafe port tcp 22"]),
    LintCase("no failsafes", gateway("failsafeInboundHostPorts: []")),
    LintCase(
      "it would pass anyway",
      gateway() + inside + policy("p", "outside", "ingress: [{action: allow}], egress: [{action: allow}]")
        + policy("q", "inside", "ingress: [{action: allow}], egress: [{action: allow}]")),
    LintCase(
      "pre-DNAT policy lets it in already", gateway() + policy("p", "outside", "preDNAT: true, ingress: [{action: allow}]")),
    LintCase(
      "one interface",
      """
      - {apiVersion: gatewalk/v1, kind: Host, metadata: {name: h}, spec: {interfaces: [{name: eth0, addresses: [10.0.0.1/24]}]}}
      - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h}, spec: {interfaceName: eth0}}
      """),
    LintCase("no document says what lies behind", inside),
  ])
  func `failsafes that forward`(_ test: LintCase) {
    #expect(test.problems(rule: "GW126").isEmpty)
  }

  private static let letIn = policy(
    "in", "outside", "preDNAT: true, ingress: [{action: allow, protocol: tcp, destination: {ports: [443]}}]")

  @Test(arguments: [
    LintCase(
      "pre-DNAT allow, default drop where it leaves",
      gateway() + inside + letIn + policy("out", "inside", "egress: [{action: allow, protocol: udp}]"),
      expected: [
        #"GW127 17:117 policy "in" ingress[0] allows tcp 203.0.113.9:49152 -> 10.1.0.9:443: as documented"#
      ], severity: .warning),
    LintCase(
      "no policy at all where it leaves: no profile matches", gateway() + inside + letIn,
      expected: [#"as documented that is enough to leave by "eth1", Felix 2.4 drops it there"#].map { "GW127 17:117 " + $0 }),
    LintCase(
      "untracked, for a part of what is allowed only",
      gateway() + inside + policy("in", "outside", "doNotTrack: true, ingress: [{action: allow, protocol: udp}]")
        + policy("out", "inside", "egress: [{action: allow, protocol: udp, destination: {notPorts: [5353]}}]"),
      expected: ["GW127 17:120 203.0.113.9:49152 -> 10.1.0.9:5353: as documented that is enough"]),
    LintCase(
      "through DNAT",
      gateway(dnat: "{protocol: tcp, address: 203.0.113.1, port: 443, toAddress: 10.1.0.80, toPort: 8443}")
        + inside + policy("in", "outside", "preDNAT: true, ingress: [{action: allow, destination: {nets: [203.0.113.1]}}]"),
      expected: ["GW127 17:117 -> 203.0.113.1:443: as documented that is enough"]),
    LintCase(
      "symmetric untracked rules: the reply wants the other's egress",
      gateway() + inside + policy("a", "outside", "doNotTrack: true, ingress: [{action: allow, protocol: udp}]")
        + policy("b", "inside", "doNotTrack: true, ingress: [{action: allow, protocol: udp}]")
        + policy("c", "inside", "egress: [{action: allow}]"),
      expected: [
        #"GW127 17:119 "eth1", Felix 2.4 drops the reply"#, #"GW127 18:118 "eth0", Felix 2.4 drops it there"#,
      ]),
    LintCase(
      "the departure allows it, too",
      gateway() + inside + letIn
        + policy("out", "inside", "egress: [{action: allow, protocol: tcp, destination: {ports: [443]}}]")),
    LintCase("nothing polices the departure", gateway() + letIn),
    LintCase(
      "normal policy alone", gateway() + inside + policy("in", "outside", "ingress: [{action: allow}]")),
    LintCase(
      "an early deny, and an allow for the gateway itself",
      gateway() + inside
        + policy(
          "in", "outside",
          "preDNAT: true, ingress: [{action: deny, protocol: udp}, {action: allow, destination: {nets: [203.0.113.1]}}]")),
  ])
  func `semantics that differ`(_ test: LintCase) {
    #expect(test.problems(rule: "GW127").isEmpty)
  }

  // MARK: BGP

  private static func node(_ name: String, _ address: String) -> String {
    "- {apiVersion: v1, kind: node, metadata: {name: \(name)}, spec: {bgp: {ipv4Address: \(address)}}}\n"
  }
  private static let peer =
    "- {apiVersion: v1, kind: bgpPeer, metadata: {scope: global, peerIP: 10.0.0.254}, spec: {asNumber: 1}}\n"
  private static func endpoint(_ spec: String) -> String {
    "- {apiVersion: v1, kind: hostEndpoint, metadata: {name: eth0, node: n1, labels: {side: outside}}, spec: {\(spec)}}\n"
  }
  private static let allow = "{action: allow, protocol: tcp, destination: {ports: [179]}}"

  @Test(arguments: [
    LintCase(
      "a configured peer", node("n1", "10.0.0.1/24") + peer + endpoint("interfaceName: eth0, expectedIPs: [10.0.0.1]"),
      expected: [
        #"GW129 1:3 node "n1" speaks BGP, and host endpoint "n1/eth0" does not let it in and out: "#
          + "tcp 10.0.0.254:49152 -> 10.0.0.1:179 is denied"
      ], severity: .error),
    LintCase(
      "another node, and only one direction is allowed",
      node("n1", "10.0.0.1/24") + node("n2", "10.0.1.2/24") + endpoint("interfaceName: eth0")
        + policy("bgp", "outside", "ingress: [\(allow)]"),
      expected: [#"GW129 1:3 does not let it out: tcp 10.0.0.1:49152 -> 10.0.1.2:179 is denied"#]),
    LintCase(
      "a document that knows the interface",
      node("n1", "10.0.0.1/24") + peer + endpoint("interfaceName: eth0") + """
        - apiVersion: gatewalk/v1
          kind: Host
          metadata: {name: n1}
          spec: {interfaces: [{name: eth0, addresses: [10.0.0.1/24]}, {name: eth1}], routes: [{to: 0.0.0.0/0, interface: eth1}]}

        """ + policy("bgp", "outside", "egress: [\(allow)]"),
      expected: ["GW129 1:3 does not let it in: tcp 10.0.0.254:49152 -> 10.0.0.1:179 is denied"]),
    LintCase(
      "allowed both ways",
      node("n1", "10.0.0.1/24") + peer + endpoint("interfaceName: eth0")
        + policy("bgp", "outside", "ingress: [\(allow)], egress: [\(allow)]")),
    LintCase(
      "by a profile",
      node("n1", "10.0.0.1/24") + peer + endpoint("interfaceName: eth0, profiles: [open]")
        + "- {apiVersion: v1, kind: profile, metadata: {name: open}, spec: {ingress: [{action: allow}], egress: [{action: allow}]}}\n"
    ),
    LintCase(
      "a node without BGP", "- {apiVersion: v1, kind: node, metadata: {name: n1}}\n" + peer + endpoint("interfaceName: eth0")),
    LintCase("no peer", node("n1", "10.0.0.1/24") + endpoint("interfaceName: eth0")),
    LintCase("no host endpoint there", node("n1", "10.0.0.1/24") + peer),
    LintCase(
      "BGP goes by an interface that nobody polices",
      node("n1", "10.0.0.1/24") + peer + endpoint("interfaceName: eth1") + """
        - apiVersion: gatewalk/v1
          kind: Host
          metadata: {name: n1}
          spec: {interfaces: [{name: eth0, addresses: [10.0.0.1/24]}, {name: eth1, addresses: [10.9.0.1/24]}]}
        """),
    LintCase(
      "the peer of another node",
      node("n1", "10.0.0.1/24")
        + "- {apiVersion: v1, kind: bgpPeer, metadata: {scope: node, node: n9, peerIP: 10.0.0.254}, spec: {asNumber: 1}}\n"
        + endpoint("interfaceName: eth0")),
  ])
  func `BGP that policy stops`(_ test: LintCase) {
    #expect(test.problems(rule: "GW129").isEmpty)
  }
}
