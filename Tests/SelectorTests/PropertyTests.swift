import Testing

@testable import Selector

@Suite struct PropertyTests {
  @Test(arguments: SelectorGeneration.allCases)
  func everyEvaluatorAgreesWithBruteForce(_ generation: SelectorGeneration) throws {
    var random = SeededGenerator(state: 1)
    var symbols = LabelSymbols()
    var trues = 0
    for _ in 0..<1_500 {
      let meant = Meant.random(4, generation, &random)
      let text = meant.text(&random)
      let selector = try Selector(ByteString(text), generation: generation)
      let program = symbols.compile(selector)
      for _ in 0..<10 {
        let labels = LabelSet.random(&random)
        let expected = meant.matches(labels.dictionary)
        trues += expected ? 1 : 0
        let context = Comment(rawValue: "\(text) on \(labels.sorted)")
        #expect(selector.matches(labels) == expected, context)
        #expect(program.matches(symbols.table(of: labels), in: symbols) == expected, context)
        #expect(selector.expression.truths(for: labels).last == expected, context)
      }
    }
    #expect((3_000..<12_000).contains(trues), "the samples decide little: \(trues) of 15,000 match")
  }

  @Test(arguments: SelectorGeneration.allCases)
  func canonicalFormIsReadAsTheSame(_ generation: SelectorGeneration) throws {
    var random = SeededGenerator(state: 2)
    for _ in 0..<1_500 {
      let meant = Meant.random(4, generation, &random)
      let text = meant.text(&random)
      let selector = try Selector(ByteString(text), generation: generation)
      let again = try Selector(selector.canonical, generation: generation)
      let settled = try Selector(again.canonical, generation: generation)
      // `!(!x)` is written `!!x`, which is read as `x`; after that nothing changes.
      #expect(settled == again && settled.id == again.id, "\(text)")
      let labels = LabelSet.random(&random)
      #expect(again.matches(labels) == meant.matches(labels.dictionary), "\(text)")
      // Each node's own canonical form and range stand for the same as the node.
      for node in 0..<selector.expression.count {
        let part = try Selector(selector.expression.canonical(of: node), generation: generation)
        let written = try Selector(
          ByteString(selector.text.bytes[selector.expression.range(of: node)]),
          generation: generation
        )
        #expect(part.canonical == (try Selector(written.canonical, generation: generation)).canonical, "\(text)")
      }
    }
  }

  @Test func labelSetsKeepTheLaterOfTwo() {
    var random = SeededGenerator(state: 3)
    for _ in 0..<300 {
      let pairs = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        (
          key: ByteString(bytes: [UInt8.random(in: 0..<12, using: &random)]),
          value: ByteString(bytes: [UInt8.random(in: 0...255, using: &random)])
        )
      }
      let set = LabelSet(pairs)
      let expected = Dictionary(pairs.map { ($0.key.bytes, $0.value.bytes) }, uniquingKeysWith: { $1 })
      #expect(set.dictionary == expected)
      #expect(set.sorted.map(\.key) == set.sorted.map(\.key).sorted())
      for key in 0..<UInt8(12) { #expect(set[ByteString(bytes: [key])]?.bytes == expected[[key]]) }
    }
  }
}
