package import Reports
package import Scenarios
package import Simulator

/// What a report is made from.
package struct SiteContents: Sendable {
  /// What the report is called.
  package var title: String
  /// The program that makes it: `gatewalk 0.1.0`.
  package var generator: String
  package var stories: [ScenarioStory]
  /// Scenarios that could not be read, as suites that fail.
  package var unreadable: [TestSuite]
  /// The texts that scenarios and worlds were read from.
  package var sources: [SourceText]

  package init(
    title: String, generator: String, stories: [ScenarioStory], unreadable: [TestSuite] = [], sources: [SourceText]
  ) {
    self.title = title
    self.generator = generator
    self.stories = stories
    self.unreadable = unreadable
    self.sources = sources
  }

  /// What became of all scenarios.
  package var report: TestReport { TestReport(suites: stories.map(\.outcome.suite) + unreadable) }
}
