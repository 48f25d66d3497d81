import Simulator

/// The lines of a manifest that make up one rule.
struct SourceExcerpt {
  /// Numbers count from 1. Texts are without control characters.
  let lines: [(number: Int, text: String)]

  /// More lines of a rule than this are left out.
  static let most = 24
  /// A line is not shown beyond this many bytes.
  static let widest = 400

  /// The rule that begins at a place: its first line, and what is indented deeper below it, up to the next rule.
  ///
  /// - Returns: `nil` if the texts do not hold that place.
  /// - Complexity: linear in the text before the rule.
  init?(at location: SourceLocation, in sources: [SourceText]) {
    guard let source = sources.first(where: { $0.name == location.file }) else { return nil }
    var rest = source.bytes[...]
    for _ in 1..<max(1, location.line) {
      guard let end = rest.firstIndex(of: 0x0a) else { return nil }
      rest = rest[(end + 1)...]
    }
    guard !rest.isEmpty else { return nil }
    var lines: [(Int, String)] = []
    var number = location.line
    var depth: Int?
    while !rest.isEmpty, lines.count < Self.most {
      let end = rest.firstIndex(of: 0x0a) ?? rest.endIndex
      let line = rest[..<end]
      let indentation = line.prefix { $0 == 0x20 }.count
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
      if let depth, !isBlank, indentation <= depth, !Self.closes(line) { break }
      if depth == nil { depth = indentation }
      lines.append((number, SourceLine.text(line, widest: Self.widest)))
      number += 1
      rest = rest[min(rest.endIndex, end + 1)...]
      // A rule of JSON ends where its brace is closed.
      if Self.closes(line), indentation == depth, lines.count > 1 { break }
    }
    while let last = lines.last, last.1.allSatisfy({ $0 == " " }) { lines.removeLast() }
    self.lines = lines.map { (number: $0.0, text: $0.1) }
  }

  /// Does the line begin with a brace that closes?
  private static func closes(_ line: ArraySlice<UInt8>) -> Bool {
    line.first { $0 != 0x20 } == UInt8(ascii: "}")
  }
}
