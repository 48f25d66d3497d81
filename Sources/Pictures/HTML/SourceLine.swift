import Reports

/// A line of a manifest as pages show it.
package enum SourceLine {
  /// The text without control characters, a tab as a blank; cut behind so many bytes.
  package static func text(_ line: ArraySlice<UInt8>, widest: Int) -> String {
    let shown = line.last == 0x0d ? line.dropLast() : line
    let text = String(decoding: shown.prefix(widest).map { $0 == 0x09 ? 0x20 : $0 }, as: UTF8.self)
    return Style.visible(text) + (shown.count > widest ? "…" : "")
  }
}
