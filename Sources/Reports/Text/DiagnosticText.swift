package import Simulator

/// Draws diagnostics for people: place, severity, message, the line with a caret under it, and what to do.
package struct DiagnosticText: Sendable {
  private let style: Style
  /// Does the source line follow? On a terminal it does; in a log one line a problem is better.
  private let showsSource: Bool
  private let sources: [String: SourceText]

  package init(sources: [SourceText], style: Style, showsSource: Bool) {
    self.sources = Dictionary(sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.style = style
    self.showsSource = showsSource
  }

  /// The lines for one diagnostic: `file:line:column: error: message, help`.
  package func lines(_ diagnostic: Diagnostic) -> [String] {
    let severity = diagnostic.severity == .error ? style.bad("error:") : style.warning("warning:")
    return lines(
      severity, diagnostic.message, at: diagnostic.location, length: diagnostic.length, help: diagnostic.help)
  }

  /// The same for anything that has a place: its line with what it is called first, the excerpt, and lines on what belongs to
  /// it, which stand behind the message in a log and
  /// where there is no line to show.
  ///
  /// - Parameter notes: further places and what is to be said about them.
  func lines(
    _ label: String, _ message: String, at location: SourceLocation?, length: Int,
    notes: [(location: SourceLocation?, message: String)] = [], help: String?
  ) -> [String] {
    let first = "\(place(location))\(label) \(Style.visible(message))"
    guard showsSource, let location, let excerpt = excerpt(location, length: length) else {
      return [first + Self.inLog(notes) + (help.map { "; \(Style.visible($0))" } ?? "")]
    }
    return [first] + excerpt
      + notes.map { "  \(style.dim("note:")) \(place($0.location))\(Style.visible($0.message))" }
      + (help.map { ["  \(style.dim("help:")) \(Style.visible($0))"] } ?? [])
  }

  private func place(_ location: SourceLocation?) -> String {
    location.map { style.bold(Style.visible("\($0):")) + " " } ?? ""
  }

  private static func inLog(_ notes: [(location: SourceLocation?, message: String)]) -> String {
    if notes.isEmpty { return "" }
    let texts = notes.map { note in note.message + (note.location.map { " at \($0.fileAndLine)" } ?? "") }
    return Style.visible(" (\(texts.joined(separator: ", ")))")
  }

  private func excerpt(_ location: SourceLocation, length: Int) -> [String]? {
    guard let source = sources[location.file], let line = Self.line(location.line, of: source.bytes) else { return nil }
    return Self.excerpt(line: line, from: location.column - 1, length: length, style: style)
  }

  /// Line `number`, counted from 1, without its end; `nil` if the text has fewer.
  private static func line(_ number: Int, of bytes: [UInt8]) -> ArraySlice<UInt8>? {
    var start = 0
    var current = 1
    while current < number {
      guard let end = bytes[start...].firstIndex(of: 0x0a) else { return nil }
      start = end + 1
      current += 1
    }
    let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
    let line = bytes[start..<end]
    return line.last == 0x0d ? line.dropLast() : line
  }

  /// A line of input and a caret under the bytes meant; long lines are cut around them.
  ///
  /// - Parameter offset: first byte meant, from 0.
  package static func excerpt(line: ArraySlice<UInt8>, from offset: Int, length: Int, style: Style) -> [String] {
    let bytes = Array(line)
    let from = min(max(0, offset), bytes.count)
    let to = min(bytes.count, from + max(0, length))
    var first = 0
    if from > 60 {
      first = from - 40
      while first < from, bytes[first] & 0xc0 == 0x80 { first += 1 }
    }
    var last = min(bytes.count, max(to, first + 100))
    last = min(last, first + 160)
    while last < bytes.count, last > from, bytes[last] & 0xc0 == 0x80 { last -= 1 }
    let shown = visible(bytes[first..<last])
    let before = visible(bytes[first..<from]).unicodeScalars.count
    let marked = max(1, visible(bytes[from..<max(from, min(to, last))]).unicodeScalars.count)
    let prefix = first > 0 ? "…" : ""
    let margin = "  " + style.dim("|") + " "
    return [
      margin + prefix + shown + (last < bytes.count ? "…" : ""),
      margin + String(repeating: " ", count: before + prefix.count)
        + style.bad("^" + String(repeating: "~", count: marked - 1)),
    ]
  }

  private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
    Style.visible(String(decoding: bytes, as: UTF8.self).replacingTabs)
  }
}

extension String {
  /// Tabs as one blank, so that a caret stands right.
  fileprivate var replacingTabs: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\t" ? " " : $0 }))
  }
}
