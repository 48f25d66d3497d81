/// Cuts a selector's text into tokens, one at a time (SELECTORS.md, "Tokens").
///
/// Punctuation and strings are the same in both generations; the word rules stand in files of their own.
struct Tokenizer {
  /// The most bytes that a label may have.
  static let longestLabel = 512

  let bytes: UnsafeBufferPointer<UInt8>
  let generation: SelectorGeneration
  /// Offset of the first byte that no token holds yet.
  var position = 0
  /// Whether the last token was a label, on which the words of v3 depend.
  private var followsLabel = false

  /// Why the text cannot be cut into tokens, once an `.invalid` one has been given out.
  private(set) var problem: SelectorError?

  /// The bytes have to outlive the tokenizer.
  init(_ bytes: UnsafeBufferPointer<UInt8>, generation: SelectorGeneration) {
    self.bytes = bytes
    self.generation = generation
  }

  /// The next token; `.end` at the end of the text and ever after, `.invalid` at a problem.
  mutating func next() -> Token {
    position = end(of: ASCII.isBlank, from: position)
    let token = read()
    followsLabel = token.kind == .label
    return token
  }

  private mutating func read() -> Token {
    guard position < bytes.count else { return Token(.end, TextRange(bytes.count, bytes.count)) }
    switch bytes[position] {
    case UInt8(ascii: "("): return take(.leftParenthesis, 1)
    case UInt8(ascii: ")"): return take(.rightParenthesis, 1)
    case UInt8(ascii: "{"): return take(.leftBrace, 1)
    case UInt8(ascii: "}"): return take(.rightBrace, 1)
    case UInt8(ascii: ","): return take(.comma, 1)
    case ASCII.quote, ASCII.apostrophe: return string()
    case UInt8(ascii: "="): return double(.equal, else: .singleEquals)
    case UInt8(ascii: "&"): return double(.and, else: .singleAmpersand)
    case UInt8(ascii: "|"): return double(.or, else: .singleBar)
    case UInt8(ascii: "!"): return byte(at: position + 1) == UInt8(ascii: "=") ? take(.notEqual, 2) : take(.not, 1)
    default:
      switch generation {
      case .v2: return wordV2()
      case .v3: return followsLabel ? operatorV3() : wordV3()
      }
    }
  }

  /// Two equal bytes that mean something only together.
  private mutating func double(_ kind: Token.Kind, else problem: SelectorError.Kind) -> Token {
    guard byte(at: position + 1) == bytes[position] else {
      return invalid(problem, position..<position + 1)
    }
    return take(kind, 2)
  }

  /// A string: everything up to the next quote like the first, without escapes.
  private mutating func string() -> Token {
    let start = position
    let delimiter = bytes[start]
    var end = start + 1
    while end < bytes.count, bytes[end] != delimiter { end += 1 }
    guard end < bytes.count else { return invalid(.unterminatedString, start..<end) }
    position = end + 1
    return Token(.string, TextRange(start, end + 1), content: TextRange(start + 1, end))
  }
}

// MARK: - Pieces that the word rules share

extension Tokenizer {
  @inline(__always) func byte(at index: Int) -> UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  /// Takes the next `count` bytes as a token.
  @inline(__always) mutating func take(_ kind: Token.Kind, _ count: Int, content: TextRange = .empty) -> Token {
    let range = TextRange(position, position + count)
    position += count
    return Token(kind, range, content: content)
  }

  /// Where the run of bytes of a class that starts at `start` ends.
  @inline(__always) func end(of belongs: (UInt8) -> Bool, from start: Int) -> Int {
    var end = start
    while end < bytes.count, belongs(bytes[end]) { end += 1 }
    return end
  }

  /// Whether the bytes from `start` on begin with a word of ASCII.
  @inline(__always) func has(_ word: StaticString, at start: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard start + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[start + offset] != word.utf8Start[offset] { return false }
    return true
  }

  /// Notes a problem.
  mutating func invalid(_ kind: SelectorError.Kind, _ range: Range<Int>) -> Token {
    problem = failure(kind, range)
    return Token(.invalid, TextRange(range.lowerBound, range.upperBound))
  }

  /// An error at a place of the text, with the text there.
  func failure(_ kind: SelectorError.Kind, _ range: Range<Int>) -> SelectorError {
    SelectorError(kind: kind, range: range, found: ByteString(bytes: Array(bytes[range])), generation: generation)
  }

  /// What a reader would point at from `start` on: a run of label bytes, else one character; nothing at the end of the text.
  func offender(at start: Int) -> Range<Int> {
    let word = end(of: ASCII.isLabelByte, from: start)
    return word > start ? start..<word : character(at: start)
  }

  /// The bytes of the character at `start`, a single one where they are no UTF-8.
  func character(at start: Int) -> Range<Int> {
    guard start < bytes.count else { return start..<start }
    let length =
      switch bytes[start] {
      case 0xc2...0xdf: 2
      case 0xe0...0xef: 3
      case 0xf0...0xf4: 4
      default: 1
      }
    let end = start + length
    guard end <= bytes.count, bytes[(start + 1)..<end].allSatisfy({ $0 & 0xc0 == 0x80 }) else {
      return start..<start + 1
    }
    return start..<end
  }
}
