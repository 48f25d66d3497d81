import Simulator

/// Test input in which `«` and `»` enclose the text that a diagnostic is expected to underline.
struct MarkedText {
  struct Mark: Equatable {
    var line: Int
    var column: Int
    var text: String
  }

  /// The input without its marks.
  var source: SourceText
  var marks: [Mark] = []

  init(_ marked: String, name: String = "test.yaml") {
    var bytes: [UInt8] = []
    var open: (line: Int, column: Int, offset: Int)?
    var (line, column) = (1, 1)
    for scalar in marked.unicodeScalars {
      if scalar == "«" {
        open = (line, column, bytes.count)
      } else if scalar == "»", let start = open {
        marks.append(
          Mark(line: start.line, column: start.column, text: String(decoding: bytes[start.offset...], as: UTF8.self))
        )
      } else {
        bytes += Array(String(scalar).utf8)
        column += String(scalar).utf8.count
        if scalar == "\n" { (line, column) = (line + 1, 1) }
      }
    }
    source = SourceText(name: name, bytes: bytes)
  }

  /// What a diagnostic underlines, found by its line, column and length alone.
  static func underlined(_ diagnostic: Diagnostic, in source: SourceText) -> Mark? {
    guard let location = diagnostic.location, location.file == source.name else { return nil }
    let lines = source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard location.line <= lines.count else { return nil }
    let line = lines[location.line - 1].dropFirst(location.column - 1)
    return Mark(
      line: location.line,
      column: location.column,
      text: String(decoding: line.prefix(diagnostic.length), as: UTF8.self)
    )
  }
}
