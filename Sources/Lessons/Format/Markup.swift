import Reports

/// The marks within a line of Markdown: on a terminal with colour they become bold, elsewhere they stay.
enum Markup {
  static func dressed(_ text: String, _ style: Style) -> String {
    guard style.hasColour else { return text }
    return pieces(text.split(separator: "`", omittingEmptySubsequences: false), between: "`") { piece in
      style.bold(String(piece))
    } outside: { piece in
      strong(String(piece), style)
    }
  }

  private static func strong(_ text: String, _ style: Style) -> String {
    var parts: [Substring] = []
    var rest = text[...]
    while let mark = rest.firstRange(of: "**") {
      parts.append(rest[..<mark.lowerBound])
      rest = rest[mark.upperBound...]
    }
    parts.append(rest)
    return pieces(parts, between: "**") {
      style.bold(String($0))
    } outside: {
      String($0)
    }
  }

  /// Every second piece stands between two marks; a mark without a partner stays.
  private static func pieces(
    _ parts: [Substring], between mark: String, inside: (Substring) -> String, outside: (Substring) -> String
  ) -> String {
    var text = ""
    for (index, part) in parts.enumerated() {
      if index % 2 == 0 {
        text += outside(part)
      } else if index == parts.count - 1 {
        text += mark + outside(part)
      } else {
        text += inside(part)
      }
    }
    return text
  }
}
