/// How text for people is dressed: in colour on a terminal, plain elsewhere.
package struct Style: Sendable {
  package var hasColour: Bool

  package init(hasColour: Bool) {
    self.hasColour = hasColour
  }

  package static let plain = Style(hasColour: false)

  private func dress(_ text: String, _ code: String) -> String {
    hasColour ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }

  package func bold(_ text: String) -> String { dress(text, "1") }
  package func dim(_ text: String) -> String { dress(text, "2") }
  package func good(_ text: String) -> String { dress(text, "1;32") }
  package func bad(_ text: String) -> String { dress(text, "1;31") }
  package func warning(_ text: String) -> String { dress(text, "1;33") }

  /// Takes control characters out of text that came from a file, so that it cannot steer a terminal.
  package static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }) else {
      return text
    }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) ? "\u{fffd}" : $0 }))
  }
}
