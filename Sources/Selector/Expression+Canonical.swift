extension Expression {
  /// The text that Calico hashes and compares (SELECTORS.md, "Canonical string").
  ///
  /// - Complexity: O(*n*) in the number of nodes and bytes.
  package func canonical(of node: Int) -> ByteString {
    // No token grows by more: ` starts with ` and two quotes for a term, quotes and `, ` for a member, ` && ` and
    // parentheses for an operator.
    let longest = nodes[node].range.count + 24 * (nodes.count + members.count)
    return nodes.withUnsafeBufferPointer { nodes in
      members.withUnsafeBufferPointer { members in
        text.bytes.withUnsafeBytes { text in
          withUnsafeTemporaryAllocation(byteCount: longest, alignment: 1) { output in
            var writer = CanonicalWriter(nodes: nodes, members: members, text: text, output: output)
            writer.write(node)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(writer.count)
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: output[..<writer.count]))
            return ByteString(bytes: bytes)
          }
        }
      }
    }
  }
}

/// Writes canonical text into a buffer that is large enough for it.
private struct CanonicalWriter {
  let nodes: UnsafeBufferPointer<Expression.Node>
  let members: UnsafeBufferPointer<TextRange>
  let text: UnsafeRawBufferPointer
  let output: UnsafeMutableRawBufferPointer
  var count = 0

  mutating func write(_ node: Int) {
    var index = node
    while true {
      // Down to the leftmost leaf, opening what stands on the way.
      while nodes[index].firstChild >= 0 {
        put(nodes[index].operation == .not ? UInt8(ascii: "!") : UInt8(ascii: "("))
        index = Int(nodes[index].firstChild)
      }
      putLeaf(index)
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

  @inline(__always) private mutating func putLeaf(_ index: Int) {
    let operand = nodes[index].operand
    switch nodes[index].operation {
    case .all: return put("all()")
    case .global: return put("global()")
    case .has:
      put("has(")
      put(nodes[index].label)
      return put(UInt8(ascii: ")"))
    case .not, .and, .or: return
    case .equal, .notEqual, .isIn, .isNotIn, .contains, .startsWith, .endsWith: break
    }
    put(nodes[index].label)
    switch nodes[index].operation {
    case .equal: putComparison(" == ", operand)
    case .notEqual: putComparison(" != ", operand)
    case .contains: putComparison(" contains ", operand)
    case .startsWith: putComparison(" starts with ", operand)
    case .endsWith: putComparison(" ends with ", operand)
    case .isIn: putMembership(" in {", operand)
    case .isNotIn: putMembership(" not in {", operand)
    case .all, .global, .has, .not, .and, .or: break
    }
  }

  @inline(__always) private mutating func putComparison(_ operation: StaticString, _ value: TextRange) {
    put(operation)
    putQuoted(value)
  }

  @inline(__always) private mutating func putMembership(_ operation: StaticString, _ set: TextRange) {
    put(operation)
    for index in set.range {
      if index > set.start { put(", ") }
      putQuoted(members[index])
    }
    put(UInt8(ascii: "}"))
  }

  /// A value in quotes, in apostrophes where it holds a quote. No value holds both: there is no way to write it.
  private mutating func putQuoted(_ value: TextRange) {
    // What was written in quotes holds none.
    let holdsQuote = text[value.range.lowerBound - 1] != ASCII.quote && value.range.contains { text[$0] == ASCII.quote }
    let delimiter = holdsQuote ? ASCII.apostrophe : ASCII.quote
    put(delimiter)
    put(value)
    put(delimiter)
  }

  @inline(__always) private mutating func put(_ byte: UInt8) {
    output[count] = byte
    count &+= 1
  }

  @inline(__always) private mutating func put(_ range: TextRange) {
    let place = UnsafeMutableRawBufferPointer(rebasing: output[count...])
    place.copyMemory(from: UnsafeRawBufferPointer(rebasing: text[range.range]))
    count &+= range.count
  }

  @inline(__always) private mutating func put(_ word: StaticString) {
    for index in 0..<word.utf8CodeUnitCount { output[count &+ index] = word.utf8Start[index] }
    count &+= word.utf8CodeUnitCount
  }
}
