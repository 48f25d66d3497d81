/// What Tab can put in the place of what was begun.
package struct Completion: Hashable, Sendable {
  package struct Candidate: Hashable, Sendable {
    /// What takes the place of the range: quoted where it has to be.
    package var text: String
    /// A word about it for the list: `policy`, `host endpoint`.
    package var note: String
    /// Is the word complete with it, so that a blank follows? A directory and `key=` are not.
    package var endsWord: Bool

    package init(_ text: String, note: String = "", endsWord: Bool = true) {
      self.text = text
      self.note = note
      self.endsWord = endsWord
    }
  }

  /// Bytes of the line that a candidate replaces; they end at the cursor.
  package var range: Range<Int>
  /// Byte-wise by text, each once. At most `limit`.
  package var candidates: [Candidate]
  /// How many candidates there are beyond those.
  package var more: Int

  package static let limit = 200

  package init(range: Range<Int>, candidates: [Candidate] = [], more: Int = 0) {
    self.range = range
    self.candidates = candidates
    self.more = more
  }

  /// What all candidates begin with, at a character's border.
  package var commonPrefix: String {
    guard let first = candidates.first else { return "" }
    var common = Array(first.text.utf8)[...]
    for candidate in candidates.dropFirst() {
      let bytes = Array(candidate.text.utf8)
      var length = 0
      while length < common.count, length < bytes.count, common[length] == bytes[length] { length += 1 }
      common = common[..<length]
    }
    while let last = common.last, last & 0xc0 == 0x80 || last >= 0xc0 {
      guard String(validating: common, as: UTF8.self) == nil else { break }
      common = common.dropLast()
    }
    return String(decoding: common, as: UTF8.self)
  }
}
