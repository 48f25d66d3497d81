import Testing

@testable import repl

/// Sentences are broken between words, and nothing else is.
@Suite struct ProseWrapTests {
  private func wrap(_ lines: String...) -> [String] { ProseWrap(width: 20).lines(lines) }

  @Test func sentencesAreBroken() {
    #expect(wrap("one two three four five six") == ["one two three four", "five six"])
    #expect(wrap("  one two three four five") == ["  one two three four", "  five"])
    #expect(wrap("  help: say it another way") == ["  help: say it", "  another way"])
    #expect(wrap("a.yaml:3:1: error: no such thing") == ["a.yaml:3:1: error:", "no such thing"])
    #expect(wrap("exactly twenty chars") == ["exactly twenty chars"])
    #expect(wrap("a\none two three four five six") == ["a", "one two three four", "five six"])
  }

  @Test func aLongWordStaysWhole() {
    #expect(wrap("see https://example.org/a/long/way on") == ["see", "https://example.org/a/long/way", "on"])
  }

  /// Colour takes no room, wide characters two columns.
  @Test func columnsAreCounted() {
    #expect(wrap("\u{1b}[1mexactly twenty\u{1b}[0m chars") == ["\u{1b}[1mexactly twenty\u{1b}[0m chars"])
    #expect(wrap("  \u{1b}[2mhelp:\u{1b}[0m say it another way") == ["  \u{1b}[2mhelp:\u{1b}[0m say it", "  another way"])
  }

  @Test(arguments: [
    "policy     order  kind  selects", "   3 | selector: role == 'gateway'", "  selector: role == 'gateway'",
    "- {action: allow, protocol: tcp}", "+   order: 100 and a few words", "", "   ",
  ])
  func everythingElseStays(_ line: String) {
    #expect(wrap(line) == [line])
  }
}
