import Foundation
import Testing

/// The sittings that the documentation shows are what the program does.
@Suite struct SittingTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What a page shows of a session: everything between the command that opens it and the end of its block.
  private func transcript(_ page: URL) throws -> String {
    let text = try String(contentsOf: page, encoding: .utf8)
    let opening = try #require(text.range(of: #"\$ gatewalk repl .*\n"#, options: .regularExpression))
    let end = try #require(text.range(of: "\n```", range: opening.upperBound..<text.endIndex))
    return String(text[opening.upperBound..<end.lowerBound]) + "\n"
  }

  private func run(_ folder: String) throws -> Program.Result {
    try Program.run(
      ["repl", "\(folder)/world.yaml", "--script", "\(folder)/sitting.gatewalk", "--echo"], folder: Self.root.path)
  }

  @Test(arguments: ["nodeport", "lock-out", "memcached"])
  func sitting(_ name: String) throws {
    let folder = "Scenarios/sittings/\(name)"
    let result = try run(folder)
    #expect(result.status == 0 && result.error.isEmpty, "\(result)")
    let shown = try transcript(Self.root.appendingPathComponent("\(folder)/README.md"))
    #expect(result.out == shown, "the page \(folder)/README.md does not show what is:\n\(result.out)")
    #expect(shown.contains("changed 1:"), "a sitting shows what a change does")
  }

  @Test func theReadmeShowsOne() throws {
    let shown = try transcript(Self.root.appendingPathComponent("README.md"))
    let result = try run("Scenarios/sittings/memcached")
    let pieces = shown.split(separator: "\n…\n", omittingEmptySubsequences: false)
    // It may leave pieces out, each marked by a line with an ellipsis, and what is there stands in the same order.
    var rest = result.out[...]
    for piece in pieces {
      let found = try #require(rest.range(of: piece.trimmingCharacters(in: .newlines)), "\(piece)")
      rest = rest[found.upperBound...]
    }
    #expect(shown.count > 400)
  }
}
