import Scenarios

/// Where a scenario's page tells of each of its checks.
struct FailureAnchors {
  private var anchors: [Int: String] = [:]

  static let world = "world"
  static let invariants = "invariants"

  init(_ story: ScenarioStory) {
    for check in story.outcome.invariants { anchors[check] = Self.invariants }
    for (number, flow) in story.outcome.flows.enumerated() { anchors[flow.check] = "flow-\(number + 1)" }
    for (number, step) in story.outcome.changes.keys.sorted().enumerated() {
      for check in story.outcome.changes[step] ?? 0..<0 { anchors[check] = "change-\(number + 1)" }
    }
  }

  /// - Parameter check: its number in the suite. What is about no step is about the world.
  func anchor(ofCheck check: Int) -> String { anchors[check] ?? Self.world }
}
