/// Puts the lines that a person types, pastes or scripts together to inputs: a command that leaves a quote or a bracket open and
/// a pasted YAML document go on over several lines.
///
/// - A line that ends in `\` goes on, and so does one with an open quote, brace, bracket or parenthesis.
/// - YAML goes on until a blank line after which nothing that looks like YAML comes.
/// - `apply <<WORD` goes on until a line that is WORD.
/// - Blank lines and comments (`#`) between inputs are nothing. A blank line ends an open quote or bracket, too, so that nobody
///   is caught.
package struct InputCollector: Sendable {
  package struct Input: Hashable, Sendable {
    package var text: String
    /// The number of its first line, from 1.
    package var line: Int
  }

  private enum Mode {
    case idle
    case openLine
    /// `afterBlank`: a blank line was met, and the next one tells whether the YAML goes on.
    case yaml(afterBlank: Bool)
    case hereDocument(String)
  }

  private var mode = Mode.idle
  private var lines: [String] = []
  private var firstLine = 1
  private var lineCount = 0

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
    case .yaml(let afterBlank): continueYAML(line, afterBlank: afterBlank, moreIsComing: moreIsComing, &complete)
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
    if !lines.isEmpty { complete.append(Input(text: lines.joined(separator: "\n"), line: firstLine)) }
    cancel()
  }

  private mutating func begin(_ line: String, _ complete: inout [Input]) {
    let shape = LineShape(line)
    guard !shape.isBlank, !shape.isComment else { return }
    lines = [line]
    firstLine = lineCount
    if let end = shape.hereDocumentEnd {
      mode = .hereDocument(end)
    } else if shape.beginsYAML || shape.asksForYAML {
      mode = .yaml(afterBlank: false)
    } else {
      continueOpenLine(shape, &complete)
    }
  }

  private mutating func continueLine(_ line: String, _ complete: inout [Input]) {
    // A blank line lets go of a quote that nobody meant to open.
    guard !LineShape(line).isBlank else { return finish(&complete) }
    lines.append(line)
    continueOpenLine(LineShape(lines.joined(separator: "\n")), &complete)
  }

  private mutating func continueOpenLine(_ shape: LineShape, _ complete: inout [Input]) {
    if shape.endsInBackslash {
      lines = [String(decoding: shape.bytes.dropLast(), as: UTF8.self)]
      mode = .openLine
    } else if shape.isUnbalanced {
      mode = .openLine
    } else {
      finish(&complete)
    }
  }

  private mutating func continueYAML(
    _ line: String, afterBlank: Bool, moreIsComing: Bool, _ complete: inout [Input]
  ) {
    let shape = LineShape(line)
    if shape.isBlank {
      guard moreIsComing else { return finish(&complete) }
      lines.append(line)
      mode = .yaml(afterBlank: true)
    } else if shape.continuesYAML {
      lines.append(line)
      mode = .yaml(afterBlank: false)
    } else {
      finish(&complete)
      begin(line, &complete)
    }
  }
}
