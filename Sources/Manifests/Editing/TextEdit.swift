/// A change to a text: some of its bytes become others.
package struct TextEdit: Hashable, Sendable {
  /// Bytes of the text as it is; empty where something is only added.
  package var range: Range<Int>
  package var replacement: [UInt8]

  package init(_ range: Range<Int>, _ replacement: [UInt8]) {
    self.range = range
    self.replacement = replacement
  }
}

extension [UInt8] {
  /// The text after changes that do not overlap, in any order; two at one place stand in the order given.
  package func applying(_ edits: [TextEdit]) -> [UInt8] {
    var result: [UInt8] = []
    var done = 0
    for edit in edits.enumerated().sorted(by: {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }) {
      precondition(edit.element.range.lowerBound >= done, "changes do not overlap")
      result += self[done..<edit.element.range.lowerBound]
      result += edit.element.replacement
      done = edit.element.range.upperBound
    }
    return result + self[done...]
  }
}
