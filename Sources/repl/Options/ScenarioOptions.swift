import ArgumentParser
import Manifests
import Reports
import Scenarios
import Selector
import Simulator

/// The scenarios that a command runs.
struct ScenarioOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Scenario files, directories, or - for standard input.", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var paths: [String]

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Only scenarios whose name or file holds the text, or that cover the claim. May be repeated.", valueName: "text"))
  var filter: [String] = []

  /// Reads them and says what is wrong with their files and worlds.
  ///
  /// - Throws: `ExitStatus.failed` if something that was named cannot be read at all.
  func load() throws -> ScenarioSuite {
    var suite = ScenarioSuite(paths: paths)
    // Doubts about the worlds are for lint to tell; a scenario that tests nothing is one of the test's own.
    let problems = suite.diagnostics.filter { $0.severity == .error || $0.id == "no-flows" }
    Console.error.report(problems, sources: suite.sources)
    if suite.hasUnreadFile { throw ExitStatus.failed }
    suite.filter(filter)
    return suite
  }

  /// - Throws: `ExitStatus.failed` if there is nothing to run.
  func requireSome(in suite: ScenarioSuite) throws {
    guard suite.scenarios.isEmpty, suite.rejected.isEmpty else { return }
    Console.error.say(filter.isEmpty ? "error: there is no scenario in it" : "error: no scenario matches")
    throw ExitStatus.failed
  }
}

extension TestSuite {
  /// A scenario that could not be read is one that fails: what is wrong with it was said.
  init(unreadable rejected: RejectedResource) {
    self.init(
      name: rejected.name.map(\.text) ?? "scenario", location: rejected.location, semantics: Semantics.documented.name,
      cases: [
        TestCase(
          name: "scenario", location: rejected.location,
          outcome: .broken("the scenario cannot be read", help: "every mistake in it is on standard error"))
      ])
  }
}
