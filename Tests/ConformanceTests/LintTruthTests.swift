import Foundation
import Lint
import Manifests
import Reports
import Selector
import Simulator
import Testing

/// What lint says never happens does not happen to any packet of the record.
@Suite struct LintTruthTests {
  @Test func `what is said to be without effect has none`() throws {
    var claims = 0
    var lies: [String] = []
    for recorded in try Record.files.flatMap(Record.worlds) {
      let semantics = try #require(Semantics.named(recorded.semantics))
      let loaded = try recorded.load()
      let findings = Linter(rules: LintRule.all.filter { "GW101"..."GW113" ~= $0.id })
        .report(on: loaded, semantics: semantics).findings.filter(Self.promises)
      if findings.isEmpty { continue }
      claims += findings.count
      var replayer = Replayer(Simulation(world: World(loaded.resources), semantics: semantics))
      for flow in recorded.flows {
        let answer = try flow.replay(&replayer)
        let decisions = [answer, answer["reply"] as? [String: Any] ?? [:]].flatMap { $0["matched"] as? [[String: Any]] ?? [] }
        for finding in findings where decisions.contains(where: { Self.belies($0, finding) }) {
          lies.append("\(recorded.file) world \(recorded.id): \(finding.message): \(flow.line)")
        }
      }
    }
    #expect(claims > 100, "the record says less than it should: \(claims)")
    #expect(lies.isEmpty, "\(lies.count): \(lies.prefix(8).joined(separator: "\n"))")
  }

  /// Is it about something that never happens, wherever the packet comes from?
  private static func promises(_ finding: Finding) -> Bool {
    switch finding.id {
    case "GW105", "GW109": finding.message.contains("never matches") || finding.message.contains("stops nothing")
    case "GW113": finding.severity == .warning
    case "GW112": finding.message.contains("alone, where it is ignored")
    case "GW103": finding.severity == .error
    default: false
    }
  }

  /// Did the decision of a packet do what the finding says cannot be?
  private static func belies(_ decision: [String: Any], _ finding: Finding) -> Bool {
    guard let subject = finding.subject, let kind = decision["kind"] as? String else { return false }
    if subject.resource.kind == .hostEndpoint {
      // Nothing but failsafes lets a packet through normal policy there.
      return decision["endpoint"] as? String == subject.resource.name.text && decision["stage"] as? String == "normal"
        && (kind == "policy" || kind == "profile")
    }
    guard kind == subject.resource.kind.rawValue, decision["name"] as? String == subject.resource.name.text else {
      return false
    }
    guard let rule = subject.rule else { return true }
    return decision["direction"] as? String == rule.direction.rawValue && decision["rule"] as? Int == rule.index
  }
}
