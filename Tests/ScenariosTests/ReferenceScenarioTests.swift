import Foundation
import Lint
import Manifests
import Reports
import Scenarios
import Selector
import Simulator
import Testing

/// The scenarios that ship in `Scenarios`: what they say is so, and they say all that they are there for.
@Suite struct ReferenceScenarioTests {
  /// `Scenarios`, three folders up from this file.
  private static let folder = (1...3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    .appendingPathComponent("Scenarios").path

  private static let setups = [
    "bastion", "bgp-router", "database", "etcd-member", "kubernetes-node", "lock-down", "memcached", "nat-gateway",
    "profile-only", "web-server",
  ]

  private static func runs(_ part: String) -> [ScenarioRun] {
    ScenarioRun.all(of: ScenarioSuite(paths: ["\(folder)/\(part)"]), semantics: .documented)
  }

  @Test(arguments: ["claims", "seed", "setups"]) func runAsTheySay(part: String) {
    let suite = ScenarioSuite(paths: ["\(Self.folder)/\(part)"])
    #expect(suite.rejected.isEmpty)
    #expect(!suite.scenarios.isEmpty)
    for run in ScenarioRun.all(of: suite, semantics: .documented) {
      let failed = run.outcome().suite.cases.filter { $0.outcome != .passed }
      #expect(failed.isEmpty, "\(run.loaded.scenario.name), \(run.semantics.name)")
    }
  }

  @Test func claimsAreCovered() {
    let covered = Set(Self.runs("claims").flatMap(\.loaded.scenario.claims).map(\.text))
    let missed = Claim.all.filter { $0.isTestable && !covered.contains($0.id) }
    #expect(missed.map(\.id).isEmpty)
  }

  @Test func everySetupIsTested() throws {
    let found = try FileManager.default.contentsOfDirectory(atPath: "\(Self.folder)/setups")
    #expect(Set(found) == Set(Self.setups))
  }

  /// A rule that no flow needs would be there for nothing. Rules that log are: they decide nothing.
  @Test(arguments: setups) func everyRuleOfASetupIsNeeded(setup: String) {
    let runs = Self.runs("setups/\(setup)")
    #expect(Coverage(runs.map { $0.outcome() }).missedRules.isEmpty)
    let unnoticed = MutationReport(runs).survivors.filter { $0.rule.rule.action != .log }
    #expect(unnoticed.map { "\($0.rule.resource) \($0.text)" }.isEmpty)
  }

  @Test(arguments: setups) func setupsAreWhatAReviewerAccepts(setup: String) {
    let world = loadManifests(paths: ["\(Self.folder)/setups/\(setup)/world"], strictness: .strict)
    #expect(world.diagnostics.map(\.message).isEmpty)
    for semantics in Semantics.all {
      let findings = Linter().findings(in: LintContext(resources: world.resources, semantics: semantics))
      let grave = findings.filter { $0.severity > .info }
      #expect(grave.map { "\($0.id) \($0.message)" }.isEmpty, "\(semantics.name)")
    }
  }
}
