import Manifests
package import Simulator

/// A scenario with the world that it speaks of.
package struct LoadedScenario: Sendable {
  package var scenario: Scenario
  /// What its world holds before any change; of several resources with one identity the last counts.
  package var resources: [Resource]
  /// What reading the world had to say, in the order of the files.
  package var diagnostics: [Diagnostic]

  package init(scenario: Scenario, resources: [Resource], diagnostics: [Diagnostic]) {
    self.scenario = scenario
    self.resources = resources
    self.diagnostics = diagnostics
  }

  /// What reading the world did not take.
  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  /// The file that holds the scenario, as the user named it.
  package var file: String { scenario.location?.file ?? "" }
}
