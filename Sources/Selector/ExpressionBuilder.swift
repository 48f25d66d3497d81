/// Puts nodes together while a text is parsed, children before parents.
struct ExpressionBuilder: ~Copyable {
  /// Operands of one `&&` or `||`, in order.
  struct List {
    var first: Int32 = -1
    var last: Int32 = -1
    /// From the first operand to the last, with their parentheses.
    var extent = TextRange.empty
  }

  private var nodes: [Expression.Node] = []
  private var members: [TextRange] = []

  init() {
    // Enough for most selectors.
    nodes.reserveCapacity(8)
  }

  var memberCount: Int { members.count }

  /// An empty selector, which matches everything.
  mutating func addAll() {
    _ = addLeaf(.all, .empty)
  }

  mutating func addLeaf(
    _ operation: Expression.Operation,
    _ range: TextRange,
    label: TextRange = .empty,
    operand: TextRange = .empty
  ) -> Int32 {
    nodes.append(Expression.Node(operation: operation, range: range, label: label, operand: operand))
    return Int32(nodes.count - 1)
  }

  mutating func addNot(_ operand: Int32, _ range: TextRange) -> Int32 {
    nodes.append(Expression.Node(operation: .not, range: range, firstChild: operand))
    let index = Int32(nodes.count - 1)
    nodes[Int(operand)].parent = index
    return index
  }

  mutating func append(_ node: Int32, _ extent: TextRange, to list: inout List) {
    if list.first < 0 {
      list.first = node
      list.extent = extent
    } else {
      nodes[Int(list.last)].nextSibling = node
      list.extent.end = extent.end
    }
    list.last = node
  }

  /// Makes one node of a list and empties it: the operand itself where it is the only one.
  mutating func close(_ list: inout List, _ operation: Expression.Operation) -> Int32 {
    let operands = list
    list = List()
    guard operands.first != operands.last else { return operands.first }
    nodes.append(Expression.Node(operation: operation, range: operands.extent, firstChild: operands.first))
    let index = Int32(nodes.count - 1)
    var child = operands.first
    while child >= 0 {
      nodes[Int(child)].parent = index
      child = nodes[Int(child)].nextSibling
    }
    return index
  }

  /// The expression, once all of it has been added.
  consuming func finish(_ text: ByteString) -> Expression {
    let entry = nodes.withUnsafeMutableBufferPointer { Self.link($0) }
    return Expression(text: text, nodes: nodes, members: members, entry: entry)
  }
}

// MARK: - Sets

extension ExpressionBuilder {
  mutating func addMember(_ range: TextRange) {
    if members.isEmpty { members.reserveCapacity(4) }
    members.append(range)
  }

  /// Sorts the members from `first` on byte-wise and drops repeated ones; their range.
  mutating func closeMembers(from first: Int, in text: Span<UInt8>) -> TextRange {
    func order(_ left: TextRange, _ right: TextRange) -> Int {
      ByteString.order(text.extracting(left.range), text.extracting(right.range))
    }
    // Sets mostly are written in order.
    var isSorted = true
    for index in members.indices.dropFirst(first + 1) where isSorted {
      isSorted = order(members[index - 1], members[index]) < 0
    }
    if !isSorted {
      members[first...].sort { order($0, $1) < 0 }
      var kept = first
      for index in first..<members.count where kept == first || order(members[kept - 1], members[index]) != 0 {
        members[kept] = members[index]
        kept += 1
      }
      members.removeLast(members.count - kept)
    }
    return TextRange(first, members.count)
  }
}

// MARK: - Branches

extension ExpressionBuilder {
  /// Gives every leaf the leaf to go to when it holds and when it does not, so that evaluation is a walk over leaves with the
  /// short circuits of `&&` and `||` built in; the leaf to begin with.
  ///
  /// Parents stand after their children, so one pass from the root down hands each node's two exits on to its children.
  private static func link(_ nodes: UnsafeMutableBufferPointer<Expression.Node>) -> Int32 {
    for index in nodes.indices.reversed() {
      let node = nodes[index]
      var child = node.firstChild
      while child >= 0 {
        let next = nodes[Int(child)].nextSibling
        let proceed = next >= 0 ? entry(of: next, nodes) : 0
        switch node.operation {
        case .not:
          nodes[Int(child)].ifTrue = node.ifFalse
          nodes[Int(child)].ifFalse = node.ifTrue
        case .and:
          nodes[Int(child)].ifTrue = next >= 0 ? proceed : node.ifTrue
          nodes[Int(child)].ifFalse = node.ifFalse
        default:
          nodes[Int(child)].ifTrue = node.ifTrue
          nodes[Int(child)].ifFalse = next >= 0 ? proceed : node.ifFalse
        }
        child = next
      }
    }
    return entry(of: Int32(nodes.count - 1), nodes)
  }

  /// The leaf that the evaluation of a node begins with.
  private static func entry(of node: Int32, _ nodes: UnsafeMutableBufferPointer<Expression.Node>) -> Int32 {
    var leaf = node
    while nodes[Int(leaf)].firstChild >= 0 { leaf = nodes[Int(leaf)].firstChild }
    return leaf
  }
}
