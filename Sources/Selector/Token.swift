/// A token of a selector: its kind, where it stands, and for a label, string or `has(…)` where its content stands.
struct Token {
  enum Kind: UInt8 {
    case label, string
    case leftBrace, rightBrace, comma, leftParenthesis, rightParenthesis
    case equal, notEqual, isIn, isNotIn, contains, startsWith, endsWith
    case not, and, or
    case all, global, has
    case end
    /// Bytes that are no token. No rule of the grammar takes it, so a parser comes to a halt there.
    case invalid
  }

  var kind: Kind
  var range: TextRange
  /// The label's name, the string without its quotes, or the label in `has(…)`.
  var content: TextRange

  @inline(__always) init(_ kind: Kind, _ range: TextRange, content: TextRange = .empty) {
    self.kind = kind
    self.range = range
    self.content = content
  }

  /// A token of `count` bytes.
  @inline(__always) init(_ kind: Kind, _ start: Int, _ count: Int, content: TextRange = .empty) {
    self.init(kind, TextRange(start, start &+ count), content: content)
  }
}
