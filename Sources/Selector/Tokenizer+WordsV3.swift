extension Tokenizer {
  /// The operator word that v3 requires after a label, where no punctuation stands there.
  mutating func operatorV3() -> Token {
    if let token = operatorV3("contains", .contains) { return token }
    if let token = operatorV3("starts", then: "with", .startsWith) { return token }
    if let token = operatorV3("ends", then: "with", .endsWith) { return token }
    if let token = operatorV3("not", then: "in", .isNotIn) { return token }
    if let token = operatorV3("in", .isIn) { return token }
    return invalid(.expectedOperator(label: labelBefore(position)), offender(at: position))
  }

  private mutating func operatorV3(_ word: StaticString, _ kind: Token.Kind) -> Token? {
    let end = position + word.utf8CodeUnitCount
    guard has(word, at: position), isBoundaryV3(end) else { return nil }
    return take(kind, end - position)
  }

  private mutating func operatorV3(_ word: StaticString, then second: StaticString, _ kind: Token.Kind) -> Token? {
    guard has(word, at: position) else { return nil }
    let start = end(of: ASCII.isBlank, from: position + word.utf8CodeUnitCount)
    guard has(second, at: start) else { return nil }
    let stop = start + second.utf8CodeUnitCount
    // Calico skips blanks before it looks for the boundary here, so a word may not follow even after a blank.
    guard isBoundaryV3(end(of: ASCII.isBlank, from: stop)) else { return nil }
    return take(kind, stop - position)
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
  mutating func wordV3() -> Token {
    switch bytes[position] {
    case UInt8(ascii: "h") where has("has(", at: position): return hasV3()
    case UInt8(ascii: "a") where has("all(", at: position): return emptyCallV3(.all, 4, .all)
    case UInt8(ascii: "g") where has("global(", at: position): return emptyCallV3(.global, 7, .global)
    default:
      guard ASCII.isLabelByte(bytes[position]) else {
        return invalid(.unexpectedCharacter, character(at: position))
      }
      let end = end(of: ASCII.isLabelByte, from: position)
      guard end - position <= Tokenizer.longestLabel else { return invalid(.labelTooLong, position..<end) }
      return take(.label, end - position, content: TextRange(position, end))
    }
  }

  private mutating func hasV3() -> Token {
    let start = end(of: ASCII.isBlank, from: position + 4)
    let stop = end(of: ASCII.isLabelByte, from: start)
    guard stop - start <= Tokenizer.longestLabel else { return invalid(.labelTooLong, start..<stop) }
    guard stop > start else { return invalid(.expectedLabel, character(at: start)) }
    let close = end(of: ASCII.isBlank, from: stop)
    guard byte(at: close) == UInt8(ascii: ")") else { return invalid(.unclosedCall(.has), offender(at: close)) }
    return take(.has, close + 1 - position, content: TextRange(start, stop))
  }

  private mutating func emptyCallV3(
    _ kind: Token.Kind,
    _ count: Int,
    _ call: SelectorError.Call
  ) -> Token {
    let close = end(of: ASCII.isBlank, from: position + count)
    guard byte(at: close) == UInt8(ascii: ")") else { return invalid(.unclosedCall(call), offender(at: close)) }
    return take(kind, close + 1 - position)
  }
}
