import Testing

@testable import Selector

@Suite struct ConformanceTests {
  @Test func everyRecordedSelector() throws {
    let rows = try Recorded.load()
    #expect(rows.count == 2400)
    var evaluations = 0
    for row in rows {
      for generation in row.generations {
        check(row, generation, &evaluations)
      }
    }
    #expect(evaluations == 10_965)
  }

  private func check(_ row: Recorded, _ generation: SelectorGeneration, _ evaluations: inout Int) {
    let context = Comment(rawValue: "\(generation) \(row.expr.prefix(200))")
    let selector: Selector
    do throws(SelectorError) {
      selector = try Selector(ByteString(row.expr), generation: generation)
    } catch {
      #expect(!row.valid, context)
      return
    }
    #expect(row.valid, context)
    guard row.valid else { return }
    #expect(selector.canonical == row.canonical.map { ByteString($0) }, context)
    #expect(selector.id == row.uid, context)
    let again = try? Selector(selector.canonical, generation: generation)
    #expect(again?.canonical == (row.recanon ?? row.canonical).map { ByteString($0) }, context)
    var symbols = LabelSymbols()
    let program = symbols.compile(selector)
    for sample in row.cases ?? [] {
      evaluations += 1
      let labels = sample.labelSet
      #expect(selector.matches(labels) == sample.match, context)
      #expect(program.matches(symbols.table(of: labels), in: symbols) == sample.match, context)
      #expect(selector.expression.truths(for: labels).last == sample.match, context)
    }
  }
}
