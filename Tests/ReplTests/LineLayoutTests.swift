import Reports
import Session
import Testing

@testable import repl

/// Rows and columns: of a line that is edited, and of the list that completion shows.
@Suite struct LineLayoutTests {
  struct Case {
    var text: String
    var cursor: Int
    var rows: Int
    var row: Int
  }

  /// With a prompt of four columns on a terminal of ten.
  @Test(arguments: [
    Case(text: "", cursor: 0, rows: 1, row: 0),
    Case(text: "abcde", cursor: 5, rows: 1, row: 0),
    // The cursor stands on the row below a full one.
    Case(text: "abcdef", cursor: 6, rows: 2, row: 1),
    Case(text: "abcdefghijklmnopq", cursor: 3, rows: 3, row: 0),
    Case(text: "abcdefghijklmnopq", cursor: 17, rows: 3, row: 2),
    Case(text: "ab\ncd\nef", cursor: 4, rows: 3, row: 1),
    Case(text: "a\tb", cursor: 3, rows: 1, row: 0),
    Case(text: "\u{1}\u{1}\u{1}\u{1}", cursor: 4, rows: 2, row: 1),
  ])
  func rows(_ test: Case) {
    let layout = LineLayout(promptWidth: 4, text: test.text, cursor: test.cursor, width: 10)
    #expect(layout.rows == test.rows && layout.cursorRow == test.row, "\(test): \(layout)")
  }

  @Test func candidatesStandInColumns() {
    let candidates = ["alpha", "beta", "gamma", "delta", "epsilon"].map { Completion.Candidate($0) }
    let completion = Completion(range: 0..<0, candidates: candidates, more: 3)
    func lines(_ width: Int) -> [String] {
      CompletionList(completion: completion, width: width, height: 24, style: .plain).lines
    }
    #expect(lines(80) == ["  alpha    beta     gamma    delta    epsilon", "  … and 3 more"])
    #expect(lines(20) == ["  alpha    delta", "  beta     epsilon", "  gamma", "  … and 3 more"])
    #expect(lines(5).count == 6)
  }

  @Test func notesStandWhereThereIsRoom() {
    let candidates = [Completion.Candidate("web", note: "policy"), Completion.Candidate("worker-1", note: "host endpoint")]
    func lines(_ width: Int) -> [String] {
      CompletionList(completion: Completion(range: 0..<0, candidates: candidates), width: width, height: 24, style: .plain)
        .lines
    }
    #expect(lines(40) == ["  web       policy", "  worker-1  host endpoint"])
    #expect(lines(19).allSatisfy { $0.count < 19 } && lines(19).first == "  web       policy" && lines(19).last == "  worker-1")
  }

  @Test func aLongListFitsTheScreen() {
    let candidates = (0..<200).map { Completion.Candidate("a-rather-long-candidate-\($0)") }
    let lines = CompletionList(
      completion: Completion(range: 0..<0, candidates: candidates, more: 10), width: 60, height: 24, style: .plain
    ).lines
    #expect(lines.count == 22 && lines.last == "  … and 168 more", "\(lines)")
  }
}
