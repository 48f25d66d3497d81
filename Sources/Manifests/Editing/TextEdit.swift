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

extension [TextEdit] {
  /// In the order of the text; of those at one place additions first, in the order given.
  var inOrder: [TextEdit] {
    enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
    }.map(\.element)
  }
}

extension [UInt8] {
  /// The text after changes; `nil` if two of them overlap. Additions at one place stand in the order given.
  package func applying(_ edits: [TextEdit]) -> [UInt8]? {
    var result: [UInt8] = []
    var done = 0
    for edit in edits.inOrder {
      guard edit.range.lowerBound >= done, edit.range.upperBound <= count else { return nil }
      result += self[done..<edit.range.lowerBound]
      result += edit.replacement
      done = edit.range.upperBound
    }
    return result + self[done...]
  }
}
