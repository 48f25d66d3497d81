/// For numbers of one kind, ports or IPv4 addresses: which rules a number can match. The number line is cut where any
/// rule's range begins or ends, and each piece has a row of bits, one a rule.
struct IntervalTable: Sendable {
  /// Where each piece begins; sorted, the first is 0.
  private let starts: [UInt32]
  private let rows: [UInt64]
  private let words: Int

  /// What a rule asks of the number: to be in one of `inside` (if there is any) and in none of `outside`.
  struct Ranges {
    var inside: [ClosedRange<UInt32>] = []
    var outside: [ClosedRange<UInt32>] = []
  }

  /// `nil` if the rows would take more than `limit` bytes.
  ///
  /// - Complexity: O(*n* log *n*) for *n* ranges, plus one step for each piece that a range covers.
  init?(_ rules: [Ranges], limit: Int = .max) {
    words = (rules.count + 63) / 64
    var cuts: Set<UInt32> = [0]
    for range in rules.lazy.flatMap({ $0.inside + $0.outside }) {
      cuts.insert(range.lowerBound)
      if range.upperBound < .max { cuts.insert(range.upperBound + 1) }
    }
    guard cuts.count * words <= limit / 8 else { return nil }
    let starts = cuts.sorted()
    var base = Array(repeating: UInt64(0), count: words)
    for (rule, ranges) in rules.enumerated() where ranges.inside.isEmpty { base[rule >> 6] |= 1 << UInt64(rule & 63) }
    var rows = Array(repeatElement(base, count: starts.count).joined())
    for (rule, ranges) in rules.enumerated() {
      let bit: UInt64 = 1 << UInt64(rule & 63)
      for range in ranges.inside {
        for row in Self.pieces(range, starts) { rows[row * words + rule >> 6] |= bit }
      }
      for range in ranges.outside {
        for row in Self.pieces(range, starts) { rows[row * words + rule >> 6] &= ~bit }
      }
    }
    self.starts = starts
    self.rows = rows
  }

  private static func pieces(_ range: ClosedRange<UInt32>, _ starts: [UInt32]) -> ClosedRange<Int> {
    piece(of: range.lowerBound, starts)...piece(of: range.upperBound, starts)
  }

  /// The last piece that begins at or before `value`.
  @inline(__always)
  private static func piece(of value: UInt32, _ starts: [UInt32]) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) >> 1
      if starts[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }

  /// Where the row of a number begins, for `word(_:at:)`.
  ///
  /// - Complexity: O(log *n*).
  @inline(__always)
  func row(of value: UInt32) -> Int { Self.piece(of: value, starts) * words }

  @inline(__always)
  func word(_ word: Int, at row: Int) -> UInt64 { rows[row + word] }
}
