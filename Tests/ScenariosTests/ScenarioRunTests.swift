import Reports
import Scenarios
import Selector
import Simulator
import Testing

@Suite struct ScenarioRunTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var scenario: String
    /// Beginnings of the complaints, in order.
    var complaints: [String] = []

    var testDescription: String { name }
  }

  private static func flow(_ text: String, _ expect: String) -> String { "- flow: \(text)\n  expect: \(expect)\n" }

  private static let ssh = "tcp 192.0.2.7 -> 10.0.0.1:22 in eth0"
  private static let stranger = "tcp 203.0.113.9 -> 10.0.0.1:22 in eth0"
  private static let nodePort = "tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0"

  static let cases = [
    Case(
      name: "everything that can be expected, as it is",
      scenario: flow(
        ssh,
        "\n    verdict: allow\n    by: policy web ingress[1]\n    stage: normal\n    endpoint: eth0-hep\n    path: to-host\n    out: host\n    reply: {verdict: allow, by: conntrack-established}"
      )
        + flow(stranger, "\n    verdict: deny\n    by: no-policy-matched\n    endpoint: gw/eth0-hep\n    path: to-host")
        + flow(nodePort, "\n    verdict: allow\n    by: policy shop ingress[0]\n    stage: workload\n    out: cali1")
        + flow("icmp 203.0.113.9 -> 10.65.0.1 type 0", "{verdict: deny}")
        + flow("tcp 10.0.0.1 -> [fd00::1]:80 from host", "error") + flow("51 shop -> 10.0.0.1 from shop", "deny")),
    Case(
      name: "everything that can be expected, otherwise",
      scenario: flow(ssh, "deny") + flow(stranger, "{verdict: deny, by: failsafe}")
        + flow(ssh, "\n    verdict: allow\n    by: policy web ingress[0]")
        + flow(ssh, "{verdict: allow, by: policy other}") + flow(ssh, "{verdict: allow, stage: pre-dnat}")
        + flow(ssh, "{verdict: allow, endpoint: shop}") + flow(ssh, "{verdict: allow, path: forwarded}")
        + flow(ssh, "{verdict: allow, out: eth0}") + flow(ssh, "{verdict: allow, reply: deny}")
        + flow(ssh, "{verdict: allow, reply: none}") + flow(ssh, "{verdict: allow, reply: {verdict: allow, by: failsafe}}")
        + flow("tcp nobody -> 10.0.0.1:22 in eth0", "allow") + flow(ssh, "error"),
      complaints: [
        "scenario.yaml:4 verdict: expected deny, got allow by policy web ingress[1], normal stage of gw/eth0-hep at world.yaml:34",
        "scenario.yaml:6 decided by: expected failsafe, got deny by no-policy-matched, normal stage of gw/eth0-hep",
        "scenario.yaml:8 decided by: expected policy web ingress[0], got allow by policy web ingress[1], normal stage of gw/eth0-hep at world.yaml:34",
        "scenario.yaml:12 decided by: expected policy other, got allow by policy web",
        "scenario.yaml:14 stage: expected pre-dnat, got", "scenario.yaml:16 endpoint: expected shop, got",
        "scenario.yaml:18 path: expected forwarded, got to-host", "scenario.yaml:20 out: expected eth0, got host",
        "scenario.yaml:22 reply: expected deny, got allow by conntrack-established",
        "scenario.yaml:24 reply: expected none, got allow", "scenario.yaml:26 reply: expected failsafe, got allow by conntrack",
        "scenario.yaml:28 verdict: expected allow, got error", "scenario.yaml:30 verdict: expected error, got allow",
      ]),
    Case(
      name: "changes, each in the world that those before it left",
      scenario: flow(ssh, "allow") + "- change: [{delete: policy web}]\n" + flow(ssh, "{verdict: deny, by: no-profile-matched}")
        + "- change: {apply: more.yaml}\n" + flow(ssh, "{verdict: allow, by: policy more}")
        + "- change:\n  - set: policy more order 5\n  - disable: more ingress[0]\n"
        + flow(ssh, "{verdict: deny, by: no-policy-matched}")
        + "- change: [{enable: more ingress[0]}, {failsafe: off}, {label: eth0-hep role=none}]\n" + flow(ssh, "deny")),
    Case(
      name: "changes that cannot be made",
      scenario: "- change: [{delete: policy nobody}, {set: eth0-hep colour red}, {apply: nowhere.yaml}]\n" + flow(ssh, "allow"),
      complaints: [
        "scenario.yaml:4 error: there is no policy \"nobody\"", "scenario.yaml:4 error",
        "scenario.yaml:4 nowhere.yaml:1:1: error",
      ]),
    Case(
      name: "invariants",
      scenario: "invariants:\n- never: {from: any, to: gw, protocol: tcp, ports: [443, 8443], in: eth0}\n"
        + "- always: {from: 192.0.2.0/24, to: gw, ports: [22], protocol: tcp}\n"
        + "- never: {from: 203.0.113.0/24, to: gw, ports: [\"1:1024\"], in: eth0}\n- always: {from: 10.0.0.0/24, to: gw, protocol: tcp, ports: [22]}\n"
        + "- never: {from: nobody, to: gw}\n- never: {from: any, to: gw, in: eth9}\n- never: {from: \"fd00::/64\", to: gw}\n- always: {from: shop, to: gw}\n",
      complaints: [
        "scenario.yaml:6 flow: expected deny tcp 203.0.113.0:49152 -> 10.0.0.1:80 in eth0 on gw, got allow by policy web ingress[0], normal stage of gw/eth0-hep at world.yaml:31",
        "scenario.yaml:7 flow: expected allow tcp 10.0.0.0:49152 -> 10.0.0.1:22 in eth0 on gw, got deny by no-policy-matched",
        "scenario.yaml:8 there is no endpoint and no node \"nobody\"", "scenario.yaml:9 no host has an interface \"eth9\"",
        "scenario.yaml:10 no flow is as the invariant says",
        "scenario.yaml:11 flow: expected allow icmp 10.65.0.1 -> 10.0.0.1 type 8 in cali1 on gw, got deny by no-policy-matched, workload stage of gw/k8s/shop/eth0",
      ]),
  ]

  @Test(arguments: cases)
  func `what is otherwise is said at its place`(test: Case) throws {
    let flows = test.scenario.hasPrefix("invariants") ? "" : "flows:\n"
    let folder = try ScenarioFolder([
      "world.yaml": Gateway.world, "scenario.yaml": "scenario: s\nworld: world.yaml\n\(flows)\(test.scenario)",
      "more.yaml": Gateway.world.split(separator: "---\n").map(String.init)[3].replacing("name: web", with: "name: more"),
    ])
    let complaints = folder.complaints()
    let agree =
      complaints.count == test.complaints.count
      && zip(complaints, test.complaints).allSatisfy { $0.hasPrefix($1) }
    #expect(agree, "\(complaints.joined(separator: "\n"))")
  }

  // MARK: Worlds

  @Test func `the world is what the scenario names, its own file and what it holds itself`() throws {
    let folder = try ScenarioFolder([
      "cluster/world.yaml": Gateway.world,
      "tests/scenario.yaml": """
      scenario: three sources
      world: [../cluster]
      resources:
      - {apiVersion: v1, kind: policy, metadata: {name: inline}, spec: {order: 1, selector: role == 'gateway', ingress: [{action: allow, protocol: tcp, destination: {ports: [1]}}]}}
      flows:
      - {flow: "tcp 203.0.113.9 -> 10.0.0.1:1 in eth0", expect: {verdict: allow, by: policy inline}}
      - {flow: "tcp 203.0.113.9 -> 10.0.0.1:2 in eth0", expect: {verdict: allow, by: policy beside}}
      - {flow: "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", expect: {verdict: allow, by: policy web}}
      ---
      {apiVersion: v1, kind: policy, metadata: {name: beside}, spec: {order: 2, selector: role == 'gateway', ingress: [{action: allow, protocol: tcp, destination: {ports: [2]}}]}}
      """,
      // Resources with the same names in another file are that file's own.
      "tests/other.yaml": """
      scenario: another
      world: ../cluster/world.yaml
      flows:
      - {flow: "tcp 203.0.113.9 -> 10.0.0.1:2 in eth0", expect: {verdict: allow, by: policy beside}}
      ---
      {apiVersion: v1, kind: policy, metadata: {name: beside}, spec: {order: 2, selector: role == 'gateway', ingress: [{action: allow}]}}
      """,
    ])
    #expect(folder.complaints() == [])
    #expect(folder.suite.scenarios.map(\.scenario.name) == ["another", "three sources"])
    #expect(folder.suite.diagnostics.isEmpty)
  }

  @Test func `an invalid world is a failure unless the scenario says so`() throws {
    let bad = "{apiVersion: v1, kind: policy, metadata: {name: p}, spec: {selectr: x}}"
    let folder = try ScenarioFolder([
      "world.yaml": bad,
      "a.yaml": "scenario: unsaid\nworld: world.yaml\nflows: [{flow: 51 a -> b, expect: error}]\n",
      "b.yaml": "scenario: said\nworld: world.yaml\nrejects: [unknown-field]\nflows: [{flow: 51 a -> b, expect: error}]\n",
      "c.yaml": "scenario: said otherwise\nrejects: [invalid-selector]\nresources: [\(bad)]\n",
      "d.yaml": "scenario: is as it should be\nrejects: []\nflows: [{flow: 51 a -> b, expect: error}]\n",
    ])
    #expect(
      folder.complaints() == [
        "a.yaml:1 the world is invalid: world.yaml:1:60: unknown field \"selectr\" in policy spec",
        "c.yaml:1 rejects: expected invalid-selector, got unknown-field",
      ])
  }

  @Test func `a scenario is judged by all semantics that it names`() throws {
    let flow = "[{flow: \"udp 203.0.113.9 -> 10.0.0.1:68 in eth0\", expect: {verdict: allow, by: failsafe}}]"
    let world = Gateway.world.replacing("felix: {failsafeInboundHostPorts: none}", with: "felix: {}")
    let folder = try ScenarioFolder([
      "world.yaml": world,
      "both.yaml": "scenario: both\nworld: world.yaml\nsemantics: [documented, calico-2.4]\nflows: \(flow)\n",
      "either.yaml": "scenario: either\nworld: world.yaml\nflows: \(flow)\n",
    ])
    let outcomes = folder.runs(.calico24).map { $0.outcome().suite }
    #expect(outcomes.map(\.semantics) == ["documented", "calico-2.4", "calico-2.4"])
    #expect(outcomes.map(\.hasFailed) == [true, false, false])
  }

  @Test func `what cannot be read is not passed over`() throws {
    let folder = try ScenarioFolder([
      "a.yaml": "scenario: a\nflows: [", "b.yaml": "scenario: b\nflow: x\n", "c.yaml": Gateway.world,
      "d.yaml": "scenario: d\nflows: [{flow: 51 a -> b, expect: error}]\n",
    ])
    let suite = folder.suite
    #expect(suite.scenarios.map(\.scenario.name) == ["d"] && suite.rejected.count == 2)
    #expect(suite.diagnostics.filter { $0.severity == .error }.count == 2, "\(suite.diagnostics)")
  }
}
