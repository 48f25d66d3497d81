extension Expression {
  /// Whether labels satisfy the expression (SELECTORS.md, "Evaluation").
  ///
  /// Leaves are tested in the order of the text, and no more of them than `&&` and `||` need.
  func matches(_ labels: LabelSet) -> Bool {
    var index = entry
    while index >= 0 {
      let leaf = nodes[Int(index)]
      index = holds(leaf, labels) ? leaf.ifTrue : leaf.ifFalse
    }
    return index == Self.accept
  }

  /// What each node says of labels, by node index: for those who explain a result, so nothing is cut short.
  ///
  /// - Complexity: O(*n*) in the number of nodes, times the cost of finding a label.
  package func truths(for labels: LabelSet) -> [Bool] {
    var truths: [Bool] = []
    truths.reserveCapacity(nodes.count)
    for (index, node) in nodes.enumerated() {
      switch node.operation {
      case .not: truths.append(!truths[Int(node.firstChild)])
      case .and: truths.append(children(of: index).allSatisfy { truths[$0] })
      case .or: truths.append(children(of: index).contains { truths[$0] })
      default: truths.append(holds(node, labels))
      }
    }
    return truths
  }

  private func holds(_ leaf: Node, _ labels: LabelSet) -> Bool {
    let text = text.bytes.span
    guard leaf.operation != .all, leaf.operation != .global else { return true }
    guard let position = labels.position(ofBytes: text.extracting(leaf.label.range)) else {
      // A missing label satisfies only the two operators that exclude values.
      return leaf.operation == .notEqual || leaf.operation == .isNotIn
    }
    let value = labels.sorted[position].value
    switch leaf.operation {
    case .equal: return value.compare(to: text.extracting(leaf.operand.range)) == 0
    case .notEqual: return value.compare(to: text.extracting(leaf.operand.range)) != 0
    case .isIn: return isMember(value, leaf.operand)
    case .isNotIn: return !isMember(value, leaf.operand)
    case .contains: return TextTest.contains.holds(value.bytes.span, text.extracting(leaf.operand.range))
    case .startsWith: return TextTest.startsWith.holds(value.bytes.span, text.extracting(leaf.operand.range))
    case .endsWith: return TextTest.endsWith.holds(value.bytes.span, text.extracting(leaf.operand.range))
    case .all, .global, .has, .not, .and, .or: return true
    }
  }

  private func isMember(_ value: ByteString, _ set: TextRange) -> Bool {
    let text = text.bytes.span
    var low = Int(set.start)
    var high = Int(set.end)
    while low < high {
      let middle = (low + high) / 2
      let order = value.compare(to: text.extracting(members[middle].range))
      if order == 0 { return true }
      if order > 0 { low = middle + 1 } else { high = middle }
    }
    return false
  }
}

/// The operators of v3 that look inside a value. Bytes are compared, so `contains ""` holds for every value.
enum TextTest: UInt8, Sendable {
  case contains, startsWith, endsWith

  /// The test that an operator makes, `nil` for operators that compare whole values.
  init?(_ operation: Expression.Operation) {
    switch operation {
    case .contains: self = .contains
    case .startsWith: self = .startsWith
    case .endsWith: self = .endsWith
    case .all, .global, .has, .equal, .notEqual, .isIn, .isNotIn, .not, .and, .or: return nil
    }
  }

  func holds(_ value: Span<UInt8>, _ part: Span<UInt8>) -> Bool {
    guard part.count <= value.count else { return false }
    switch self {
    case .startsWith: return stands(part, in: value, at: 0)
    case .endsWith: return stands(part, in: value, at: value.count - part.count)
    case .contains:
      for offset in 0...(value.count - part.count) where stands(part, in: value, at: offset) { return true }
      return false
    }
  }

  private func stands(_ part: Span<UInt8>, in value: Span<UInt8>, at offset: Int) -> Bool {
    for index in 0..<part.count where value[offset + index] != part[index] { return false }
    return true
  }
}
