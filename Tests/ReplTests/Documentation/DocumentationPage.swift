import Foundation

/// A page of the documentation, by its fenced blocks.
struct DocumentationPage {
  /// Its path from the repository's root.
  let name: String
  var lines: [String]

  /// A block between fences.
  struct Fence {
    /// The word behind the opening fence: `console`, `yaml`; empty if there is none.
    var language: String
    /// The file that the block shows, if a comment `<!-- file: NAME -->` above it says so.
    var file: String?
    /// What stands between the fences, as indices of lines.
    var lines: Range<Int>
    /// How many spaces stand before each line, as in a list.
    var indentation: Int
    /// The backquotes that open and close it: a block that shows another has more.
    var marks: Substring
  }

  init(name: String) throws {
    self.name = name
    let text = try String(contentsOf: Repository.root.appendingPathComponent(name), encoding: .utf8)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  var text: String { lines.joined(separator: "\n") }

  /// The blocks, in their order. A fence that is not closed ends with the page.
  var fences: [Fence] {
    var fences: [Fence] = []
    var open: Fence?
    var file: String?
    for (index, line) in lines.enumerated() {
      let word = line.drop { $0 == " " }
      if let fence = open {
        guard word == fence.marks else { continue }
        fences.append(with(fence) { $0.lines = fence.lines.lowerBound..<index })
        open = nil
      } else if word.hasPrefix("```") {
        let marks = word.prefix { $0 == "`" }
        open = Fence(
          language: String(word.dropFirst(marks.count)), file: file, lines: index + 1..<lines.count,
          indentation: line.count - word.count, marks: marks)
        file = nil
      } else if word.hasPrefix("<!-- file: "), word.hasSuffix(" -->") {
        file = String(word.dropFirst(11).dropLast(4))
      } else if !word.isEmpty {
        file = nil
      }
    }
    return fences + (open.map { [$0] } ?? [])
  }

  /// The lines of a block without their indentation.
  func shown(_ fence: Fence) -> [String] {
    lines[fence.lines].map { String($0.dropFirst(min(fence.indentation, $0.prefix { $0 == " " }.count))) }
  }

  private func with(_ fence: Fence, _ change: (inout Fence) -> Void) -> Fence {
    var fence = fence
    change(&fence)
    return fence
  }
}

/// The repository that these tests belong to.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// What a reader is told to read, as paths from the root. The texts of lessons are not among them: `gatewalk learn --check` runs
  /// what they show.
  static let pages: [String] = {
    let folders = ["docs", "Scenarios"]
    let found = folders.flatMap { folder in
      FileManager.default.subpaths(atPath: root.appendingPathComponent(folder).path)?.map { "\(folder)/\($0)" } ?? []
    }
    return (["README.md", "CONTRIBUTING.md"] + found).filter { $0.hasSuffix(".md") }.sorted()
  }()

  /// What the pages' commands need, copied, so that they may write.
  static func copy(to folder: URL) throws {
    for name in ["README.md", "docs", "Scenarios", "Lessons"] {
      let source = root.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: source.path) else { continue }
      try FileManager.default.copyItem(at: source, to: folder.appendingPathComponent(name))
    }
  }
}
