/// A set of values of one field of a packet, as ranges: in order, with a gap between each two. So equal sets are equal values.
package struct Intervals: Hashable, Sendable {
  package private(set) var ranges: [ClosedRange<UInt128>]

  package static let none = Intervals(sorted: [])

  /// - Complexity: O(*n* log *n*).
  package init(_ ranges: [ClosedRange<UInt128>]) {
    self.init(sorted: [])
    self.ranges.reserveCapacity(ranges.count)
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
  }

  package init(_ range: ClosedRange<UInt128>) {
    self.init(sorted: [range])
  }

  private init(sorted ranges: [ClosedRange<UInt128>]) {
    self.ranges = ranges
  }

  /// Adds a range that begins no earlier than the last one.
  private mutating func append(_ range: ClosedRange<UInt128>) {
    guard let last = ranges.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1 else {
      return ranges.append(range)
    }
    ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
  }

  package var isEmpty: Bool { ranges.isEmpty }

  /// The number of values; the largest number there is if they are more.
  package var count: UInt128 {
    var total: UInt128 = 0
    for range in ranges {
      let (width, isAll) = (range.upperBound - range.lowerBound).addingReportingOverflow(1)
      let (sum, isMore) = total.addingReportingOverflow(width)
      if isAll || isMore { return .max }
      total = sum
    }
    return total
  }

  /// - Complexity: O(log *n*).
  package func contains(_ value: UInt128) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= value
  }

  /// - Complexity: O(*n* + *m*).
  package func intersection(_ other: Intervals) -> Intervals {
    var result = Intervals.none
    var (left, right) = (0, 0)
    while left < ranges.count, right < other.ranges.count {
      let (one, two) = (ranges[left], other.ranges[right])
      let lower = max(one.lowerBound, two.lowerBound)
      let upper = min(one.upperBound, two.upperBound)
      if lower <= upper { result.ranges.append(lower...upper) }
      if one.upperBound < two.upperBound { left += 1 } else { right += 1 }
    }
    return result
  }

  /// - Complexity: O(*n* + *m*).
  package func subtracting(_ other: Intervals) -> Intervals {
    var result = Intervals.none
    var gap = 0
    for range in ranges {
      while gap < other.ranges.count, other.ranges[gap].upperBound < range.lowerBound { gap += 1 }
      var lower = range.lowerBound
      var next = gap
      var isLeft = true
      while next < other.ranges.count, other.ranges[next].lowerBound <= range.upperBound {
        if other.ranges[next].lowerBound > lower {
          result.ranges.append(lower...(other.ranges[next].lowerBound - 1))
        }
        guard other.ranges[next].upperBound < range.upperBound else {
          isLeft = false
          break
        }
        lower = other.ranges[next].upperBound + 1
        next += 1
      }
      if isLeft { result.ranges.append(lower...range.upperBound) }
    }
    return result
  }

  package func union(_ other: Intervals) -> Intervals {
    if isEmpty { return other }
    return other.isEmpty ? self : Intervals(ranges + other.ranges)
  }
}
