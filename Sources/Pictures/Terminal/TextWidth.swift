/// How much room text takes in a terminal, and how it is made to fit.
enum TextWidth {
  /// Columns of a text without control characters.
  static func of(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    if scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .enclosingMark
      || scalar.properties.generalCategory == .format
    {
      return 0
    }
    return isWide(scalar) ? 2 : 1
  }

  /// East Asian wide and full-width characters, and pictures (Unicode, UAX 11).
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
      0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f,
      0x1f680...0x1f6ff, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
      true
    default: scalar.properties.isEmojiPresentation
    }
  }

  /// The text in lines of at most so many columns, broken at blanks, and within a word where that is longer than a line.
  static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      let columns = of(word)
      if used > 0, used + 1 + columns <= width {
        line += " \(word)"
        used += 1 + columns
        continue
      }
      if used > 0 { lines.append(line) }
      var pieces = cut(String(word), to: width)
      line = pieces.removeLast()
      used = of(line)
      lines += pieces
    }
    return used > 0 ? lines + [line] : lines
  }

  /// A word in pieces of at most so many columns; one piece at least.
  private static func cut(_ word: String, to width: Int) -> [String] {
    var pieces = [String.UnicodeScalarView()]
    var used = 0
    for scalar in word.unicodeScalars {
      let columns = of(scalar)
      if used + columns > width, used > 0 {
        pieces.append(String.UnicodeScalarView())
        used = 0
      }
      pieces[pieces.count - 1].append(scalar)
      used += columns
    }
    return pieces.map(String.init)
  }

  /// The text, cut with an ellipsis if it takes more columns than there are.
  static func shortened(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    guard of(text) > width else { return text }
    let room = max(0, width - of(ellipsis))
    var used = 0
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard used + of(scalar) <= room else { break }
      kept.append(scalar)
      used += of(scalar)
    }
    return String(kept) + ellipsis
  }
}
