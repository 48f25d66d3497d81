import Lint
import Manifests
import Simulator

extension LintCase {
  /// What one rule says of the world.
  func findings(_ rule: String) -> [Finding] { report(of: LintRule.all.filter { $0.id == rule }).findings }

  var resources: [Resource] {
    decodeManifests(SourceText(name: "world.yaml", bytes: Array(yaml.utf8)), strictness: .lenient).resources
  }
}
