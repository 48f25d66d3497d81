import Lint
import Manifests
import Simulator
import Testing

/// Every finding about the shipped worlds, each looked at and true. A rule that begins to speak of them, or falls silent,
/// shows here.
@Suite struct ScenarioFindingsTests {
  struct World: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var findings: [String]

    init(_ name: String, _ findings: [String] = []) {
      testDescription = name
      self.findings = findings
    }
  }

  static let worlds = [
    World(
      "seed/gateway",
      [
        // The policies are about forwarded packets; the gateway's own names and leases, and its reach, are not in them (S23, S25).
        "GW114 info endpoints.yaml:1:3",
        "GW114 info endpoints.yaml:1:3",
        // ssh from either side to the other passes the gateway by its failsafe, which neither policy allows (D8).
        "GW126 info endpoints.yaml:1:3",
        "GW126 info endpoints.yaml:11:3",
      ]),
    World(
      "seed/host-basics",
      [
        // Failsafes are on beside the policy that could replace them (S25).
        "GW113 info failsafe.yaml:10:7",
        "GW113 info failsafe.yaml:20:7",
        // ssh through the host passes, too, which neither policy allows (D8).
        "GW126 info host-endpoints.yaml:2:3",
        "GW126 info host-endpoints.yaml:15:3",
      ]),
    World(
      "seed/pre-dnat",
      [
        // Pre-DNAT policy guards the way to the workloads; what the nodes themselves send and get is dropped (S42, S114).
        "GW103 warning host-endpoints.yaml:2:1",
        "GW114 info host-endpoints.yaml:2:1",
        "GW114 info host-endpoints.yaml:2:1",
        "GW103 warning host-endpoints.yaml:13:1",
        "GW103 warning host-endpoints.yaml:24:1",
        // As the guide has it, and calicoctl does not take it (D12).
        "GW120 warning pre-dnat-policies.yaml:28:9",
        "GW120 warning pre-dnat-policies.yaml:42:9",
        // These pods can answer, and begin nothing.
        "GW104 warning workload-policies.yaml:2:3",
        "GW104 warning workload-policies.yaml:30:3",
      ]),
    World(
      "seed/untracked",
      ["GW103 warning host-endpoint.yaml:1:1", "GW114 info host-endpoint.yaml:1:1", "GW114 info host-endpoint.yaml:1:1"]),
    World("sittings/lock-out"),
    World(
      "sittings/memcached",
      [
        "GW103 warning world.yaml:11:1",
        "GW114 info world.yaml:11:1",
        "GW114 info world.yaml:11:1",
        // The policy that forgot the way back.
        "GW110 error world.yaml:23:5",
      ]),
    World(
      "sittings/nodeport",
      [
        "GW103 warning world.yaml:13:1",
        "GW114 info world.yaml:13:1",
        "GW114 info world.yaml:13:1",
        // The port that the shop listens on, in a policy that sees the NodePort; the world's own comment says so.
        "GW107 error world.yaml:43:5",
        "GW104 warning world.yaml:47:1",
      ]),
  ]

  @Test(arguments: worlds)
  func `what is said of the shipped worlds is true`(_ world: World) throws {
    let folder = try #require(#filePath.split(separator: "/Tests/").first) + "/Scenarios/" + world.testDescription
    let loaded = loadManifests(paths: [String(folder)], strictness: .lenient)
    #expect(!loaded.resources.isEmpty && loaded.rejected.isEmpty)
    let rules = LintRule.all.filter { "GW101"..."GW130" ~= $0.id }
    let findings = Linter(rules: rules).report(on: loaded).findings.map { finding in
      let place = finding.location.map { "\($0.file.split(separator: "/").last ?? ""):\($0.line):\($0.column)" }
      return "\(finding.id) \(finding.severity) \(place ?? "-")"
    }
    #expect(findings == world.findings)
  }
}
