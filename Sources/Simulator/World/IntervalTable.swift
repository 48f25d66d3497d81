/// For numbers of one kind, ports or IPv4 addresses: which rules a number can match. The number line is cut where the
/// answer changes, and each piece has a row.
struct IntervalTable: Sendable {
  /// Where each piece begins; sorted, the first is 0.
  private let starts: FixedTable<UInt32>
  /// The row of the first piece; those of the others follow.
  private let firstRow: Int32
  private let blocksPerRow: Int32
  /// The row of all rules, for what is no number.
  let all: Int32

  /// What a rule asks of the number: to be in one of `inside` (if there is any) and in none of `outside`.
  struct Ranges {
    var inside: [ClosedRange<UInt32>] = []
    var outside: [ClosedRange<UInt32>] = []
  }

  /// A rule begins or ceases to match.
  private struct Change {
    var number: UInt32
    var rule: Int32
    var matches: Bool
  }

  /// - Complexity: O(*n* log *n*) for *n* ranges, plus the rows.
  init(_ rules: [Ranges], _ writer: inout RuleRowsWriter) {
    for rule in rules.indices { writer.set(rule, true) }
    all = writer.finishRow()
    var changes: [Change] = []
    for (rule, ranges) in rules.enumerated() {
      let matching = Self.matching(ranges)
      writer.set(rule, matching.first?.lowerBound == 0)
      for range in matching {
        if range.lowerBound > 0 { changes.append(Change(number: range.lowerBound, rule: Int32(rule), matches: true)) }
        if range.upperBound < .max {
          changes.append(Change(number: range.upperBound + 1, rule: Int32(rule), matches: false))
        }
      }
    }
    changes.sort { $0.number < $1.number }
    var starts: [UInt32] = [0]
    firstRow = all + Int32(writer.blocksPerRow)
    for change in changes {
      if change.number != starts[starts.count - 1] {
        _ = writer.finishRow()
        starts.append(change.number)
      }
      writer.set(Int(change.rule), change.matches)
    }
    _ = writer.finishRow()
    self.starts = FixedTable(starts)
    blocksPerRow = Int32(writer.blocksPerRow)
  }

  /// The numbers that a rule matches as ranges that neither overlap nor touch, in order.
  private static func matching(_ ranges: Ranges) -> [ClosedRange<UInt32>] {
    let inside = ranges.inside.isEmpty ? [0...UInt32.max] : union(ranges.inside)
    return union(ranges.outside).reduce(inside) { left, gap in
      left.flatMap { range -> [ClosedRange<UInt32>] in
        guard range.overlaps(gap) else { return [range] }
        let before = range.lowerBound < gap.lowerBound ? [range.lowerBound...(gap.lowerBound - 1)] : []
        return before + (gap.upperBound < range.upperBound ? [(gap.upperBound + 1)...range.upperBound] : [])
      }
    }
  }

  private static func union(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    guard ranges.count > 1 else { return ranges }
    var result: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1 {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// Where the row of a number begins.
  ///
  /// - Complexity: O(log *n*), without branches that depend on the number.
  @inline(__always)
  func row(of value: UInt32) -> Int32 {
    var piece = 0
    var length = starts.count
    while length > 1 {
      let half = length >> 1
      // All ones if the upper half begins at or before the number: as a condition it would be a jump, wrong every other time.
      let isUpper = ~((Int(value) &- Int(starts[piece &+ half])) >> 63)
      piece &+= half & isUpper
      length &-= half
    }
    return firstRow &+ Int32(truncatingIfNeeded: piece) &* blocksPerRow
  }
}
