/// Reads tokens as an expression (SELECTORS.md, EBNF).
///
/// The grammar is the usual recursive descent, with the call stack kept as an array of open parentheses: depth costs memory
/// and never stack, so a hundred thousand levels get an answer on any thread.
struct Parser: ~Copyable {
  private var tokenizer: Tokenizer
  /// End of the last token that was taken.
  private var taken = 0
  private var builder = ExpressionBuilder()

  private init(_ bytes: UnsafeBufferPointer<UInt8>, generation: SelectorGeneration) {
    tokenizer = Tokenizer(bytes, generation: generation)
  }

  /// What a selector's text means.
  ///
  /// - Complexity: O(*n*) in the length of the text, apart from the sorting of sets.
  static func parse(_ text: ByteString, generation: SelectorGeneration) throws(SelectorError) -> Expression {
    try text.bytes.withUnsafeBufferPointer { bytes throws(SelectorError) in
      var parser = Parser(bytes, generation: generation)
      guard bytes.count <= Int(UInt32.max) else { throw parser.tokenizer.failure(.textTooLong, 0..<0) }
      try parser.expression()
      return parser.builder.finish(text)
    }
  }

  @inline(__always) private mutating func advance() {
    taken = Int(token.range.end)
    tokenizer.advance()
  }

  private var token: Token { @inline(__always) get { tokenizer.token } }

  /// An error at the current token; of the tokenizer if anything from there on cannot be cut into tokens, as Calico cuts all
  /// of the text first.
  @inline(never) private mutating func failure(_ kind: SelectorError.Kind) -> SelectorError {
    let misplaced = tokenizer.failure(kind, token.range.range)
    while token.kind != .end, token.kind != .invalid { tokenizer.advance() }
    return tokenizer.problem ?? misplaced
  }
}

// MARK: - Operators

extension Parser {
  /// What has been read of one level of parentheses.
  private struct Level {
    var alternatives = ExpressionBuilder.List()
    var conjuncts = ExpressionBuilder.List()
    /// Whether an odd number of `!` stands before the operand that comes next.
    var negated = false
    /// Where that operand begins, with what stands before its term.
    var operandStart = 0
    /// Where the parenthesis stands that opened this level.
    var opened = 0
  }

  private mutating func expression() throws(SelectorError) {
    advance()
    guard token.kind != .end else { return builder.addAll() }
    var outer: [Level] = []
    var level = Level()
    repeat {
      openings(&level, &outer)
      let operand = try term()
      try closings(operand, &level, &outer)
    } while token.kind != .end
  }

  /// `!` and `(` before a term.
  private mutating func openings(_ level: inout Level, _ outer: inout [Level]) {
    level.operandStart = Int(token.range.start)
    while true {
      switch token.kind {
      case .not: level.negated.toggle()
      case .leftParenthesis:
        outer.append(level)
        level = Level()
        level.opened = Int(token.range.start)
        level.operandStart = Int(token.range.end)
      default: return
      }
      advance()
    }
  }

  /// Every `)` after a term, and the `&&`, `||` or end of text after them.
  private mutating func closings(
    _ term: Int32,
    _ level: inout Level,
    _ outer: inout [Level]
  ) throws(SelectorError) {
    var operand = term
    while true {
      let extent = TextRange(level.operandStart, taken)
      if level.negated { operand = builder.addNot(operand, extent) }
      level.negated = false
      builder.append(operand, extent, to: &level.conjuncts)
      switch token.kind {
      case .and: return try advanceToTerm()
      case .or:
        closeConjuncts(&level)
        return try advanceToTerm()
      case .rightParenthesis where !outer.isEmpty:
        operand = close(&level)
        level = outer.removeLast()
        advance()
      case .end where outer.isEmpty:
        _ = close(&level)
        return
      default:
        throw failure(outer.isEmpty ? .unexpectedContent : .expectedClosingParenthesis(opened: level.opened))
      }
    }
  }

  private mutating func close(_ level: inout Level) -> Int32 {
    closeConjuncts(&level)
    return builder.close(&level.alternatives, .or)
  }

  private mutating func closeConjuncts(_ level: inout Level) {
    let extent = level.conjuncts.extent
    builder.append(builder.close(&level.conjuncts, .and), extent, to: &level.alternatives)
  }

  private mutating func advanceToTerm() throws(SelectorError) {
    advance()
    if token.kind == .end { throw failure(.expectedTerm) }
  }
}

// MARK: - Terms

extension Parser {
  /// One term; the index of its node.
  private mutating func term() throws(SelectorError) -> Int32 {
    let first = token
    let operation: Expression.Operation
    switch first.kind {
    case .has: operation = .has
    case .all: operation = .all
    case .global: operation = .global
    case .label:
      advance()
      return try comparison(first)
    default:
      throw failure(.expectedTerm)
    }
    advance()
    return builder.addLeaf(operation, first.range, label: first.content)
  }

  /// What follows a label.
  @inline(__always) private mutating func comparison(_ label: Token) throws(SelectorError) -> Int32 {
    let operation: Expression.Operation
    switch token.kind {
    case .equal: operation = .equal
    case .notEqual: operation = .notEqual
    case .isIn: operation = .isIn
    case .isNotIn: operation = .isNotIn
    case .contains: operation = .contains
    case .startsWith: operation = .startsWith
    case .endsWith: operation = .endsWith
    default:
      let name = ByteString(bytes: Array(tokenizer.bytes[label.content.range]))
      throw failure(.expectedOperator(label: name))
    }
    advance()
    let operand = operation == .isIn || operation == .isNotIn ? try set() : try string()
    return builder.addLeaf(
      operation,
      TextRange(Int(label.range.start), taken),
      label: label.content,
      operand: operand
    )
  }

  /// A string; the place of its content.
  @inline(__always) private mutating func string() throws(SelectorError) -> TextRange {
    guard token.kind == .string else { throw failure(.expectedString) }
    let value = token.content
    advance()
    return value
  }

  /// A set; the places of its members.
  @inline(__always) private mutating func set() throws(SelectorError) -> TextRange {
    guard token.kind == .leftBrace else { throw failure(.expectedSet) }
    advance()
    let first = builder.memberCount
    while token.kind == .string {
      builder.addMember(token.content)
      advance()
      guard token.kind == .comma else { break }
      advance()
    }
    guard token.kind == .rightBrace else { throw failure(.expectedSetEnd) }
    advance()
    return builder.closeMembers(from: first, in: tokenizer.bytes.span)
  }
}
