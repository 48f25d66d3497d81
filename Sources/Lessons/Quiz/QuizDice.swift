import Scenarios

/// Chance that repeats: the same seed, question and level throw the same.
struct QuizDice: Sendable {
  private var random: SeededGenerator

  init(seed: UInt64, question: Int, level: Int) {
    // Neighbouring seeds and questions are to have nothing in common.
    var mixed = SeededGenerator(seed: seed)
    var of = SeededGenerator(seed: mixed.next() ^ (UInt64(question) &* 0x9e37_79b9_7f4a_7c15) ^ (UInt64(level) << 56))
    random = SeededGenerator(seed: of.next())
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
  mutating func oneIn(_ chance: Int) -> Bool { below(chance) == 0 }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
  mutating func shuffled<Item>(_ items: [Item]) -> [Item] { items.shuffled(using: &random) }

  /// So many of the items, in their order.
  mutating func sample<Item>(_ items: [Item], _ count: Int) -> [Item] {
    let chosen = Set(shuffled(Array(items.indices)).prefix(count))
    return items.indices.filter(chosen.contains).map { items[$0] }
  }
}
