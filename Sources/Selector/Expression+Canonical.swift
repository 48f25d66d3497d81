extension Expression {
  /// The text that Calico hashes and compares (SELECTORS.md, "Canonical string").
  ///
  /// - Complexity: O(*n*) in the number of nodes and bytes.
  package func canonical(of node: Int) -> ByteString {
    // No token grows by more: ` starts with ` and two quotes for a term, quotes and `, ` for a member, ` && ` and
    // parentheses for an operator.
    let longest = nodes[node].range.count + 24 * (nodes.count + members.count)
    let bytes = [UInt8](unsafeUninitializedCapacity: longest) { buffer, count in
      text.bytes.withUnsafeBufferPointer { text in
        var writer = CanonicalWriter(expression: self, text: text, output: buffer)
        writer.write(node)
        count = writer.count
      }
    }
    return ByteString(bytes: bytes)
  }
}

/// Writes canonical text into a buffer that is large enough for it.
private struct CanonicalWriter {
  let expression: Expression
  let text: UnsafeBufferPointer<UInt8>
  let output: UnsafeMutableBufferPointer<UInt8>
  var count = 0

  mutating func write(_ node: Int) {
    let nodes = expression.nodes
    var index = node
    while true {
      // Down to the leftmost leaf, opening what stands on the way.
      while nodes[index].firstChild >= 0 {
        put(nodes[index].operation == .not ? UInt8(ascii: "!") : UInt8(ascii: "("))
        index = Int(nodes[index].firstChild)
      }
      putLeaf(nodes[index])
      // Up past everything that ends here, to the next operand.
      while index != node, nodes[index].nextSibling < 0 {
        index = Int(nodes[index].parent)
        if nodes[index].operation != .not { put(UInt8(ascii: ")")) }
      }
      guard index != node else { return }
      put(nodes[Int(nodes[index].parent)].operation == .and ? " && " : " || ")
      index = Int(nodes[index].nextSibling)
    }
  }

  private mutating func putLeaf(_ node: Expression.Node) {
    switch node.operation {
    case .all: put("all()")
    case .global: put("global()")
    case .has:
      put("has(")
      put(node.label)
      put(UInt8(ascii: ")"))
    case .equal: putComparison(" == ", node)
    case .notEqual: putComparison(" != ", node)
    case .contains: putComparison(" contains ", node)
    case .startsWith: putComparison(" starts with ", node)
    case .endsWith: putComparison(" ends with ", node)
    case .isIn: putMembership(" in {", node)
    case .isNotIn: putMembership(" not in {", node)
    case .not, .and, .or: break
    }
  }

  private mutating func putComparison(_ operation: StaticString, _ node: Expression.Node) {
    put(node.label)
    put(operation)
    putQuoted(node.operand)
  }

  private mutating func putMembership(_ operation: StaticString, _ node: Expression.Node) {
    put(node.label)
    put(operation)
    for index in node.operand.range {
      if index > node.operand.start { put(", ") }
      putQuoted(expression.members[index])
    }
    put(UInt8(ascii: "}"))
  }

  /// A value in quotes, in apostrophes where it holds a quote. No value holds both: there is no way to write it.
  private mutating func putQuoted(_ value: TextRange) {
    let holdsQuote = value.range.contains { text[$0] == ASCII.quote }
    let delimiter = holdsQuote ? ASCII.apostrophe : ASCII.quote
    put(delimiter)
    put(value)
    put(delimiter)
  }

  @inline(__always) private mutating func put(_ byte: UInt8) {
    output[count] = byte
    count += 1
  }

  private mutating func put(_ range: TextRange) {
    for index in range.range { put(text[index]) }
  }

  @inline(__always) private mutating func put(_ word: StaticString) {
    for index in 0..<word.utf8CodeUnitCount { put(word.utf8Start[index]) }
  }
}
