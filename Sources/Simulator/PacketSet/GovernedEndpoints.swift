import Selector

/// The endpoints that a policy governs: those of the right kind that it selects and that govern an interface.
struct GovernedEndpoints: Sendable {
  /// Ascending.
  private(set) var endpoints: [Int] = []
  /// The one with the fewest policies of the kind before it.
  private(set) var pivot: Int?
  private var fewest = Int.max

  /// - Complexity: linear in the matches of policies and endpoints.
  static func ofEachPolicy(_ world: World, _ assignment: PolicyAssignment, _ enforced: Bitset) -> [GovernedEndpoints] {
    var governed = Array(repeating: GovernedEndpoints(), count: world.policies.count)
    for endpoint in enforced {
      let starts = assignment.lists(of: endpoint).map { Int($0) }
      // Untracked and pre-DNAT policies never apply to workloads (D15).
      for kind in (world.endpoints[endpoint].isHost ? 0 : 2)..<3 {
        for place in starts[kind]..<starts[kind + 1] {
          governed[Int(assignment.policies[place])].add(endpoint, policiesBefore: place - starts[kind])
        }
      }
    }
    return governed
  }

  private mutating func add(_ endpoint: Int, policiesBefore count: Int) {
    endpoints.append(endpoint)
    if count < fewest { (pivot, fewest) = (endpoint, count) }
  }
}
