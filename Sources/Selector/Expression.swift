/// What a selector means: a tree of terms under `!`, `&&` and `||`, kept as one flat array.
///
/// A node is named by its index. Children stand before their parents and the root stands last, so that every pass over the
/// tree is a loop: nothing recurses, whatever the depth. `&&` and `||` of one parenthesis level are one node with any number
/// of children; parentheses and pairs of `!` leave no node behind.
package struct Expression: Sendable {
  package enum Operation: UInt8, Hashable, Sendable {
    case all, global, has
    case equal, notEqual, isIn, isNotIn, contains, startsWith, endsWith
    case not, and, or
  }

  struct Node: Sendable {
    var operation: Operation
    /// Where the node stands in the text.
    var range: TextRange
    /// The label's place in the text.
    var label = TextRange.empty
    /// The value's place in the text; of a set, the range of its places in `members`.
    var operand = TextRange.empty
    var parent: Int32 = -1
    var firstChild: Int32 = -1
    var nextSibling: Int32 = -1
    /// Of a leaf: the leaf to test next when it holds, `accept` or `reject`.
    var ifTrue: Int32 = Expression.accept
    /// Of a leaf: the leaf to test next when it does not hold.
    var ifFalse: Int32 = Expression.reject
  }

  /// The text that the nodes' ranges lie in.
  package let text: ByteString
  let nodes: [Node]
  /// Places of set members in the text; those of one set are sorted byte-wise, each value once.
  let members: [TextRange]
  /// The leaf to test first.
  let entry: Int32

  /// Where evaluation ends with "matches".
  static let accept: Int32 = -1
  /// Where evaluation ends with "does not match".
  static let reject: Int32 = -2
}

// MARK: - The tree, for those who show it

extension Expression {
  package var root: Int { nodes.count - 1 }

  /// The number of nodes; their indices are `0..<count`.
  package var count: Int { nodes.count }

  package func operation(of node: Int) -> Operation { nodes[node].operation }

  /// The bytes of the selector's text that the node was read from, enclosing parentheses left out.
  package func range(of node: Int) -> Range<Int> { nodes[node].range.range }

  /// The label that a term is about; empty for `all()`, `global()` and operators.
  package func label(of node: Int) -> ByteString { text(at: nodes[node].label) }

  /// The value that a term compares with, or the members of its set, sorted byte-wise.
  package func values(of node: Int) -> [ByteString] {
    valueRanges(of: nodes[node]).map { text(at: $0) }
  }

  /// The node's operands from left to right; none for a term.
  package func children(of node: Int) -> [Int] {
    var children: [Int] = []
    var child = nodes[node].firstChild
    while child >= 0 {
      children.append(Int(child))
      child = nodes[Int(child)].nextSibling
    }
    return children
  }

  func text(at range: TextRange) -> ByteString { ByteString(text.bytes[range.range]) }

  func valueRanges(of node: Node) -> ArraySlice<TextRange> {
    switch node.operation {
    case .isIn, .isNotIn: members[node.operand.range]
    case .equal, .notEqual, .contains, .startsWith, .endsWith: [node.operand]
    case .all, .global, .has, .not, .and, .or: []
    }
  }
}
