/// A half-open range of byte offsets in a selector's text, small enough to stand in every node.
struct TextRange: Hashable, Sendable {
  var start: UInt32
  var end: UInt32

  @inline(__always) init(_ start: Int, _ end: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  static let empty = TextRange(0, 0)

  var range: Range<Int> { Int(start)..<Int(end) }
  var count: Int { Int(end) - Int(start) }
}
