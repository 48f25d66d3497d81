import Testing

@testable import Selector

@Suite struct NearMissTests {
  /// What the expression says when its terms say this, by recursion.
  private func holds(_ expression: Expression, _ node: Int, _ truth: (Int) -> Bool) -> Bool {
    let children = expression.children(of: node)
    switch expression.operation(of: node) {
    case .not: return !holds(expression, children[0], truth)
    case .and: return children.allSatisfy { holds(expression, $0, truth) }
    case .or: return children.contains { holds(expression, $0, truth) }
    default: return truth(node)
    }
  }

  private func isFixed(_ expression: Expression, _ node: Int) -> Bool {
    switch expression.operation(of: node) {
    case .all, .global: true
    case .isIn, .isNotIn: expression.values(of: node).isEmpty
    default: false
    }
  }

  /// The fewest terms to turn round, by trying all sets of them; the number of terms plus one where none will do.
  private func bruteForce(_ expression: Expression, _ leaves: [Int], _ truths: [Bool]) -> Int {
    let free = leaves.filter { !isFixed(expression, $0) }
    let flips = (0..<(1 << free.count)).filter { set in
      holds(expression, expression.root) { leaf in
        let place = free.firstIndex(of: leaf)
        return truths[leaf] != place.map { set >> $0 & 1 == 1 } ?? false
      }
    }
    return flips.map(\.nonzeroBitCount).min() ?? leaves.count + 1
  }

  @Test func agreesWithBruteForce() throws {
    var random = SeededGenerator(state: 41)
    var (near, impossible) = (0, 0)
    for _ in 0..<1_500 {
      let text = Meant.random(3, .v3, &random).text(&random)
      let expression = try Selector(ByteString(text), generation: .v3).expression
      let leaves = (0..<expression.count).filter { expression.children(of: $0).isEmpty }
      guard leaves.count <= 8 else { continue }
      let labels = LabelSet.random(&random)
      let truths = expression.truths(for: labels)
      let expected = bruteForce(expression, leaves, truths)
      let miss = expression.nearMiss(for: labels)
      let context = Comment(rawValue: "\(text) on \(labels.sorted)")
      #expect((miss == nil) == (expected == 0 || expected > leaves.count), context)
      if expected > leaves.count { impossible += 1 }
      checkReasons(expression, truths, leaves, context)
      guard let miss else { continue }
      near += 1
      #expect(miss.terms.count == expected && miss.terms == miss.terms.sorted(), context)
      let turned = Set(miss.terms)
      #expect(holds(expression, expression.root) { truths[$0] != turned.contains($0) }, context)
    }
    #expect(near > 300 && impossible > 10, "the samples decide little: \(near), \(impossible)")
  }

  /// Reasons settle the answer, whatever the other terms say, and none of them can be left out.
  private func checkReasons(_ expression: Expression, _ truths: [Bool], _ leaves: [Int], _ context: Comment) {
    let reasons = expression.reasons(truths)
    func settled(by given: [Int]) -> Bool {
      // An expression in which no term stands twice is least likely to give this answer when all others contradict.
      let others = leaves.filter { !given.contains($0) }
      return (0..<(1 << others.count)).allSatisfy { set in
        holds(expression, expression.root) { leaf in
          guard let place = others.firstIndex(of: leaf) else { return truths[leaf] }
          return set >> place & 1 == 1
        } == truths[expression.root]
      }
    }
    #expect(settled(by: reasons), context)
    for reason in reasons { #expect(!settled(by: reasons.filter { $0 != reason }), context) }
  }

  @Test(arguments: [
    ("a == 'x'", ["a == 'x'"]), ("a == 'x' && has(b) && has(a)", ["a == 'x'", "has(b)"]),
    ("has(b) || has(c)", ["has(b)"]), ("(has(b) && has(c)) || has(d)", ["has(d)"]),
    ("!(has(a) && a == 'y')", ["has(a)"]), ("!(has(a) || has(b))", ["has(a)"]),
    ("!all()", []), ("has(b) && a in {}", []), ("(!all() || has(b)) && has(a)", ["has(b)"]),
    ("a not in {} && has(b)", ["has(b)"]), ("has(a)", []),
  ])
  func tellsTheTerms(text: String, terms: [String]) throws {
    let selector = try Selector(ByteString(text))
    let miss = selector.expression.nearMiss(for: ["a": "y"])
    let found = miss?.terms.map { ByteString(selector.text.bytes[selector.expression.range(of: $0)]).text }
    #expect(found ?? [] == terms)
  }

  /// Depth and length take time that grows with them and no more, on the stack of a test's thread.
  @Test func depthAndLength() throws {
    let depth = 100_000
    func repeated(_ text: String, _ count: Int = depth) -> String { String(repeating: text, count: count) }
    let levels = repeated("has(b) || (has(c) && (", depth / 2) + "has(d)" + repeated("))", depth / 2)
    let deep = try Selector(ByteString(levels)).expression
    #expect(deep.nearMiss(for: [:])?.terms.count == 1)
    #expect(deep.reasons(deep.truths(for: ["c": ""])).count == depth / 2 + 1)
    let wide = try Selector(ByteString(repeated("has(b) && ") + "has(c)")).expression
    #expect(wide.nearMiss(for: ["c": ""])?.terms.count == depth)
    #expect(wide.reasons(wide.truths(for: ["b": "", "c": ""])).count == depth + 1)
    let negations = try Selector(ByteString("!(" + repeated("!(") + "has(a)" + repeated(")") + ")"))
    #expect(negations.expression.nearMiss(for: ["a": ""])?.terms == [0])
  }
}
