extension Tokenizer {
  /// A word in Calico v2, where the first rule that fits wins, whatever stood before: `has(label)`, `not in`, `in`, `all()`,
  /// a label (libcalico-go v1, `selector/tokenizer`).
  mutating func wordV2(_ start: Int) -> Token {
    switch bytes[start] {
    case UInt8(ascii: "h"):
      if let token = hasV2(start) { return token }
    case UInt8(ascii: "n"):
      if let token = notInV2(start) { return token }
    case UInt8(ascii: "i"):
      if has("in", at: start), isBoundaryV2(start + 2) { return Token(.isIn, start, 2) }
    case UInt8(ascii: "a"):
      if let token = allV2(start) { return token }
    default: break
    }
    // A longer run of label bytes falls into several labels, which no rule of the grammar accepts.
    let end = min(end(of: ASCII.isLabelByte, from: start), start &+ Tokenizer.longestLabel)
    guard end > start else { return invalid(.unexpectedCharacter, character(at: start)) }
    return Token(.label, TextRange(start, end), content: TextRange(start, end))
  }

  /// `has\(\s*(LABEL)\s*\)`
  @inline(__always) private func hasV2(_ start: Int) -> Token? {
    guard has("has(", at: start) else { return nil }
    let label = end(of: ASCII.isRegexSpace, from: start + 4)
    let stop = end(of: ASCII.isLabelByte, from: label)
    let close = end(of: ASCII.isRegexSpace, from: stop)
    guard (1...Tokenizer.longestLabel).contains(stop - label), byte(at: close) == UInt8(ascii: ")") else { return nil }
    return Token(.has, TextRange(start, close + 1), content: TextRange(label, stop))
  }

  /// `not\s*in\b`
  @inline(__always) private func notInV2(_ start: Int) -> Token? {
    guard has("not", at: start) else { return nil }
    let second = end(of: ASCII.isRegexSpace, from: start + 3)
    guard has("in", at: second), isBoundaryV2(second + 2) else { return nil }
    return Token(.isNotIn, TextRange(start, second + 2))
  }

  /// `all\(\s*\)`
  @inline(__always) private func allV2(_ start: Int) -> Token? {
    guard has("all(", at: start) else { return nil }
    let close = end(of: ASCII.isRegexSpace, from: start + 4)
    guard byte(at: close) == UInt8(ascii: ")") else { return nil }
    return Token(.all, TextRange(start, close + 1))
  }

  /// `\b` after a word byte.
  private func isBoundaryV2(_ index: Int) -> Bool {
    guard let byte = byte(at: index) else { return true }
    return !ASCII.isWordByte(byte)
  }
}
