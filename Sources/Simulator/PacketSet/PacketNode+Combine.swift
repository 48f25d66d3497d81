/// Union, intersection and difference of diagrams, both walked down together.
struct PacketNodeCombiner {
  enum Operation {
    case union, intersection, subtracting
  }

  private let operation: Operation
  /// Pairs of nodes that were met before, from the third field on; above, a node is met once.
  private var known: [PacketNodePair: PacketNode?] = [:]

  init(_ operation: Operation) {
    self.operation = operation
  }

  /// - Complexity: at most the product of the two diagrams' sizes; in practice about their sum.
  mutating func combine(_ left: PacketNode?, _ right: PacketNode?, depth: Int = 0) -> PacketNode? {
    switch operation {
    case .union:
      guard let left else { return right }
      guard let right, left !== right else { return left }
      return combineNodes(left, right, depth)
    case .intersection:
      guard let left, let right else { return nil }
      return left === right ? left : combineNodes(left, right, depth)
    case .subtracting:
      guard let left, left !== right else { return nil }
      guard let right else { return left }
      return combineNodes(left, right, depth)
    }
  }

  private mutating func combineNodes(_ left: PacketNode, _ right: PacketNode, _ depth: Int) -> PacketNode? {
    guard depth > 1 else { return merge(left, right, depth) }
    let pair = PacketNodePair(left, right)
    if let found = known[pair] { return found }
    let result = merge(left, right, depth)
    known[pair] = .some(result)
    return result
  }

  private mutating func merge(_ left: PacketNode, _ right: PacketNode, _ depth: Int) -> PacketNode? {
    var builder = PacketNodeBuilder(capacity: left.starts.count + right.starts.count)
    var results = ChildPairs(left, right)
    var pieces = PiecePairs(left, right)
    repeat {
      let (one, two) = (pieces.leftTarget, pieces.rightTarget)
      var target = results[one, two]
      if target == ChildPairs.unknown {
        let child = combine(
          one < 0 ? nil : left.children[Int(one)], two < 0 ? nil : right.children[Int(two)], depth: depth + 1)
        target = builder.number(of: child)
        results[one, two] = target
      }
      builder.append(pieces.start, target)
    } while pieces.advance()
    // What did not change stays one object: it is compared faster and takes no room of its own.
    guard let made = builder.node() else { return nil }
    if made == left { return left }
    return made == right ? right : made
  }
}

/// Two nodes by their identity. Who holds a pair holds the nodes.
struct PacketNodePair: Hashable {
  let left: ObjectIdentifier
  let right: ObjectIdentifier

  init(_ left: PacketNode, _ right: PacketNode) {
    self.left = ObjectIdentifier(left)
    self.right = ObjectIdentifier(right)
  }
}

/// The number lines of two nodes cut where either is cut, piece by piece.
struct PiecePairs {
  private let left: PacketNode
  private let right: PacketNode
  private var leftPiece = 0
  private var rightPiece = 0
  /// Where the piece begins.
  private(set) var start: UInt128 = 0

  init(_ left: PacketNode, _ right: PacketNode) {
    self.left = left
    self.right = right
  }

  var leftTarget: Int32 { left.targets[leftPiece] }
  var rightTarget: Int32 { right.targets[rightPiece] }

  /// Goes on to the next piece; false at the end.
  mutating func advance() -> Bool {
    let hasLeft = leftPiece + 1 < left.starts.count
    let hasRight = rightPiece + 1 < right.starts.count
    guard hasLeft || hasRight else { return false }
    if hasLeft, !hasRight || left.starts[leftPiece + 1] <= right.starts[rightPiece + 1] {
      start = left.starts[leftPiece + 1]
      if hasRight, right.starts[rightPiece + 1] == start { rightPiece += 1 }
      leftPiece += 1
    } else {
      rightPiece += 1
      start = right.starts[rightPiece]
    }
    return true
  }
}

/// What each pair of children came to, so that it is found out once however many pieces lead there.
private struct ChildPairs {
  static let unknown: Int32 = -2

  private let width: Int
  private var small: [Int32] = []
  private var large: [Int: Int32] = [:]

  init(_ left: PacketNode, _ right: PacketNode) {
    width = right.children.count + 1
    let size = (left.children.count + 1) * width
    if size <= 1 << 12 { small = Array(repeating: Self.unknown, count: size) }
  }

  subscript(left: Int32, right: Int32) -> Int32 {
    get {
      let index = Int(left + 1) * width + Int(right + 1)
      return small.isEmpty ? large[index] ?? Self.unknown : small[index]
    }
    set {
      let index = Int(left + 1) * width + Int(right + 1)
      if small.isEmpty { large[index] = newValue } else { small[index] = newValue }
    }
  }
}
