import Foundation
import Testing

/// The page about explanations shows what the program says.
@Suite struct ExplainPageTests {
  private static let root = (1...3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }

  @Test func exampleIsWhatTheProgramSays() throws {
    let page = try String(contentsOf: Self.root.appendingPathComponent("docs/explain.md"), encoding: .utf8)
    let block = try #require(
      page.components(separatedBy: "```\n$ gatewalk ").dropFirst().first?.components(separatedBy: "\n```").first)
    let parts = block.components(separatedBy: "\n")
    let words = parts[0].components(separatedBy: "'")
    let arguments = words.enumerated().flatMap { $0 % 2 == 1 ? [$1] : $1.split(separator: " ").map(String.init) }
    let result = try Program.run(arguments, folder: Self.root.path)
    #expect(result.status == 0 && result.error.isEmpty)
    #expect(result.out == parts.dropFirst().joined(separator: "\n") + "\n")
  }
}
