/// Breaks sentences between words where the terminal is too narrow for them; what is drawn in columns stays as it is.
struct ProseWrap {
  let width: Int

  func lines(_ lines: [String]) -> [String] { lines.flatMap(wrap) }

  private func wrap(_ text: String) -> [String] {
    // What a terminal does with a newline begins a line like any other.
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
      let line = String(line)
      guard Self.columns(line[...]) > width, Self.isProse(line) else { return [line] }
      return broken(line)
    }
  }

  private func broken(_ line: String) -> [String] {
    let indentation = line.prefix { $0 == " " }
    var lines: [String] = []
    var current = String(indentation)
    var used = indentation.utf8.count
    for word in line.dropFirst(indentation.count).split(separator: " ") {
      let columns = Self.columns(word)
      let isFirst = used == indentation.utf8.count
      if !isFirst, used + 1 + columns > width {
        lines.append(current)
        (current, used) = (String(indentation + word), indentation.utf8.count + columns)
      } else {
        current += (isFirst ? "" : " ") + word
        used += columns + (isFirst ? 0 : 1)
      }
    }
    return lines + [current]
  }

  /// Tables have runs of blanks, excerpts a margin; YAML and diffs begin as no sentence does.
  private static func isProse(_ line: String) -> Bool {
    let text = plain(line[...]).drop { $0 == " " }
    guard !text.contains("  "), !text.contains("|") else { return false }
    let words = text.split(separator: " ", maxSplits: 2)
    guard let first = words.first else { return false }
    // `error: …`, or with its place before it.
    if words.prefix(2).contains(where: { ["help:", "note:", "error:", "warning:"].contains($0) }) { return true }
    // A finding: its place, its severity, its id.
    if words.count > 1, ["error", "warning", "info"].contains(words[1]) { return true }
    if first.last == ":" { return false }
    return !["-", "+", "#", "@", "^", "~", "{", "[", "\""].contains(first.prefix(1))
  }

  // MARK: Columns

  private static func columns(_ text: Substring) -> Int {
    LineLayout.width(of: plain(text))
  }

  /// Without escape sequences, which take no room.
  private static func plain(_ text: Substring) -> String {
    var plain = String.UnicodeScalarView()
    var isEscape = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1b}" {
        isEscape = true
      } else if !isEscape {
        plain.append(scalar)
      } else if scalar.properties.isAlphabetic {
        isEscape = false
      }
    }
    return String(plain)
  }
}
