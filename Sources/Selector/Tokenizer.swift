/// Cuts a selector's text into tokens, one at a time (SELECTORS.md, "Tokens").
///
/// Punctuation and strings are the same in both generations; the word rules stand in files of their own.
struct Tokenizer {
  /// The most bytes that a label may have.
  static let longestLabel = 512

  let bytes: UnsafeBufferPointer<UInt8>
  let generation: SelectorGeneration

  /// The token that was read last; `.end` at the end of the text, `.invalid` at a problem, after which there is nothing to read.
  private(set) var token = Token(.end, .empty)

  /// Why the text cannot be cut into tokens, once an `.invalid` one has been read.
  private(set) var problem: SelectorError?

  /// The bytes have to outlive the tokenizer.
  init(_ bytes: UnsafeBufferPointer<UInt8>, generation: SelectorGeneration) {
    self.bytes = bytes
    self.generation = generation
  }

  /// Reads the next token.
  mutating func advance() {
    token = read(end(of: ASCII.isBlank, from: Int(token.range.end)))
  }

  @inline(__always) private mutating func read(_ start: Int) -> Token {
    guard start < bytes.count else { return Token(.end, TextRange(start, start)) }
    switch bytes[start] {
    case UInt8(ascii: "("): return Token(.leftParenthesis, start, 1)
    case UInt8(ascii: ")"): return Token(.rightParenthesis, start, 1)
    case UInt8(ascii: "{"): return Token(.leftBrace, start, 1)
    case UInt8(ascii: "}"): return Token(.rightBrace, start, 1)
    case UInt8(ascii: ","): return Token(.comma, start, 1)
    case ASCII.quote, ASCII.apostrophe: return string(start)
    case UInt8(ascii: "="): return double(.equal, start, else: .singleEquals)
    case UInt8(ascii: "&"): return double(.and, start, else: .singleAmpersand)
    case UInt8(ascii: "|"): return double(.or, start, else: .singleBar)
    case UInt8(ascii: "!"):
      return byte(at: start &+ 1) == UInt8(ascii: "=") ? Token(.notEqual, start, 2) : Token(.not, start, 1)
    default:
      switch generation {
      case .v2: return wordV2(start)
      case .v3: return token.kind == .label ? operatorV3(start) : wordV3(start)
      }
    }
  }

  /// Two equal bytes that mean something only together.
  @inline(__always)
  private mutating func double(_ kind: Token.Kind, _ start: Int, else problem: SelectorError.Kind) -> Token {
    guard byte(at: start &+ 1) == bytes[start] else { return invalid(problem, start..<start + 1) }
    return Token(kind, start, 2)
  }

  /// A string: everything up to the next quote like the first, without escapes.
  @inline(__always) private mutating func string(_ start: Int) -> Token {
    let delimiter = bytes[start]
    let end = end(of: { $0 != delimiter }, from: start &+ 1)
    guard end < bytes.count else { return invalid(.unterminatedString, start..<end) }
    return Token(.string, TextRange(start, end &+ 1), content: TextRange(start &+ 1, end))
  }
}

// MARK: - Pieces that the word rules share

extension Tokenizer {
  @inline(__always) func byte(at index: Int) -> UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  /// Where the run of bytes of a class that starts at `start` ends.
  @inline(__always) func end(of belongs: (UInt8) -> Bool, from start: Int) -> Int {
    var end = start
    while end < bytes.count, belongs(bytes[end]) { end &+= 1 }
    return end
  }

  /// Whether the bytes from `start` on begin with a word of ASCII.
  @inline(__always) func has(_ word: StaticString, at start: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard start &+ count <= bytes.count else { return false }
    for offset in 0..<count where bytes[start &+ offset] != word.utf8Start[offset] { return false }
    return true
  }

  /// Notes a problem.
  @inline(never) mutating func invalid(_ kind: SelectorError.Kind, _ range: Range<Int>) -> Token {
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
