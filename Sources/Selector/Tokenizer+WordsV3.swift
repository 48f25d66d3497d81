extension Tokenizer {
  /// The operator word that v3 requires after a label, where no punctuation stands there.
  mutating func operatorV3(_ start: Int) -> Token {
    if let token = operatorV3("contains", .contains, start) { return token }
    if let token = operatorV3("starts", then: "with", .startsWith, start) { return token }
    if let token = operatorV3("ends", then: "with", .endsWith, start) { return token }
    if let token = operatorV3("not", then: "in", .isNotIn, start) { return token }
    if let token = operatorV3("in", .isIn, start) { return token }
    return invalid(.expectedOperator(label: labelBefore(start)), offender(at: start))
  }

  private func operatorV3(_ word: StaticString, _ kind: Token.Kind, _ start: Int) -> Token? {
    let end = start + word.utf8CodeUnitCount
    guard has(word, at: start), isBoundaryV3(end) else { return nil }
    return Token(kind, TextRange(start, end))
  }

  private func operatorV3(
    _ word: StaticString,
    then second: StaticString,
    _ kind: Token.Kind,
    _ start: Int
  ) -> Token? {
    guard has(word, at: start) else { return nil }
    let middle = end(of: ASCII.isBlank, from: start + word.utf8CodeUnitCount)
    guard has(second, at: middle) else { return nil }
    let stop = middle + second.utf8CodeUnitCount
    // Calico skips blanks before it looks for the boundary here, so a word may not follow even after a blank.
    guard isBoundaryV3(end(of: ASCII.isBlank, from: stop)) else { return nil }
    return Token(kind, TextRange(start, stop))
  }

  private func isBoundaryV3(_ index: Int) -> Bool {
    guard let byte = byte(at: index) else { return true }
    return !ASCII.isLabelByte(byte)
  }

  /// The label that ends before `index`, blanks left out.
  private func labelBefore(_ index: Int) -> ByteString {
    var end = index
    while end > 0, ASCII.isBlank(bytes[end - 1]) { end -= 1 }
    var start = end
    while start > 0, ASCII.isLabelByte(bytes[start - 1]) { start -= 1 }
    return ByteString(bytes: Array(bytes[start..<end]))
  }

  /// A word in v3 where no label stands before it: `has(label)`, `all()`, `global()` or a label.
  mutating func wordV3(_ start: Int) -> Token {
    switch bytes[start] {
    case UInt8(ascii: "h") where has("has(", at: start): return hasV3(start)
    case UInt8(ascii: "a") where has("all(", at: start): return emptyCallV3(.all, start, 4, .all)
    case UInt8(ascii: "g") where has("global(", at: start): return emptyCallV3(.global, start, 7, .global)
    default:
      let end = end(of: ASCII.isLabelByte, from: start)
      guard end > start else { return invalid(.unexpectedCharacter, character(at: start)) }
      guard end - start <= Tokenizer.longestLabel else { return invalid(.labelTooLong, start..<end) }
      return Token(.label, TextRange(start, end), content: TextRange(start, end))
    }
  }

  private mutating func hasV3(_ start: Int) -> Token {
    let label = end(of: ASCII.isBlank, from: start + 4)
    let stop = end(of: ASCII.isLabelByte, from: label)
    guard stop - label <= Tokenizer.longestLabel else { return invalid(.labelTooLong, label..<stop) }
    guard stop > label else { return invalid(.expectedLabel, character(at: label)) }
    let close = end(of: ASCII.isBlank, from: stop)
    guard byte(at: close) == UInt8(ascii: ")") else { return invalid(.unclosedCall(.has), offender(at: close)) }
    return Token(.has, TextRange(start, close + 1), content: TextRange(label, stop))
  }

  private mutating func emptyCallV3(
    _ kind: Token.Kind,
    _ start: Int,
    _ count: Int,
    _ call: SelectorError.Call
  ) -> Token {
    let close = end(of: ASCII.isBlank, from: start + count)
    guard byte(at: close) == UInt8(ascii: ")") else { return invalid(.unclosedCall(call), offender(at: close)) }
    return Token(kind, TextRange(start, close + 1))
  }
}
