import Manifests
import Reports
import Selector
import Simulator

extension RejectedResource {
  /// The resource as a message names it: `policy web (cluster.yaml:3)`.
  var summary: String {
    let what = [isScenario ? "scenario" : kind?.rawValue ?? "resource", name.map { Style.visible($0.text) }].compactMap { $0 }
    return "\(what.joined(separator: " ")) (\(location.fileAndLine))"
  }
}
