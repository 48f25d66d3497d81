/// Asks of two diagrams whether one lies within the other, or whether they have anything in common; makes no nodes.
struct PacketNodeComparison {
  enum Question {
    /// Is everything of the left in the right?
    case isSubset
    /// Have they nothing in common?
    case isDisjoint
  }

  private let question: Question
  /// Pairs of nodes of which it holds, from the third field on.
  private var known: Set<PacketNodePair> = []

  init(_ question: Question) {
    self.question = question
  }

  /// - Complexity: at most the product of the two diagrams' sizes; in practice far less, as the first piece that says no ends it.
  mutating func holds(_ left: PacketNode, _ right: PacketNode, depth: Int = 0) -> Bool {
    if left === right { return question == .isSubset }
    switch question {
    case .isSubset: if left.lowest < right.lowest || left.highest > right.highest { return false }
    case .isDisjoint: if left.highest < right.lowest || right.highest < left.lowest { return true }
    }
    let pair = PacketNodePair(left, right)
    if depth > 1, known.contains(pair) { return true }
    var pieces = PiecePairs(left, right)
    var seen = SeenPairs(left, right)
    repeat {
      let (one, two) = (pieces.leftTarget, pieces.rightTarget)
      guard one >= 0 else { continue }
      guard two >= 0 else {
        if question == .isSubset { return false }
        continue
      }
      guard seen.insert(one, two) else { continue }
      if !holds(left.children[Int(one)], right.children[Int(two)], depth: depth + 1) { return false }
    } while pieces.advance()
    if depth > 1 { known.insert(pair) }
    return true
  }
}

/// Pairs of children that were asked about already.
private struct SeenPairs {
  private let width: Int
  private let isSmall: Bool
  private var bits: UInt64 = 0
  private var large: Set<Int> = []

  init(_ left: PacketNode, _ right: PacketNode) {
    width = right.children.count
    isSmall = left.children.count * width <= 64
  }

  /// Whether the pair is new.
  mutating func insert(_ left: Int32, _ right: Int32) -> Bool {
    let index = Int(left) * width + Int(right)
    guard isSmall else { return large.insert(index).inserted }
    let bit: UInt64 = 1 << UInt64(index)
    guard bits & bit == 0 else { return false }
    bits |= bit
    return true
  }
}
