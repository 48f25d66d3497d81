import Lint
import Manifests
import Scenarios
import Simulator

/// What lint says of the worlds of all scenarios, each finding once.
struct SiteFindings: Sendable {
  struct Entry: Sendable {
    var finding: Finding
    /// The scenarios in whose worlds it was found, by their numbers; none for what is about the text alone.
    var stories: [Int]
    /// Its id on the page about lint.
    var anchor: String
  }

  /// By place.
  let entries: [Entry]
  /// How many a comment in a manifest keeps quiet.
  let setAsideCount: Int
  /// The rules that found something, by id.
  let rules: [LintRule]

  /// One thing in one place is one finding, though several worlds have it.
  private struct Key: Hashable {
    var id: String
    var location: SourceLocation?
    var message: String

    init(_ finding: Finding) {
      (id, location, message) = (finding.id, finding.location, finding.message)
    }
  }

  private struct World: Hashable, Sendable {
    var resources: [Resource]
    var diagnostics: [Diagnostic]
    var semantics: String
  }

  /// - Complexity: lint's, for each different world.
  init(_ stories: [ScenarioStory], sources: [SourceText]) {
    var numbers: [World: Int] = [:]
    var worlds: [(semantics: Semantics, loaded: LoadedScenario, stories: [Int])] = []
    for (index, story) in stories.enumerated() {
      let loaded = story.run.loaded
      // What is invalid for the sake of the test is no news.
      let diagnostics = loaded.scenario.rejects == nil ? loaded.diagnostics : []
      let world = World(resources: loaded.resources, diagnostics: diagnostics, semantics: story.run.semantics.name)
      if let known = numbers[world] {
        worlds[known].stories.append(index)
      } else {
        numbers[world] = worlds.count
        worlds.append((story.run.semantics, loaded, [index]))
      }
    }
    let linter = Linter()
    let found = Concurrently.map(worlds) { world in
      let diagnostics = world.loaded.scenario.rejects == nil ? world.loaded.diagnostics : []
      return linter.findings(
        in: LintContext(resources: world.loaded.resources, diagnostics: diagnostics, semantics: world.semantics))
    }
    var findings: [Finding] = []
    var storiesOf: [Key: [Int]] = [:]
    for (world, some) in zip(worlds, found) {
      for finding in some {
        if storiesOf[Key(finding)] == nil { findings.append(finding) }
        storiesOf[Key(finding), default: []] += world.stories
      }
    }
    var report = LintReport(findings: findings, rules: linter.rules, resourceCount: 0)
    report.findings.sort(by: Linter.isBefore)
    report.setAsideByComments(in: sources)
    setAsideCount = report.setAside.count
    entries = report.findings.enumerated().map { number, finding in
      // A world under two sets of semantics is that of two scenarios.
      Entry(finding: finding, stories: Set(storiesOf[Key(finding)] ?? []).sorted(), anchor: "finding-\(number + 1)")
    }
    let ids = Set(report.findings.map(\.id))
    rules = linter.rules.filter { ids.contains($0.id) }
  }

  func count(_ severity: Severity) -> Int { entries.count { $0.finding.severity == severity } }

  /// `2 errors, 1 warning`; `nothing` if there is none.
  var summary: String {
    let counts = Severity.allCases.compactMap { severity -> String? in
      let count = count(severity)
      guard count > 0 else { return nil }
      return severity == .info ? "\(count) info" : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return counts.isEmpty ? "nothing" : counts.joined(separator: ", ")
  }
}
