import Lint
import Simulator
import Testing

/// The examples in the explanations of GW117 to GW130 show what they say they show.
@Suite struct ExampleTests {
  /// What an example leaves out, being short.
  struct Surroundings: Sendable, CustomTestStringConvertible {
    var id: String
    /// Endpoints and hosts that stand beside it.
    var world = ""
    /// Are the blocks the rules of a policy?
    var isRules = false
    /// Is the block after the first the whole example mended?
    var hasMended = false

    var testDescription: String { id }
  }

  private static let endpoints = """
    - apiVersion: v1
      kind: workloadEndpoint
      metadata: {node: h, orchestrator: k8s, workload: db, name: eth0, labels: {role: database}}
      spec: {interfaceName: cali8, ipNetworks: [10.65.0.8/32]}
    - apiVersion: v1
      kind: workloadEndpoint
      metadata: {node: h, orchestrator: k8s, workload: web, name: eth0, labels: {role: frontend}}
      spec: {interfaceName: cali9, ipNetworks: [10.65.0.9/32]}

    """

  private static let gateway = """
    - apiVersion: gatewalk/v1
      kind: Host
      metadata: {name: gw}
      spec: {interfaces: [{name: eth0, addresses: [203.0.113.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}]}
    - apiVersion: v1
      kind: hostEndpoint
      metadata: {name: outside, node: gw, labels: {gateway: outside}}
      spec: {interfaceName: eth0}
    - apiVersion: v1
      kind: hostEndpoint
      metadata: {name: inside, node: gw, labels: {gateway: inside}}
      spec: {interfaceName: eth1}

    """

  @Test(arguments: [
    Surroundings(id: "GW117", world: endpoints), Surroundings(id: "GW118"), Surroundings(id: "GW119", world: endpoints),
    Surroundings(id: "GW120", isRules: true, hasMended: true), Surroundings(id: "GW121", world: endpoints),
    Surroundings(id: "GW122"), Surroundings(id: "GW123"), Surroundings(id: "GW124"),
    Surroundings(id: "GW125", isRules: true, hasMended: true), Surroundings(id: "GW126"),
    Surroundings(id: "GW127", world: gateway), Surroundings(id: "GW128", isRules: true, hasMended: true),
    Surroundings(id: "GW129"), Surroundings(id: "GW130", hasMended: true),
  ])
  func `the example is a finding, and mended it is none`(_ example: Surroundings) throws {
    let rule = try #require(LintRule.named(example.id))
    let blocks = Self.blocks(of: rule.explanation).map { text in
      example.isRules ? "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n" + Self.indented(text) : text
    }
    let found = LintCase("", example.world + "\n---\n" + (try #require(blocks.first)))
    #expect(!found.findings(example.id).isEmpty && found.report.leftOut.isEmpty)
    guard example.hasMended, blocks.count > 1 else { return }
    let mended = LintCase("", example.world + "\n---\n" + blocks[1])
    #expect(mended.findings(example.id).isEmpty && mended.report.leftOut.isEmpty)
  }

  private static func blocks(of text: String) -> [String] {
    var blocks: [String] = []
    var current: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```yaml" {
        current = []
      } else if line == "```", let lines = current {
        blocks.append(lines.joined(separator: "\n"))
        current = nil
      } else {
        current?.append(line)
      }
    }
    return blocks
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }

  /// A program that shows or mends findings needs more than words.
  @Test func `every finding has a subject that is in the world, and a place`() {
    let worlds = [
      Self.gateway + Self.policies, Self.endpoints + Self.policies, Self.gateway.replacing("eth1}", with: "eth7}"),
      "- {apiVersion: v1, kind: node, metadata: {name: gw}, spec: {bgp: {ipv4Address: 10.1.0.1/24}}}\n"
        + "- {apiVersion: v1, kind: bgpPeer, metadata: {scope: global, peerIP: 10.1.0.9}, spec: {asNumber: 1}}\n"
        + Self.gateway,
    ]
    var ids: Set<String> = []
    for yaml in worlds {
      let test = LintCase("", yaml)
      let known = Set(test.resources.map(\.id))
      for finding in test.report.findings where finding.id >= "GW117" {
        ids.insert(finding.id)
        #expect(finding.location != nil && finding.subject.map { known.contains($0.resource) } == true, "\(finding)")
        // Lower case, but for a name.
        #expect(finding.message.first?.isLowercase == true || finding.message.hasPrefix("Felix"), "\(finding)")
        #expect(finding.message.last != ".", "\(finding)")
      }
    }
    #expect(ids.count >= 9, "too few kinds to tell: \(ids.sorted())")
  }

  private static let policies = """
    - {apiVersion: v1, kind: policy, metadata: {name: a}, spec: {selector: gateway != "x", ingress: [{action: allow, source: {net: 10.0.0.0/8}, destination: {ports: [1]}}]}}
    - {apiVersion: v1, kind: policy, metadata: {name: b}, spec: {selector: gateway != "y", ingress: [{action: deny, source: {tag: none}}, {action: deny}]}}
    - {apiVersion: v1, kind: policy, metadata: {name: c}, spec: {selector: all(), preDNAT: true, ingress: [{action: allow, protocol: icmp, icmp: {type: 8, code: 0}}, {action: allow}]}}
    - {apiVersion: v1, kind: policy, metadata: {name: d}, spec: {selector: has(role), ingress: [{action: allow, destination: {nets: [10.9.0.0/16]}}]}}
    - {apiVersion: v1, kind: policy, metadata: {name: d}, spec: {selector: has(role), ingress: [{action: allow, destination: {nets: [10.8.0.0/16]}}]}}
    - {apiVersion: v1, kind: profile, metadata: {name: unused}, spec: {}}

    """
}
