import Selector
import Simulator

/// The endpoints that a selector all but matches: those of which the fewest terms would have to be otherwise, and of which
/// some term is as it should be.
///
/// Each term is first asked of all endpoints at once; what is left for an endpoint is to add up a few numbers. The work is
/// bounded, whatever the selector and the number of endpoints.
struct NearMissScan {
  struct Finding {
    /// Index in the world.
    var endpoint: Int
    /// Node indices in the selector's expression.
    var terms: [Int]
  }

  /// What misses by more terms than this is not near.
  private static let mostFlips = 2
  /// A selector with more terms and operators than this is not looked at.
  private static let mostNodes = 1_000
  /// Terms and operators looked at, all endpoints together.
  private static let budget = 2_000_000

  /// All with the same number of terms, the fewest found; in the order of the world.
  private(set) var findings: [Finding] = []
  /// How many endpoints were looked at, of those that do not match.
  private(set) var looked = 0
  private(set) var end = End.whole

  enum End {
    /// All were looked at that could change the answer.
    case whole
    /// There are more than could be looked at.
    case outOfBudget
    case selectorTooLarge
  }

  init(_ selector: Selector, in world: World, matching: Bitset, most: Int) {
    let expression = selector.expression
    guard expression.count <= Self.mostNodes else {
      end = .selectorTooLarge
      return
    }
    let holding = Self.endpoints(holdingEachTermOf: selector, in: world)
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

  /// By node the endpoints for which the term holds; empty for operators.
  private static func endpoints(holdingEachTermOf selector: Selector, in world: World) -> [Bitset] {
    let expression = selector.expression
    return (0..<expression.count).map { node in
      switch expression.operation(of: node) {
      case .not, .and, .or: return Bitset()
      case .all, .global: return world.labels.endpoints(matching: .all)
      case .has: return world.labels.endpoints(matching: .has(expression.label(of: node)))
      case .equal, .notEqual, .isIn, .isNotIn, .contains, .startsWith, .endsWith:
        // A term by itself is a selector, in the generation of the whole; which that is only the term's text can tell.
        let text = ByteString(selector.text.bytes[expression.range(of: node)])
        let term = (try? Selector(text, generation: .v2)) ?? (try? Selector(text, generation: .v3))
        return term.map { world.labels.endpoints(matching: $0) } ?? Bitset()
      }
    }
  }
}
