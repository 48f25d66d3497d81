import Foundation
import Session
import Testing

@testable import repl

/// The history as a list, and as a file that sessions share.
@Suite struct HistoryTests {
  @Test func eachEntryOnce() {
    var history = History(["a", "b", "a", "c", " hidden", ""])
    #expect(history.entries == ["b", "a", "c"])
    _ = history.add("b")
    #expect(history.entries == ["a", "c", "b"])
    _ = history.add("b")
    _ = history.add(" hidden")
    _ = history.add("\thidden")
    _ = history.add("new\nlines")
    #expect(history.entries == ["a", "c", "b", "new\nlines"])
  }

  @Test func itIsBounded() {
    var history = History((0..<History.limit + 7).map { "entry \($0)" })
    #expect(history.entries.count == History.limit && history.entries.first == "entry 7")
    _ = history.add("one more")
    #expect(history.entries.count == History.limit && history.entries.first == "entry 8" && history.entries.last == "one more")
    let large = String(repeating: "x", count: 1 << 19)
    let few = History((0..<20).map { "\($0)" + large })
    #expect(few.entries.count == 7 && few.entries.last?.hasPrefix("19x") == true)
  }

  @Test func sessionsShareAFile() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let folder = StateFolder(path: scratch.folder.path + "/deep/down/gatewalk")
    let (one, other) = (HistoryFile(in: folder), HistoryFile(in: folder))
    #expect(try one.load().entries.isEmpty)
    for entry in ["a", "two\nlines \\n \\ \r"] { try one.append(entry) }
    for entry in ["b", "a"] { try other.append(entry) }
    try one.tidy()
    try one.append("c")
    #expect(try other.load().entries == ["two\nlines \\n \\ \r", "b", "a", "c"])
    let text = try String(contentsOfFile: folder.path + "/history", encoding: .utf8)
    #expect(text == "two\\nlines \\\\n \\\\ \\r\nb\na\nc\n")
    for (name, mode) in [("", 0o700), ("/history", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + name)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
    }
  }

  @Test func anEntryAfterABrokenLineIsOneOfItsOwn() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try scratch.write("history", "whole\nhal")
    let file = HistoryFile(in: StateFolder(path: scratch.folder.path))
    try file.append("next")
    #expect(try file.load().entries == ["whole", "hal", "next"])
  }

  /// Many at once: no entry of anybody is lost.
  @Test func nothingIsLost() async throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let file = HistoryFile(in: StateFolder(path: scratch.folder.path))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for session in 0..<4 {
        group.addTask {
          for number in 0..<50 {
            try file.append("\(session) \(number)")
            if number % 10 == session { try file.tidy() }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try file.load().entries.count == 200)
  }
}
