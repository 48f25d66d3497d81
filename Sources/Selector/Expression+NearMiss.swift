/// How little keeps an expression from matching some labels.
package struct NearMiss: Hashable, Sendable {
  /// The terms whose truth would have to be the other one for the whole to hold, by node index in the order of the text: as
  /// few as possible.
  package var terms: [Int]

  package init(terms: [Int]) {
    self.terms = terms
  }
}

extension Expression {
  /// What keeps the expression from matching; `nil` if it does match, or if no other labels could make it.
  ///
  /// Each term counts by itself: that two terms cannot both hold, as in `a == "x" && a == "y"`, is not noticed. Of several
  /// ways of the same length the leftmost is told.
  ///
  /// - Complexity: O(*n*) in the number of nodes, times the cost of finding a label.
  package func nearMiss(for labels: LabelSet) -> NearMiss? {
    let truths = truths(for: labels)
    guard truths[root] == false else { return nil }
    var search = NearMissSearch(self)
    return search.flips { truths[$0] }.map { _ in NearMiss(terms: search.terms()) }
  }
}

/// Finds near misses of one expression for many endpoints, without an allocation for each.
package struct NearMissSearch: Sendable {
  /// More than any number of terms; twice this is still a number.
  private static let never = Int32.max / 2

  private let expression: Expression
  /// By node: the fewest terms to turn round for the node to hold, and for it not to hold.
  private var toHold: [Int32]
  private var toFail: [Int32]
  /// The terms, and what each would be in a whole that holds: true under an even number of `!`.
  private let leanings: [(node: Int, helps: Bool)]

  package init(_ expression: Expression) {
    self.expression = expression
    leanings = Self.leanings(of: expression)
    toHold = Array(repeating: 0, count: expression.count)
    toFail = toHold
  }

  /// The least number of terms to turn round for the expression to hold: zero if it does, `nil` if none can make it.
  ///
  /// - Parameter holds: the truth of a term, by its node index.
  /// - Complexity: O(*n*) in the number of nodes.
  package mutating func flips(_ holds: (Int) -> Bool) -> Int? {
    let nodes = expression.nodes
    for index in nodes.indices {
      switch nodes[index].operation {
      case .not:
        let child = Int(nodes[index].firstChild)
        (toHold[index], toFail[index]) = (toFail[child], toHold[child])
      case .and:
        (toHold[index], toFail[index]) = (sum(toHold, of: nodes[index]), least(toFail, of: nodes[index]).cost)
      case .or:
        (toHold[index], toFail[index]) = (least(toHold, of: nodes[index]).cost, sum(toFail, of: nodes[index]))
      default:
        let other: Int32 = isFixed(nodes[index]) ? Self.never : 1
        (toHold[index], toFail[index]) = holds(index) ? (0, other) : (other, 0)
      }
    }
    let cost = toHold[expression.root]
    return cost < Self.never ? Int(cost) : nil
  }

  /// Did every term of the last `flips` speak against the whole, and is there more than one? Then nothing was near.
  package var everyTermFailed: Bool {
    leanings.count > 1 && leanings.allSatisfy { ($0.helps ? toHold : toFail)[$0.node] > 0 }
  }

  private static func leanings(of expression: Expression) -> [(node: Int, helps: Bool)] {
    var helps = Array(repeating: true, count: expression.count)
    var terms: [(node: Int, helps: Bool)] = []
    for index in expression.nodes.indices.reversed() {
      let node = expression.nodes[index]
      switch node.operation {
      case .not: helps[Int(node.firstChild)] = !helps[index]
      case .and, .or:
        var child = node.firstChild
        while child >= 0 {
          helps[Int(child)] = helps[index]
          child = expression.nodes[Int(child)].nextSibling
        }
      default: terms.append((index, helps[index]))
      }
    }
    return terms
  }

  /// The terms that the last `flips` counted, by node index in the order of the text.
  ///
  /// - Complexity: O(*n*) in the number of nodes.
  package func terms() -> [Int] {
    let nodes = expression.nodes
    // What each node is to become; `nil` where it may stay as it is.
    var wanted = Array(repeating: Bool?.none, count: nodes.count)
    wanted[expression.root] = true
    var terms: [Int] = []
    for index in nodes.indices.reversed() {
      guard let value = wanted[index] else { continue }
      let costs = value ? toHold : toFail
      guard (1..<Self.never).contains(costs[index]) else { continue }
      switch nodes[index].operation {
      case .not:
        wanted[Int(nodes[index].firstChild)] = !value
      case .and where value, .or where !value:
        var child = nodes[index].firstChild
        while child >= 0 {
          wanted[Int(child)] = value
          child = nodes[Int(child)].nextSibling
        }
      case .and, .or:
        wanted[least(costs, of: nodes[index]).child] = value
      default:
        terms.append(index)
      }
    }
    return terms.reversed()
  }

  /// No labels change what the term says.
  private func isFixed(_ term: Expression.Node) -> Bool {
    switch term.operation {
    case .all, .global: true
    case .isIn, .isNotIn: term.operand.count == 0
    default: false
    }
  }

  private func sum(_ costs: [Int32], of node: Expression.Node) -> Int32 {
    var sum: Int32 = 0
    var child = node.firstChild
    while child >= 0 {
      sum = min(Self.never, sum + costs[Int(child)])
      child = expression.nodes[Int(child)].nextSibling
    }
    return sum
  }

  /// The cheapest operand, of several the leftmost.
  private func least(_ costs: [Int32], of node: Expression.Node) -> (cost: Int32, child: Int) {
    var best = (cost: costs[Int(node.firstChild)], child: Int(node.firstChild))
    var child = expression.nodes[best.child].nextSibling
    while child >= 0 {
      if costs[Int(child)] < best.cost { best = (costs[Int(child)], Int(child)) }
      child = expression.nodes[Int(child)].nextSibling
    }
    return best
  }
}
