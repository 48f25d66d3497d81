import Reports
import Simulator
import Testing

/// The caret stands under what is meant, whatever the line holds.
@Suite struct DiagnosticTextTests {
  private func draw(_ text: String, line: Int = 1, column: Int, length: Int) -> [String] {
    let source = SourceText(name: "a.yaml", bytes: Array(text.utf8))
    let diagnostic = Diagnostic(
      .error, id: "x", at: SourceLocation(file: "a.yaml", line: line, column: column), length: length, "is wrong",
      help: "mend it")
    return DiagnosticText(sources: [source], style: .plain, showsSource: true).lines(diagnostic)
  }

  /// What the caret line marks in the line above it.
  private func marked(_ lines: [String]) -> String {
    let mark = Array(lines[2].unicodeScalars)
    let text = Array(lines[1].unicodeScalars)
    return String(String.UnicodeScalarView(zip(text, mark).filter { $0.1 == "^" || $0.1 == "~" }.map(\.0)))
  }

  @Test(arguments: [
    ("order: ten", 8, 3, "ten"), ("größe: x", 10, 1, "x"), ("\t\tkey: v", 3, 3, "key"), ("日本: 語", 9, 3, "語"),
    ("abc\r\nnext", 1, 3, "abc"), ("last", 4, 9, "t"),
  ])
  func caretMarks(text: String, column: Int, length: Int, expected: String) {
    let lines = draw(text, column: column, length: length)
    #expect(lines[0] == "a.yaml:1:\(column): error: is wrong")
    #expect(marked(lines) == expected, "\(lines)")
    #expect(lines[3] == "  help: mend it")
  }

  @Test func longLinesAreCutAroundTheMark() {
    let text = String(repeating: "a", count: 5_000) + "HERE" + String(repeating: "b", count: 5_000)
    let lines = draw(text, column: 5_001, length: 4)
    #expect(marked(lines) == "HERE")
    #expect(lines[1].utf8.count < 200)
  }

  @Test func noPlaceInTheTextMeansNoExcerpt() {
    #expect(draw("one line", line: 7, column: 1, length: 1) == ["a.yaml:7:1: error: is wrong; mend it"])
    #expect(marked(draw("end", column: 4, length: 0)).isEmpty)
  }

  /// Text from a file cannot steer the terminal.
  @Test func controlCharactersAreShownAsSuch() {
    let lines = draw("a\u{1b}[31mb", column: 1, length: 1)
    #expect(!lines.joined().unicodeScalars.contains("\u{1b}"))
    let place = SourceLocation(file: "a\u{1b}[31m/b\u{9b}2J.yaml", line: 3, column: 1)
    let odd = Diagnostic(.warning, id: "x", at: place, "is odd", help: "mend it")
    let text = DiagnosticText(sources: [], style: .plain, showsSource: true).lines(odd)
    #expect(text == ["a\u{fffd}[31m/b\u{fffd}2J.yaml:3:1: warning: is odd; mend it"])
    #expect(place.shortFileAndLine == "b\u{fffd}2J.yaml:3")
    #expect(Style.visible("x\u{9b}31m\u{7f}") == "x\u{fffd}31m\u{fffd}")
  }
}
