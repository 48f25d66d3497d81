extension Tokenizer {
  /// A word in Calico v2, where the first rule that fits wins, whatever stood before: `has(label)`, `not in`, `in`, `all()`,
  /// a label (libcalico-go v1, `selector/tokenizer`).
  mutating func wordV2() -> Token {
    switch bytes[position] {
    case UInt8(ascii: "h"):
      if let token = hasV2() { return token }
    case UInt8(ascii: "n"):
      if let token = notInV2() { return token }
    case UInt8(ascii: "i"):
      if has("in", at: position), isBoundaryV2(position + 2) { return take(.isIn, 2) }
    case UInt8(ascii: "a"):
      if let token = allV2() { return token }
    default: break
    }
    // A longer run of label bytes falls into several labels, which no rule of the grammar accepts.
    let count = min(end(of: ASCII.isLabelByte, from: position) - position, Tokenizer.longestLabel)
    guard count > 0 else { return invalid(.unexpectedCharacter, character(at: position)) }
    return take(.label, count, content: TextRange(position, position + count))
  }

  /// `has\(\s*(LABEL)\s*\)`
  private mutating func hasV2() -> Token? {
    guard has("has(", at: position) else { return nil }
    let start = end(of: ASCII.isRegexSpace, from: position + 4)
    let stop = end(of: ASCII.isLabelByte, from: start)
    let close = end(of: ASCII.isRegexSpace, from: stop)
    guard (1...Tokenizer.longestLabel).contains(stop - start), byte(at: close) == UInt8(ascii: ")") else { return nil }
    return take(.has, close + 1 - position, content: TextRange(start, stop))
  }

  /// `not\s*in\b`
  private mutating func notInV2() -> Token? {
    guard has("not", at: position) else { return nil }
    let start = end(of: ASCII.isRegexSpace, from: position + 3)
    guard has("in", at: start), isBoundaryV2(start + 2) else { return nil }
    return take(.isNotIn, start + 2 - position)
  }

  /// `all\(\s*\)`
  private mutating func allV2() -> Token? {
    guard has("all(", at: position) else { return nil }
    let close = end(of: ASCII.isRegexSpace, from: position + 4)
    guard byte(at: close) == UInt8(ascii: ")") else { return nil }
    return take(.all, close + 1 - position)
  }

  /// `\b` after a word byte.
  private func isBoundaryV2(_ index: Int) -> Bool {
    guard let byte = byte(at: index) else { return true }
    return !ASCII.isWordByte(byte)
  }
}
