package import Selector

/// The endpoints that a selector all but matches: those of which the fewest terms would have to be otherwise, and of which
/// some term is as it should be.
///
/// Each term is first asked of all endpoints at once; what is left for an endpoint is to add up a few numbers. The work is
/// bounded, whatever the selector and the number of endpoints.
package struct NearMissScan: Sendable {
  package struct Finding: Hashable, Sendable {
    /// Index in the world.
    package var endpoint: Int
    /// Node indices in the selector's expression.
    package var terms: [Int]
  }

  /// What misses by more terms than this is not near.
  private static let mostFlips = 2
  /// A selector with more terms and operators than this is not looked at.
  private static let mostNodes = 1_000
  /// Terms and operators looked at, all endpoints together.
  private static let budget = 2_000_000

  /// All with the same number of terms, the fewest found; in the order of the world.
  package private(set) var findings: [Finding] = []
  /// How many endpoints were looked at, of those that do not match.
  package private(set) var looked = 0
  package private(set) var end = End.whole

  package enum End: Hashable, Sendable {
    /// All were looked at that could change the answer.
    case whole
    /// There are more than could be looked at.
    case outOfBudget
    case selectorTooLarge
  }

  /// - Parameters:
  ///   - matching: the endpoints that the selector matches.
  ///   - most: findings wanted.
  /// - Complexity: a set operation per term, and a bounded look at the endpoints.
  package init(_ selector: Selector, in world: World, matching: Bitset, most: Int) {
    let expression = selector.expression
    guard expression.count <= Self.mostNodes else {
      end = .selectorTooLarge
      return
    }
    let holding = world.endpoints(holdingEachTermOf: selector)
    var search = NearMissSearch(expression)
    // By the number of terms, from one on.
    var found = Array(repeating: [Finding](), count: Self.mostFlips)
    for endpoint in world.endpoints.indices where !matching.contains(endpoint) {
      guard found[0].count < most else { break }
      guard looked * expression.count < Self.budget else {
        end = .outOfBudget
        break
      }
      looked += 1
      guard let flips = search.flips({ holding[$0].contains(endpoint) }), 1...Self.mostFlips ~= flips,
        found[flips - 1].count < most, !search.everyTermFailed
      else { continue }
      found[flips - 1].append(Finding(endpoint: endpoint, terms: search.terms()))
    }
    findings = found.first { !$0.isEmpty } ?? []
  }
}
