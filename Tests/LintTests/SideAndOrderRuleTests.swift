import Lint
import Simulator
import Testing

/// GW117 and GW121: rules that look the wrong way, and policies that only their names put in order.
@Suite struct SideAndOrderRuleTests {
  private static let workloads = """
    - apiVersion: v1
      kind: workloadEndpoint
      metadata: {node: h, orchestrator: k8s, workload: db, name: eth0, labels: {role: db}}
      spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32]}
    - apiVersion: v1
      kind: workloadEndpoint
      metadata: {node: h, orchestrator: k8s, workload: web, name: eth0, labels: {role: web}}
      spec: {interfaceName: cali2, ipNetworks: [10.65.0.2/32]}

    """

  private static func host(_ spec: String, labels: String = "{role: host}") -> String {
    """
    - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h, labels: \(labels)}, spec: {interfaceName: eth0}}
    - {apiVersion: gatewalk/v1, kind: Host, metadata: {name: h}, spec: {\(spec)}}

    """
  }

  private static func policy(_ spec: String, name: String = "p") -> String {
    "- {apiVersion: v1, kind: policy, metadata: {name: \(name)}, spec: {\(spec)}}\n"
  }

  private static let oneInterface = "interfaces: [{name: eth0, addresses: [10.0.0.1/24]}]"
  private static let twoInterfaces =
    "interfaces: [{name: eth0, addresses: [10.0.0.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}]"

  @Test(arguments: [
    LintCase(
      "the peer of a workload in destination, by selector",
      workloads + policy(#"selector: role == "db", ingress: [{action: allow, destination: {selector: role == "web"}}]"#),
      expected: [#"GW117 9:96 destination of policy "p" ingress[0] excludes every endpoint that "role == "db"" selects"#],
      severity: .warning),
    LintCase(
      "the peer in source of egress, by net",
      workloads + policy(#"selector: has(role), egress: [{action: log}, {action: deny, source: {nets: [10.66.0.0/16]}}]"#),
      expected: [#"GW117 9:107 source of policy "p" egress[1] excludes every endpoint"#]),
    LintCase(
      "nets that leave out the endpoint, negated",
      workloads + policy(#"selector: role == "db", ingress: [{action: allow, destination: {notNets: [10.65.0.0/30]}}]"#),
      expected: ["GW117 9:96 destination of policy \"p\" ingress[0]"]),
    LintCase(
      "a host with one interface",
      host(oneInterface)
        + policy("selector: has(role), ingress: [{action: allow, destination: {nets: [10.1.0.0/16]}}]"),
      expected: ["GW117 3:93 destination of policy \"p\" ingress[0]"]),
    LintCase(
      "untracked egress sees what the host sends and nothing else",
      host(twoInterfaces)
        + policy("selector: has(role), doNotTrack: true, egress: [{action: allow, source: {nets: [10.9.0.0/16]}}]"),
      expected: ["GW117 3:110 source of policy \"p\" egress[0]"]),
    LintCase(
      "one of the selected endpoints can match",
      workloads + policy(#"selector: has(role), ingress: [{action: allow, destination: {selector: role == "web"}}]"#)),
    LintCase(
      "the sides as they should be",
      workloads
        + policy(
          #"selector: role == "db", ingress: [{action: allow, source: {selector: role == "web"}, destination: {nets: [10.65.0.0/30]}}]"#
        )),
    LintCase(
      "what is forwarded to another interface may be meant",
      host(twoInterfaces)
        + policy("selector: has(role), ingress: [{action: allow, destination: {nets: [10.1.0.0/16]}}]")),
    LintCase(
      "nothing is known of the host's addresses",
      "- {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h, labels: {role: x}}, spec: {interfaceName: eth0}}\n"
        + policy("selector: has(role), ingress: [{action: allow, destination: {nets: [10.1.0.0/16]}}]")),
    LintCase(
      "a frontend of DNAT, and its backend",
      host(
        oneInterface
          + ", dnat: [{protocol: tcp, address: 203.0.113.80, port: 443, toAddress: 10.65.9.9, toPort: 8443}]")
        + policy("selector: has(role), preDNAT: true, ingress: [{action: allow, destination: {nets: [203.0.113.80]}}]")
        + policy("selector: has(role), ingress: [{action: allow, destination: {nets: [10.65.0.0/16]}}]", name: "q")),
    LintCase(
      "broadcast and multicast are for every host",
      host(oneInterface)
        + policy("selector: has(role), ingress: [{action: allow, destination: {nets: [224.0.0.18]}}]")
        + policy("selector: has(role), ingress: [{action: allow, destination: {nets: [10.0.0.255]}}]", name: "q")),
    LintCase(
      "pre-DNAT policy sees what is for local workloads",
      workloads + host(oneInterface)
        + policy(#"selector: role == "host", preDNAT: true, ingress: [{action: deny, destination: {nets: [10.65.0.0/16]}}]"#)),
    LintCase(
      "a route leads more to the workload",
      workloads + host(oneInterface + ", routes: [{to: 10.70.0.0/16, interface: cali1}]")
        + policy(#"selector: role == "db", ingress: [{action: allow, destination: {nets: [10.70.0.0/16]}}]"#)),
    LintCase(
      "the selector matches nothing, which is another finding",
      workloads + policy(#"selector: role == "db", ingress: [{action: allow, destination: {selector: role == "wbe"}}]"#)),
  ])
  func `peers on the wrong side`(_ test: LintCase) {
    #expect(test.problems(rule: "GW117").isEmpty)
  }

  private static let web = #"selector: role == "web""#

  @Test(arguments: [
    LintCase(
      "one order, different actions",
      workloads + policy("order: 100, selector: all(), ingress: [{action: allow, protocol: tcp, destination: {ports: [80]}}]")
        + policy("order: 100, \(web), ingress: [{action: deny}]", name: "lock"),
      expected: [
        #"GW121 9:3 policies "lock" and "p" have the same order 100: by its name alone "lock" is asked first, so "#
          + #"tcp 203.0.113.9:49152 -> 10.65.0.2:80 is denied, not allowed, at workload endpoint "h/k8s/web/eth0""#
      ], severity: .warning),
    LintCase(
      "no order at all",
      workloads + policy("\(web), egress: [{action: pass, protocol: udp}]", name: "a")
        + policy("\(web), egress: [{action: log}, {action: allow, source: {ports: [53]}, protocol: udp}]", name: "b"),
      expected: [
        #"GW121 10:3 policies "a" and "b" have no order, so both come last: by its name alone "a" is asked first, "#
          + "so udp 10.65.0.2:53 -> 10.0.0.1:80 is passed on, not allowed"
      ]),
    LintCase(
      "before DNAT at a host endpoint",
      host(oneInterface)
        + policy(
          "order: 5, selector: all(), preDNAT: true, ingress: [{action: allow, source: {nets: [10.0.0.0/8]}}]", name: "a")
        + policy(
          "order: 5, selector: all(), preDNAT: true, ingress: [{action: deny, source: {nets: [10.1.0.0/16]}}]", name: "b"),
      expected: [#"GW121 4:3 -> 10.0.0.1:80 is allowed, not denied, at host endpoint "h/e""#]),
    LintCase(
      "orders that differ",
      workloads + policy("order: 1, \(web), ingress: [{action: allow}]")
        + policy("order: 2, \(web), ingress: [{action: deny}]", name: "q")
        + policy("\(web), ingress: [{action: deny}]", name: "r")),
    LintCase(
      "no endpoint in common",
      workloads + policy("\(web), ingress: [{action: allow}]")
        + policy(#"selector: role == "db", ingress: [{action: deny}]"#, name: "q")),
    LintCase(
      "no packet in common",
      workloads + policy("\(web), ingress: [{action: allow, protocol: tcp, destination: {ports: [80]}}]")
        + policy("\(web), ingress: [{action: deny, protocol: tcp, destination: {notPorts: [80]}}]", name: "q")
        + policy("\(web), ingress: [{action: deny, protocol: udp}]", name: "r")),
    LintCase(
      "the same action, or none",
      workloads + policy("\(web), ingress: [{action: allow}]")
        + policy("\(web), ingress: [{action: allow, protocol: tcp}]", name: "q")
        + policy("\(web), ingress: [{action: log}]", name: "r")),
    LintCase(
      "different stages",
      host(oneInterface) + policy("selector: all(), preDNAT: true, ingress: [{action: allow}]")
        + policy("selector: all(), ingress: [{action: deny}]", name: "q")
        + policy("selector: all(), doNotTrack: true, ingress: [{action: deny}]", name: "r")),
    LintCase(
      "an earlier rule of the same policy leaves nothing in common",
      workloads + policy("\(web), ingress: [{action: allow, protocol: tcp}, {action: deny}]")
        + policy("\(web), ingress: [{action: allow, protocol: tcp}]", name: "q")),
    LintCase(
      "an earlier policy has decided all of it",
      workloads + policy("order: 1, \(web), ingress: [{action: deny, protocol: tcp}]", name: "z")
        + policy("\(web), ingress: [{action: allow, protocol: tcp}]")
        + policy("\(web), ingress: [{action: deny, protocol: tcp, destination: {ports: [80]}}]", name: "q")),
    LintCase(
      "untracked policies never apply to workloads",
      workloads + policy("\(web), doNotTrack: true, ingress: [{action: allow}]")
        + policy("\(web), doNotTrack: true, ingress: [{action: deny}]", name: "q")),
  ])
  func `policies that their names put in order`(_ test: LintCase) {
    #expect(test.problems(rule: "GW121").isEmpty)
  }
}
