import Manifests
import Scenarios
import Simulator

extension LoadedManifests {
  /// Where a scenario alone was named, the world that it speaks of: so that what `test` judged can be asked about.
  ///
  /// Manifests that are named beside scenarios are the world themselves.
  func withScenarioWorld() -> LoadedManifests {
    guard resources.isEmpty, scenarios.count == 1, let scenario = scenarios.first else { return self }
    let world = ScenarioSuite.world(of: scenario)
    var loaded = self
    loaded.resources = world.resources
    loaded.diagnostics += world.diagnostics.filter { diagnostic in scenario.rejects == nil || diagnostic.severity != .error }
    loaded.sources += world.sources
    return loaded
  }
}
