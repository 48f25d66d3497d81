/// A selector compiled for speed: tests of label numbers in the order of the text, each with the test to go to when it holds
/// and when it does not. `!`, `!=` and `not in` only swap the two.
///
/// A program belongs to the `LabelSymbols` that compiled it and to copies of them.
package struct LabelProgram: Sendable {
  enum Test: UInt8 {
    /// Always holds.
    case always
    /// The label is there.
    case present
    /// The label is the one numbered `operand`.
    case equal
    /// The label is one of `members[operand..<end]`.
    case oneOf
    /// The label's value holds, begins or ends with `parts[operand]`.
    case contains, startsWith, endsWith
  }

  struct Step: Sendable {
    var test: Test
    var key = LabelSymbols.none
    var operand: UInt32 = 0
    var end: UInt32 = 0
    var ifTrue: Int32
    var ifFalse: Int32
  }

  /// Steps lead to later steps only, or to `Expression.accept` or `.reject`.
  private(set) var steps: [Step] = []
  /// Label numbers, those of one set in ascending order.
  private(set) var members: [UInt32] = []
  private(set) var parts: [ByteString] = []

  /// Translates an expression; what `symbols` does not know matches nothing.
  init(_ expression: Expression, _ symbols: LabelSymbols) {
    var stepOfNode = [Int32](repeating: 0, count: expression.nodes.count)
    for (index, node) in expression.nodes.enumerated() where node.firstChild < 0 {
      stepOfNode[index] = Int32(steps.count)
      steps.append(step(for: node, expression, symbols))
    }
    for index in steps.indices {
      if steps[index].ifTrue >= 0 { steps[index].ifTrue = stepOfNode[Int(steps[index].ifTrue)] }
      if steps[index].ifFalse >= 0 { steps[index].ifFalse = stepOfNode[Int(steps[index].ifFalse)] }
    }
  }

  private mutating func step(
    for node: Expression.Node,
    _ expression: Expression,
    _ symbols: LabelSymbols
  ) -> Step {
    var step = Step(test: .always, ifTrue: node.ifTrue, ifFalse: node.ifFalse)
    guard node.operation != .all, node.operation != .global else { return step }
    step.key = symbols.number(ofKey: expression.text(at: node.label))
    switch node.operation {
    case .has: step.test = .present
    case .equal, .notEqual:
      step.test = .equal
      step.operand = symbols.number(ofValue: expression.text(at: node.operand), forKey: step.key)
      if step.operand == LabelSymbols.none {
        // A value without number is on no endpoint: an empty set. `none` itself would match a missing label.
        (step.test, step.operand) = (.oneOf, 0)
      }
    case .isIn, .isNotIn:
      step.test = .oneOf
      step.operand = UInt32(members.count)
      members += expression.valueRanges(of: node)
        .map { symbols.number(ofValue: expression.text(at: $0), forKey: step.key) }
        .filter { $0 != LabelSymbols.none }.sorted()
      step.end = UInt32(members.count)
    case .contains: setPart(.contains, node, expression, &step)
    case .startsWith: setPart(.startsWith, node, expression, &step)
    case .endsWith: setPart(.endsWith, node, expression, &step)
    case .all, .global, .not, .and, .or: break
    }
    if node.operation == .notEqual || node.operation == .isNotIn { swap(&step.ifTrue, &step.ifFalse) }
    return step
  }

  private mutating func setPart(_ test: Test, _ node: Expression.Node, _ expression: Expression, _ step: inout Step) {
    step.test = test
    step.operand = UInt32(parts.count)
    parts.append(expression.text(at: node.operand))
  }
}

// MARK: - Evaluation

extension LabelProgram {
  /// Whether labels satisfy the selector; no memory is allocated.
  ///
  /// - Complexity: O(*n*) in the number of tests, a set costing O(log *m*) in its members.
  package func matches(_ labels: LabelTable, in symbols: LabelSymbols) -> Bool {
    labels.withLookup { labels in
      steps.withUnsafeBufferPointer { steps in
        var index: Int32 = 0
        while index >= 0 {
          let step = steps[Int(index)]
          index = holds(step, labels, symbols) ? step.ifTrue : step.ifFalse
        }
        return index == Expression.accept
      }
    }
  }

  @inline(__always)
  private func holds(_ step: Step, _ labels: LabelTable.Lookup, _ symbols: LabelSymbols) -> Bool {
    let label = labels.label(forKey: step.key)
    switch step.test {
    case .always: return true
    case .present: return label != LabelSymbols.none
    case .equal: return label == step.operand
    case .oneOf: return isMember(label, step)
    case .contains, .startsWith, .endsWith:
      return label != LabelSymbols.none && holds(step, symbols.value(ofLabel: label))
    }
  }

  @inline(__always)
  private func isMember(_ label: UInt32, _ step: Step) -> Bool {
    members.withUnsafeBufferPointer { members in
      var low = Int(step.operand)
      var high = Int(step.end)
      while high - low > 8 {
        let middle = (low + high) / 2
        if members[middle] <= label { low = middle } else { high = middle }
      }
      for index in low..<high where members[index] == label { return true }
      return false
    }
  }

  /// Whether a value passes a step that looks into values.
  func holds(_ step: Step, _ value: ByteString) -> Bool {
    let part = parts[Int(step.operand)]
    switch step.test {
    case .contains: return TextTest.contains.holds(value.bytes.span, part.bytes.span)
    case .startsWith: return TextTest.startsWith.holds(value.bytes.span, part.bytes.span)
    case .endsWith: return TextTest.endsWith.holds(value.bytes.span, part.bytes.span)
    case .always, .present, .equal, .oneOf: return true
    }
  }
}

// MARK: - What a match cannot do without

extension LabelProgram {
  /// For every test that each match has passed, and that compares a label, the labels that pass it; at the beginning of the
  /// program only, up to the first `||`.
  ///
  /// `role == "db" && env in {"a", "b"} && !has(x)` gives the label `role == "db"`, and the two of `env`.
  var necessaryLabels: [[UInt32]] {
    var necessary: [[UInt32]] = []
    var index: Int32 = 0
    while index >= 0 {
      let step = steps[Int(index)]
      if step.ifFalse == Expression.reject {
        if step.test == .equal { necessary.append([step.operand]) }
        if step.test == .oneOf { necessary.append(Array(members[Int(step.operand)..<Int(step.end)])) }
        index = step.ifTrue
      } else if step.ifTrue == Expression.reject {
        index = step.ifFalse
      } else {
        break
      }
    }
    return necessary
  }
}
