import Selector

/// One selector: reading it, its canonical form and id, and holding it against labels.
enum SelectorBenchmarks {
  private static let typical: ByteString = #"role == "frontend" && env in {"prod", "staging"} && !has(legacy)"#

  static func parse() throws {
    let count = 20_000
    report("parse/canonical form", operations: count) {
      for _ in 0..<count { consume(try? Selector(typical)) }
    }
    report("parse/canonical form and id", aim: 1_000, operations: count) {
      for _ in 0..<count { consume((try? Selector(typical))?.id) }
    }
    let nested = ByteString(
      bytes: Array(repeating: UInt8(ascii: "("), count: 100_000) + Array("has(a)".utf8)
        + Array(repeating: UInt8(ascii: ")"), count: 100_000)
    )
    report("parse/100,000 parentheses", unit: .milliseconds) { consume(try? Selector(nested)) }
  }

  static func evaluate() throws {
    var random = SeededGenerator(seed: 7)
    var samples = (0..<64).map { LabelSet(Fleet.labels($0, &random)) }
    for index in samples.indices {
      samples[index]["role"] = index % 4 < 3 ? "frontend" : "backend"
      samples[index]["env"] = index % 8 < 5 ? "prod" : "dev"
    }
    var symbols = LabelSymbols()
    let selector = try Selector(typical)
    let program = symbols.compile(selector)
    let tables = samples.map { symbols.table(of: $0) }
    let rounds = 2_000
    var matches = 0
    report("evaluate/compiled", aim: 15, operations: rounds * tables.count) {
      matches += count(program, tables, symbols, rounds: rounds)
    }
    report("evaluate/by text", operations: rounds / 10 * samples.count) {
      matches += count(selector, samples, rounds: rounds / 10)
    }
    consume(matches)
  }

  // The values come as parameters: what a closure captures has its references counted at each use, which would be measured.

  private static func count(
    _ program: LabelProgram,
    _ tables: [LabelTable],
    _ symbols: LabelSymbols,
    rounds: Int
  ) -> Int {
    tables.withUnsafeBufferPointer { tables in
      var matches = 0
      for _ in 0..<rounds {
        for index in tables.indices where program.matches(tables[index], in: symbols) { matches += 1 }
      }
      return matches
    }
  }

  private static func count(_ selector: Selector, _ samples: [LabelSet], rounds: Int) -> Int {
    var matches = 0
    for _ in 0..<rounds {
      for index in samples.indices where selector.matches(samples[index]) { matches += 1 }
    }
    return matches
  }
}
