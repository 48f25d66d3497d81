/// Puts the lines that a person types, pastes or scripts together to inputs: a command that leaves a quote or a bracket open and
/// a pasted YAML document go on over several lines.
///
/// - A line that ends in `\` goes on, and so does one with an open quote, brace, bracket or parenthesis; its lines are joined by
///   blanks, which is what a selector or a flow takes between words. A blank line ends it, and so does a line that begins as a
///   command or a flow: what was left open is one mistake, and swallows no further commands.
/// - YAML goes on until a blank line after which nothing that looks like YAML comes, and JSON until its last brace.
/// - `apply <<WORD` goes on until a line that is WORD.
/// - Blank lines and comments (`#`) between inputs are nothing.
package struct InputCollector: Sendable {
  package struct Input: Hashable, Sendable {
    package var text: String
    /// The number of its first line, from 1.
    package var line: Int
  }

  private enum Mode {
    case idle
    case openLine
    case yaml
    case hereDocument(String)
  }

  private var mode = Mode.idle
  private var lines: [String] = []
  private var firstLine = 1
  private var lineCount = 0
  private var balance = LineShape.Balance()

  package init() {}

  /// Is an input begun and not complete?
  package var isOpen: Bool {
    if case .idle = mode { return false }
    return true
  }

  /// Takes the next line, without its newline.
  ///
  /// - Parameter moreIsComing: is another line there already, as when somebody pastes or a script goes on? Then a blank line does
  ///   not end YAML at once.
  /// - Returns: the inputs that are complete now.
  package mutating func add(_ line: String, moreIsComing: Bool) -> [Input] {
    lineCount += 1
    var complete: [Input] = []
    switch mode {
    case .idle: begin(line, &complete)
    case .openLine: continueLine(line, &complete)
    case .yaml: continueYAML(line, moreIsComing: moreIsComing, &complete)
    case .hereDocument(let end):
      lines.append(line)
      if Array(line.utf8) == Array(end.utf8) { finish(&complete) }
    }
    return complete
  }

  /// Nothing more is coming: what is open is complete as it is.
  package mutating func finish() -> [Input] {
    var complete: [Input] = []
    finish(&complete)
    return complete
  }

  /// Drops what is open, as Ctrl-C does.
  package mutating func cancel() {
    lines = []
    mode = .idle
  }

  private mutating func finish(_ complete: inout [Input]) {
    var separator = "\n"
    if case .openLine = mode { separator = " " }
    if !lines.isEmpty { complete.append(Input(text: lines.joined(separator: separator), line: firstLine)) }
    cancel()
  }

  private mutating func begin(_ line: String, _ complete: inout [Input]) {
    let shape = LineShape(line)
    guard !shape.isBlank, !shape.isComment else { return }
    lines = [line]
    firstLine = lineCount
    balance = LineShape.Balance()
    if let end = shape.hereDocumentEnd {
      mode = .hereDocument(end)
    } else if shape.beginsYAML || shape.asksForYAML {
      mode = .yaml
      finishJSON(shape, &complete)
    } else {
      takeOpenLine(shape, &complete)
    }
  }

  /// JSON tells itself where it ends.
  private mutating func finishJSON(_ shape: LineShape, _ complete: inout [Input]) {
    guard lines.first?.utf8.first == UInt8(ascii: "{") else { return }
    shape.count(&balance)
    if !balance.isOpen { finish(&complete) }
  }

  private mutating func continueLine(_ line: String, _ complete: inout [Input]) {
    let shape = LineShape(line)
    guard !shape.isBlank else { return finish(&complete) }
    guard !shape.beginsCommand else {
      finish(&complete)
      return begin(line, &complete)
    }
    lines.append(line)
    takeOpenLine(shape, &complete)
  }

  /// Looks at the last line alone: a long paste is not read again with each line.
  private mutating func takeOpenLine(_ shape: LineShape, _ complete: inout [Input]) {
    shape.count(&balance)
    if shape.endsInBackslash {
      lines[lines.count - 1] = String(
        decoding: Array(shape.bytes.dropLast().reversed().drop(while: Arguments.isBlank).reversed()), as: UTF8.self)
      mode = .openLine
    } else if balance.isOpen {
      mode = .openLine
    } else {
      if lines.count > 1 { mode = .openLine }
      finish(&complete)
    }
  }

  private mutating func continueYAML(_ line: String, moreIsComing: Bool, _ complete: inout [Input]) {
    let shape = LineShape(line)
    if shape.isBlank {
      guard moreIsComing else { return finish(&complete) }
      lines.append(line)
    } else if shape.continuesYAML {
      lines.append(line)
      finishJSON(shape, &complete)
    } else {
      finish(&complete)
      begin(line, &complete)
    }
  }
}
