/// Markdown for a terminal: its paragraphs filled to a width; blocks of code, lists, tables and headings as they are.
package struct Paragraphs: Sendable {
  private let width: Int

  package init(width: Int) {
    self.width = width
  }

  package func lines(_ markdown: String) -> [String] {
    var lines: [String] = []
    var words: [Substring] = []
    var isCode = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isCode.toggle() }
      if isCode || line.hasPrefix("```") || line.isEmpty || Self.stands(line) {
        lines += filled(words)
        words = []
        lines.append(String(line))
      } else {
        words += line.split(separator: " ")
      }
    }
    return lines + filled(words)
  }

  /// Is it a line that its neighbours do not run into?
  private static func stands(_ line: Substring) -> Bool {
    guard let first = line.first else { return true }
    return first == " " || first == "#" || first == "|" || line.hasPrefix("- ") || (first.isNumber && line.contains(". "))
  }

  private func filled(_ words: [Substring]) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in words {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
