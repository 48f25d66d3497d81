/// A selector compiled for speed: tests of label numbers in the order of the text. With one outcome of a test evaluation goes on to
/// the next, with the other it leaves for a later one or ends. `!`, `!=` and `not in` only swap the two.
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
    var key = LabelSymbols.none
    var operand: UInt32 = 0
    var end: UInt32 = 0
    /// The test fails for labels whose number is below this or more than `width` above it; a missing label has the number `none`.
    var lowest: UInt32 = 0
    var width = LabelSymbols.none
    /// The step that follows if the test does not come out as `proceeds` says, `Expression.accept` or `.reject`.
    var exit: Int32 = Expression.reject
    var test = Test.always
    /// Whether the test holds for all other labels.
    var isRange = true
    /// The outcome with which the next step follows; behind the last one, labels are accepted.
    ///
    /// Each leaf of an expression has such an outcome: the last leaf of an operand decides it, and what the operand leaves open
    /// the next one decides. So a processor, which guesses the outcome, can work ahead on the next step.
    var proceeds = true

    /// Makes the test fail for all labels outside of a range.
    mutating func limit(_ range: ClosedRange<UInt32>, isRange: Bool) {
      (lowest, width) = (range.lowerBound, range.upperBound - range.lowerBound)
      self.isRange = isRange
    }
  }

  /// Steps lead to later steps only.
  private(set) var steps: [Step] = []
  /// Label numbers, those of one set in ascending order.
  private(set) var members: [UInt32] = []
  private(set) var parts: [ByteString] = []

  /// Translates an expression; what `symbols` does not know matches nothing.
  init(_ expression: Expression, _ symbols: LabelSymbols) {
    var stepOfNode = [Int32](repeating: 0, count: expression.nodes.count)
    let leaves = expression.nodes.indices.filter { expression.nodes[$0].firstChild < 0 }
    for (index, leaf) in leaves.enumerated() { stepOfNode[leaf] = Int32(index) }
    func target(_ exit: Int32) -> Int32 { exit < 0 ? exit : stepOfNode[Int(exit)] }
    steps.reserveCapacity(leaves.count)
    for (index, leaf) in leaves.enumerated() {
      let node = expression.nodes[leaf]
      let following = index + 1 < leaves.count ? Int32(leaves[index + 1]) : Expression.accept
      var step = step(for: node, expression, symbols)
      step.proceeds = node.ifTrue == following
      step.exit = target(step.proceeds ? node.ifFalse : node.ifTrue)
      if node.operation == .notEqual || node.operation == .isNotIn { step.proceeds.toggle() }
      steps.append(step)
    }
  }

  /// Where a step leads when its test holds and when it does not: to a step, `Expression.accept` or `.reject`.
  func exits(of index: Int) -> (ifTrue: Int32, ifFalse: Int32) {
    let step = steps[index]
    let following = index + 1 < steps.count ? Int32(index + 1) : Expression.accept
    return step.proceeds ? (following, step.exit) : (step.exit, following)
  }

  private mutating func step(
    for node: Expression.Node,
    _ expression: Expression,
    _ symbols: LabelSymbols
  ) -> Step {
    var step = Step()
    guard node.operation != .all, node.operation != .global else { return step }
    step.key = symbols.number(ofKey: expression.text(at: node.label))
    step.limit(0...LabelSymbols.none - 1, isRange: true)
    switch node.operation {
    case .has: step.test = .present
    case .equal, .notEqual:
      let label = symbols.number(ofValue: expression.text(at: node.operand), forKey: step.key)
      // A value without number is on no endpoint: an empty set. `none` itself would match a missing label.
      guard label != LabelSymbols.none else { return memberStep([], step) }
      (step.test, step.operand) = (.equal, label)
      step.limit(label...label, isRange: true)
    case .isIn, .isNotIn:
      let labels = expression.valueRanges(of: node)
        .map { symbols.number(ofValue: expression.text(at: $0), forKey: step.key) }
      return memberStep(labels.filter { $0 != LabelSymbols.none }.sorted(), step)
    case .contains: setPart(.contains, node, expression, &step)
    case .startsWith: setPart(.startsWith, node, expression, &step)
    case .endsWith: setPart(.endsWith, node, expression, &step)
    case .all, .global, .not, .and, .or: break
    }
    return step
  }

  /// Labels are sorted.
  private mutating func memberStep(_ labels: [UInt32], _ step: Step) -> Step {
    var step = step
    (step.test, step.operand) = (.oneOf, UInt32(members.count))
    members += labels
    step.end = UInt32(members.count)
    // Values that were first seen together have neighbouring numbers.
    let (lowest, highest) = (labels.first ?? 0, labels.last ?? 0)
    step.limit(lowest...highest, isRange: !labels.isEmpty && Int(highest - lowest) == labels.count - 1)
    return step
  }

  private mutating func setPart(_ test: Test, _ node: Expression.Node, _ expression: Expression, _ step: inout Step) {
    (step.test, step.operand, step.isRange) = (test, UInt32(parts.count), false)
    parts.append(expression.text(at: node.operand))
  }
}

// MARK: - Evaluation

extension LabelProgram {
  /// Whether labels satisfy the selector; no memory is allocated.
  ///
  /// - Complexity: O(*n*) in the number of tests, a set costing O(log *m*) in its members.
  // Reading lets nothing go. Callers who are told so need not count references to the program and the labels for every question,
  // which took as long as the answer.
  @_effects(releasenone)
  package func matches(_ labels: LabelTable, in symbols: LabelSymbols) -> Bool {
    labels.withLookup { matches($0, in: symbols) }
  }

  /// The same for those who ask many programs about one endpoint.
  @_effects(releasenone)
  func matches(_ labels: LabelTable.Lookup, in symbols: LabelSymbols) -> Bool {
    steps.withUnsafeBufferPointer { steps in
      members.withUnsafeBufferPointer { members in
        var index = 0
        while index < steps.count {
          let step = steps[index]
          if holds(step, labels.label(forKey: step.key), members, symbols) == step.proceeds {
            index &+= 1
          } else if step.exit < 0 {
            return step.exit == Expression.accept
          } else {
            index = Int(step.exit)
          }
        }
        return true
      }
    }
  }

  @inline(__always)
  private func holds(
    _ step: Step,
    _ label: UInt32,
    _ members: UnsafeBufferPointer<UInt32>,
    _ symbols: LabelSymbols
  ) -> Bool {
    guard label &- step.lowest <= step.width else { return false }
    if step.isRange { return true }
    if step.test == .oneOf { return Self.isMember(label, members, Int(step.operand), Int(step.end)) }
    return holds(step, symbols.value(ofLabel: label))
  }

  @inline(__always)
  private static func isMember(
    _ label: UInt32,
    _ members: UnsafeBufferPointer<UInt32>,
    _ start: Int,
    _ end: Int
  ) -> Bool {
    var (low, high) = (start, end)
    while high &- low > 8 {
      let middle = (low &+ high) / 2
      if members[middle] <= label { low = middle } else { high = middle }
    }
    while low < high {
      if members[low] == label { return true }
      low &+= 1
    }
    return false
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
    for step in steps {
      guard step.exit == Expression.reject else { break }
      guard step.proceeds else { continue }
      if step.test == .equal { necessary.append([step.operand]) }
      if step.test == .oneOf { necessary.append(Array(members[Int(step.operand)..<Int(step.end)])) }
    }
    return necessary
  }
}
