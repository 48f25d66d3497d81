import Lint
import Simulator
import Testing

/// GW122 to GW124: endpoints, and the profiles, interfaces and nodes that they name.
@Suite struct EndpointRuleTests {
  private static func endpoint(_ name: String, _ spec: String, node: String = "h", labels: String = "{}") -> String {
    """
    - apiVersion: v1
      kind: hostEndpoint
      metadata: {name: \(name), node: \(node), labels: \(labels)}
      spec: {\(spec)}

    """
  }

  private static func profile(_ name: String, _ spec: String = "") -> String {
    "- {apiVersion: v1, kind: profile, metadata: {name: \(name)}, spec: {\(spec)}}\n"
  }

  private static func policy(_ rules: String) -> String {
    "- {apiVersion: v1, kind: policy, metadata: {name: p}, spec: {selector: has(role), \(rules)}}\n"
  }

  @Test(arguments: [
    LintCase(
      "nothing stands before the missing profile",
      endpoint("e", "interfaceName: eth0, profiles: [prodution]") + profile("production"),
      expected: [
        #"GW122 1:3 profile "prodution" of host endpoint "h/e" does not exist: all that reaches it is denied"#,
        #"GW122 5:3 no endpoint lists profile "production": it does nothing"#,
      ]),
    LintCase(
      "a policy passes",
      endpoint("e", "interfaceName: eth0, profiles: [q]", labels: "{role: x}")
        + policy("ingress: [{action: pass, protocol: tcp}, {action: deny}]"),
      expected: [#"GW122 1:3 profile "q" of host endpoint "h/e""#], severity: .error),
    LintCase(
      "two endpoints of one profile, after one that decides little",
      endpoint("e", "interfaceName: eth0, profiles: [some, q]") + endpoint("f", "interfaceName: eth1, profiles: [q]")
        + profile("some", "ingress: [{action: allow}], egress: [{action: allow, protocol: tcp}]"),
      expected: [#"GW122 1:3 profile "q" of host endpoint "h/e", and of 1 more does not exist"#], severity: .error),
    LintCase(
      "an untracked policy does not stand before profiles",
      endpoint("e", "interfaceName: eth0, profiles: [q]", labels: "{role: x}")
        + policy("doNotTrack: true, ingress: [{action: allow, protocol: tcp}]"), expected: ["GW122 1:3 does not exist"]),
    LintCase(
      "a normal policy decides",
      endpoint("e", "interfaceName: eth0, profiles: [q]", labels: "{role: x}")
        + policy("ingress: [{action: allow}]")),
    LintCase(
      "a profile before it accepts everything",
      endpoint("e", "interfaceName: eth0, profiles: [open, q]")
        + profile("open", "ingress: [{action: log}, {action: allow}], egress: [{action: allow}]")),
    LintCase("profiles that exist and are used", endpoint("e", "interfaceName: eth0, profiles: [q]") + profile("q")),
    LintCase("no endpoints at all", profile("q")),
  ])
  func `profiles that are missing, or superfluous`(_ test: LintCase) {
    #expect(test.problems(rule: "GW122").isEmpty)
  }

  private static let host = """
    - apiVersion: gatewalk/v1
      kind: Host
      metadata: {name: h}
      spec: {interfaces: [{name: eth0, addresses: [10.0.0.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}, {name: cali1}]}

    """

  @Test(arguments: [
    LintCase(
      "two by name", endpoint("outer", "interfaceName: eth0") + endpoint("all", "interfaceName: eth0"),
      expected: [#"GW123 1:3 host endpoint "h/outer" governs nothing: "h/all" has the smaller name and governs "eth0""#],
      severity: .warning),
    LintCase(
      "one by name, one by address", host + endpoint("z", "interfaceName: eth0") + endpoint("a", "expectedIPs: [10.0.0.1]"),
      expected: [#"GW123 5:3 host endpoint "h/z" governs nothing: "h/a" has"#]),
    LintCase(
      "one that still has another interface",
      host + endpoint("both", "expectedIPs: [10.0.0.1, 10.1.0.1]") + endpoint("a", "interfaceName: eth1"),
      expected: [#"GW123 5:3 host endpoint "h/both" does not govern "eth1": "h/a" has the smaller name and governs it"#]),
    LintCase(
      "one interface each", host + endpoint("a", "interfaceName: eth0") + endpoint("b", "expectedIPs: [10.1.0.1]")),
    LintCase(
      "one interface name on two hosts",
      endpoint("a", "interfaceName: eth0") + endpoint("b", "interfaceName: eth0", node: "i")),
    LintCase(
      "an endpoint with a name never fits by its address",
      host + endpoint("a", "interfaceName: eth0, expectedIPs: [10.1.0.1]") + endpoint("b", "interfaceName: eth1")),
    LintCase(
      "Felix leaves out the one with the smaller name",
      endpoint("a", "interfaceName: eth0, profiles: [t/x]") + endpoint("b", "interfaceName: eth0"), semantics: .calico24),
  ])
  func `host endpoints that contend`(_ test: LintCase) {
    #expect(test.problems(rule: "GW123").isEmpty)
  }

  @Test(arguments: [
    LintCase(
      "an interface that the host does not have", host + endpoint("e", "interfaceName: eth2"),
      expected: [#"GW124 5:3 host endpoint "h/e" governs no interface: "h" has no interface "eth2", so its traffic is not"#],
      severity: .error),
    LintCase(
      "an address that no interface carries", host + endpoint("e", "expectedIPs: [10.0.0.2]"),
      expected: [#"GW124 5:3 host endpoint "h/e" governs no interface: no interface of "h" carries 10.0.0.2"#], severity: .error
    ),
    LintCase(
      "a workload's interface, whether the host is known or not", endpoint("e", "interfaceName: cali1"),
      expected: [#"GW124 1:3 host endpoint "h/e" governs no interface: "cali1" is a workload's interface"#], severity: .warning),
    LintCase(
      "a node that nothing else speaks of", host + endpoint("e", "interfaceName: eth0", node: "g"),
      expected: [#"GW124 5:3 host endpoint "g/e" is for a node that nothing else speaks of, "g""#], severity: .warning),
    LintCase(
      "a node resource is enough to know nodes",
      "- {apiVersion: v1, kind: node, metadata: {name: host-1}}\n"
        + endpoint("e", "interfaceName: eth0", node: "hots-1") + endpoint("e", "interfaceName: eth0", node: "host-1"),
      expected: [#"GW124 2:3 nothing else speaks of, "hots-1""#]),
    LintCase(
      "the other one of a pair",
      host.replacing("name: h}", with: "name: db1}") + endpoint("e", "interfaceName: eth0", node: "db1")
        + endpoint("e", "interfaceName: eth0", node: "db2")),
    LintCase("by name and by address", host + endpoint("e", "interfaceName: eth0") + endpoint("f", "expectedIPs: [10.1.0.1]")),
    LintCase("nothing is known of any host", endpoint("e", "interfaceName: eth7") + endpoint("f", "expectedIPs: [10.9.0.1]")),
    LintCase(
      "most nodes are not described",
      host + endpoint("e", "interfaceName: eth0", node: "node-17")
        + endpoint("e", "interfaceName: eth0", node: "node-18")),
    LintCase(
      "it contends, which is another finding",
      host + endpoint("e", "interfaceName: eth0") + endpoint("a", "interfaceName: eth0")),
    LintCase(
      "another prefix",
      """
      - apiVersion: gatewalk/v1
        kind: Host
        metadata: {name: h}
        spec: {interfaces: [{name: cali1}], felix: {interfacePrefix: tap}}

      """ + endpoint("e", "interfaceName: cali1")),
  ])
  func `host endpoints without an interface`(_ test: LintCase) {
    #expect(test.problems(rule: "GW124").isEmpty)
  }

  @Test(arguments: [("eth", "did you mean \"eth0\"?"), ("wan", "its interfaces are eth0, eth1")])
  func `the interface that was meant`(name: String, help: String) {
    let findings = LintCase("", Self.host + Self.endpoint("e", "interfaceName: \(name)")).findings("GW124")
    #expect(findings.count == 1 && findings[0].help?.contains(help) == true, "\(findings)")
  }

  /// Each inactive host endpoint is somebody's finding: the builder's own warnings are left to these two rules.
  @Test(arguments: [
    host + endpoint("e", "interfaceName: eth2") + endpoint("a", "expectedIPs: [10.9.9.9]"),
    endpoint("outer", "interfaceName: eth0") + endpoint("all", "interfaceName: eth0") + endpoint("c", "interfaceName: cali9"),
  ])
  func `every inactive host endpoint is found`(yaml: String) {
    let test = LintCase("", yaml)
    let found = test.findings("GW123") + test.findings("GW124")
    #expect(!found.isEmpty && Set(found.map(\.location)) == Set(test.inactive), "\(found)")
  }
}

extension LintCase {
  /// The places of the host endpoints that the host's network leaves without an interface.
  fileprivate var inactive: [Simulator.SourceLocation?] {
    let world = World(resources)
    return world.nodes.flatMap { Topology(of: $0, in: world, semantics: semantics).warnings }
      .filter { $0.id == "inactive-host-endpoint" }.map(\.location)
  }
}
