/// What follows a command's name: words, quotes taken off, each with its place in what was typed.
///
/// A word ends at a blank; `'…'` and `"…"` keep blanks together, and a word that begins with `#` begins a comment. What has a grammar of its own, a selector or a flow, is taken
/// whole with `takeRest` as it was typed.
struct Arguments: Sendable {
  struct Word: Hashable, Sendable {
    var text: String
    /// Bytes of the input, quotes included.
    var range: Range<Int>
  }

  /// The whole input, the command's name included.
  let input: [UInt8]
  private(set) var words: [Word]
  private var next = 0

  /// Cuts what was typed into words.
  init(_ input: [UInt8]) {
    self.input = input
    words = Self.cut(input)
  }

  private static func cut(_ input: [UInt8]) -> [Word] {
    var words: [Word] = []
    var position = 0
    while position < input.count {
      if isBlank(input[position]) {
        position += 1
        continue
      }
      let start = position
      // The rest of the line is a comment.
      if input[start] == UInt8(ascii: "#") {
        position = input[start...].firstIndex(of: 0x0a) ?? input.count
        continue
      }
      var text: [UInt8] = []
      while position < input.count, !isBlank(input[position]) {
        let byte = input[position]
        // A quote begins a quoted part only where a word or a value begins, so that `don't` is a word.
        let begins = position == start || input[position - 1] == UInt8(ascii: "=")
        if begins, isQuote(byte), let end = input[(position + 1)...].firstIndex(of: byte) {
          text += input[(position + 1)..<end]
          position = end + 1
        } else {
          text.append(byte)
          position += 1
        }
      }
      words.append(Word(text: String(decoding: text, as: UTF8.self), range: start..<position))
    }
    return words
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
  static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") }

  var isEmpty: Bool { next == words.count }

  /// The place just after everything that was typed, for what is missing.
  var end: Range<Int> {
    let last = words.last?.range.upperBound ?? 0
    return last..<last
  }

  /// The next word, which stays.
  var peek: Word? { next < words.count ? words[next] : nil }

  mutating func take() -> Word? {
    guard next < words.count else { return nil }
    next += 1
    return words[next - 1]
  }

  /// Takes the next word if it is this one.
  mutating func take(_ word: String) -> Bool {
    guard peek?.text == word else { return false }
    next += 1
    return true
  }

  /// Takes all that is left as it was typed; of one part in quotes what is between them. `nil` if nothing is left.
  ///
  /// - Parameter count: leaves this many words at the end for `take`.
  mutating func takeRest(leaving count: Int = 0) -> Word? {
    guard next < words.count - count else { return nil }
    let last = words.count - count - 1
    let range = words[next].range.lowerBound..<words[last].range.upperBound
    defer { next = last + 1 }
    if let inner = unquoted(range) { return inner }
    return Word(text: String(decoding: input[range], as: UTF8.self), range: range)
  }

  /// What stands between the quotes, if one pair of quotes holds all of the range.
  private func unquoted(_ range: Range<Int>) -> Word? {
    guard range.count >= 2, let first = input[range].first, Self.isQuote(first), input[range].last == first else { return nil }
    let inner = (range.lowerBound + 1)..<(range.upperBound - 1)
    guard !input[inner].contains(first) else { return nil }
    return Word(text: String(decoding: input[inner], as: UTF8.self), range: inner)
  }
}
