import Reports
import Scenarios
import Testing

/// What an invariant speaks of beside the addresses and ports that rules mention.
@Suite struct InvariantReachTests {
  private static let world = """
    apiVersion: gatewalk/v1
    kind: Host
    metadata: {name: h}
    spec:
      interfaces: [{name: eth0, addresses: [10.0.0.1/24]}]
      routes: [{to: 0.0.0.0/0, interface: eth0}]
      felix: {failsafeInboundHostPorts: none, failsafeOutboundHostPorts: none}
    ---
    {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h, labels: {role: web}}, spec: {interfaceName: eth0}}
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: p}
    spec: {selector: has(role), ingress: [INGRESS], egress: [EGRESS]}

    """

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var ingress = ""
    var egress = ""
    var invariant: String
    /// A part of the one complaint; `nil` if the invariant holds.
    var complaint: String?
  }

  static let cases = [
    Case(
      testDescription: "an ICMP type that nothing mentions",
      ingress: "{action: deny, protocol: icmp, icmp: {type: 8}}, {action: allow, protocol: icmp}",
      invariant: "never: {from: any, to: h, protocol: icmp}", complaint: "10.0.0.1 type 13 in eth0"),
    Case(
      testDescription: "a code that a rule mentions", ingress: "{action: allow, protocol: icmp, icmp: {type: 8, code: 5}}",
      invariant: "never: {from: any, to: h, protocol: icmp}", complaint: "10.0.0.1 type 8 code 5 in eth0"),
    Case(
      testDescription: "a code beside those that rules mention",
      ingress: "{action: deny, protocol: icmp, icmp: {type: 8, code: 0}}, {action: allow, protocol: icmp, icmp: {type: 8}}",
      invariant: "never: {from: any, to: h, protocol: icmp}", complaint: "10.0.0.1 type 8 code 1 in eth0"),
    Case(
      testDescription: "always means echo requests", ingress: "{action: allow, protocol: icmp, icmp: {type: 8}}",
      invariant: "always: {from: any, to: h, protocol: icmp}"),
    Case(
      testDescription: "a protocol that nothing mentions",
      ingress: ["tcp", "udp", "icmp"].map { "{action: deny, protocol: \($0)}" }.joined(separator: ", ") + ", {action: allow}",
      invariant: "never: {from: any, to: h}", complaint: "deny 47 1.0.0.0 -> 10.0.0.1 in eth0"),
    Case(
      testDescription: "one that nothing mentions is not always meant",
      ingress: ["tcp", "udp", "icmp"].map { "{action: allow, protocol: \($0)}" }.joined(separator: ", "),
      invariant: "always: {from: any, to: h}"),
    Case(
      testDescription: "the host by its address", egress: "{action: allow}",
      invariant: "never: {from: 10.0.0.1, to: 198.51.100.0/24, protocol: tcp}",
      complaint: "from host on h, got allow by policy p"),
    Case(
      testDescription: "a network around the host", egress: "{action: allow}",
      invariant: "never: {from: 10.0.0.0/24, to: 198.51.100.0/24, protocol: tcp}"),
  ]

  @Test(arguments: cases) func `tried are`(_ test: Case) throws {
    let world = Self.world.replacing("INGRESS", with: test.ingress).replacing("EGRESS", with: test.egress)
    let folder = try ScenarioFolder([
      "world.yaml": world, "s.yaml": "scenario: s\nworld: world.yaml\ninvariants:\n- \(test.invariant)\n",
    ])
    let complaints = folder.complaints()
    #expect(complaints.count == (test.complaint == nil ? 0 : 1), "\(complaints)")
    if let part = test.complaint { #expect(complaints.first?.contains(part) == true, "\(complaints)") }
  }

  /// With as many networks there are more pairs of addresses than anybody can try.
  @Test func `many networks`() throws {
    let rules = (0..<130).map { "{action: deny, source: {nets: [10.1.\($0 / 2).\($0 % 2 * 128)/25]}}" }
    let world = Self.world.replacing("INGRESS", with: (rules + ["{action: allow}"]).joined(separator: ", "))
      .replacing("EGRESS", with: "")
    let folder = try ScenarioFolder([
      "world.yaml": world, "s.yaml": "scenario: s\nworld: world.yaml\ninvariants:\n- never: {from: any, to: any}\n",
    ])
    let test = try #require(folder.runs().first?.outcome().suite.cases.first)
    let tried = try #require(test.note?.split(separator: " ").first.flatMap { Int($0) })
    #expect(tried > 100_000 && tried <= 200_000 && test.outcome != .passed, "\(test.note ?? "")")
  }
}
