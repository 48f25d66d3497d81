import Foundation
import Manifests
import Reports
import Selector
import Simulator
import Testing

/// Every flow that was sent through a real kernel programmed by Felix 2.4.0: verdict, way out, reply, and the rules and
/// built-in decisions that its counters saw.
@Suite struct FelixConformanceTests {
  @Test(arguments: Record.files)
  func everyFlowAgrees(file: String) throws {
    var flows = 0
    var matchedSets = 0
    var mismatches: [String] = []
    for recorded in try Record.worlds(in: file) {
      let semantics = try #require(Semantics.named(recorded.semantics))
      let world = World(try recorded.load().resources)
      var replayer = Replayer(Simulation(world: world, semantics: semantics))
      for flow in recorded.flows {
        flows += 1
        let answer = try flow.replay(&replayer)
        mismatches += compare(answer, flow, &matchedSets).map { "\(file) world \(recorded.id) flow \(flow.id): \($0)" }
      }
    }
    #expect(flows >= 450 && matchedSets >= 150, "the record holds less than it should: \(flows), \(matchedSets)")
    #expect(mismatches.isEmpty, "\(mismatches.count) of \(flows): \(mismatches.prefix(12).joined(separator: "\n"))")
  }

  /// The figures that the documentation gives of the record are the record's.
  @Test func `the documentation tells the record's size`() throws {
    let root = try #require(#filePath.split(separator: "/Tests/").first)
    let page = try String(contentsOfFile: String(root) + "/docs/explanation/agreement.md", encoding: .utf8)
    var (worlds, flows, counted) = (0, 0, 0)
    for file in Record.files {
      let recorded = try Record.worlds(in: file)
      let sent = recorded.flatMap(\.flows)
      let withCounters = sent.count { $0.matched != nil }
      let row = [recorded.count, sent.count, withCounters].map(\.grouped).joined(separator: " | ")
      #expect(page.contains("| `\(file)` | \(row) | "), "\(file): \(row)")
      (worlds, flows, counted) = (worlds + recorded.count, flows + sent.count, counted + withCounters)
    }
    #expect(page.contains("\(worlds) worlds") && page.contains("all \(flows.grouped) packets"))
    #expect(page.contains("the \(counted.grouped) with counters"), "\(counted)")
  }

  /// `validate --strict` refuses exactly the resources that calicoctl refused when the worlds were recorded.
  @Test(arguments: Record.files)
  func strictRefusesWhatCalicoctlRefused(file: String) throws {
    for recorded in try Record.worlds(in: file) {
      for resource in recorded.resources where resource.kind != "Host" {
        let loaded = decodeManifests(
          SourceText(name: "world.json", bytes: Array(resource.json.utf8)), strictness: .strict)
        let isRefused = recorded.rejected.contains("\(resource.kind)/\(resource.name)")
        #expect(loaded.hasErrors == isRefused, "\(file) world \(recorded.id) \(resource.kind)/\(resource.name)")
      }
    }
  }

  private func compare(_ answer: [String: Any], _ flow: RecordedFlow, _ matchedSets: inout Int) -> [String] {
    var problems: [String] = []
    func check(_ what: String, _ got: String?, _ expected: String?) {
      if got != expected { problems.append("\(what) \(got ?? "none"), recorded \(expected ?? "none"): \(flow.line)") }
    }
    check("verdict", answer["verdict"] as? String, flow.verdict)
    check("out", answer["out"] as? String, flow.out)
    let reply = answer["reply"] as? [String: Any]
    check("reply", reply?["verdict"] as? String, flow.reply)
    if let matched = flow.matched {
      matchedSets += 1
      check("matched", keys(answer["matched"]), matched.joined(separator: "; "))
    }
    if let matched = flow.replyMatched {
      check("replyMatched", keys(reply?["matched"]), matched.joined(separator: "; "))
    }
    return problems
  }

  /// Our decisions as the kernel's counters would tell them: a set, `normal` and `workload` one stage, built-in kinds
  /// with just the fields that the record gives them.
  private func keys(_ value: Any?) -> String? {
    guard let decisions = value as? [[String: Any]] else { return nil }
    let told = decisions.map { decision -> String in
      let kind = decision["kind"] as? String ?? ""
      let fields: [String] =
        switch kind {
        case "policy", "profile": ["name", "direction", "rule", "action"]
        case "no-policy-matched", "no-profile-matched", "conntrack-invalid": ["interface"]
        case "failsafe": ["direction"]
        case "missing-profile": ["name", "direction"]
        case "endpoint-to-host-action": ["action"]
        default: []
        }
      var seen = decision.filter { fields.contains($0.key) || $0.key == "kind" || $0.key == "stage" }
      if let stage = seen["stage"] as? String, stage == "normal" || stage == "workload" { seen["stage"] = "filter" }
      return Record.key(seen)
    }
    return Set(told).sorted().joined(separator: "; ")
  }
}
