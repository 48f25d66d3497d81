import Simulator

/// Turns our columns, which count bytes, into those of other formats, which count code points.
struct SourceColumns {
  /// A stretch of one line; columns from 1, the end excluded.
  struct Region: Equatable {
    var line: Int
    var start: Int
    var end: Int
  }

  private struct Source {
    var bytes: [UInt8]
    var lineStarts: [Int]
  }

  private let sources: [String: Source]

  /// - Complexity: O(*n*) in the bytes of the texts.
  init(_ sources: [SourceText]) {
    self.sources = Dictionary(
      sources.map { ($0.name, Source(bytes: $0.bytes, lineStarts: Self.lineStarts($0.bytes))) }, uniquingKeysWith: { $1 })
  }

  private static func lineStarts(_ bytes: [UInt8]) -> [Int] {
    // A byte order mark is no column.
    [bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0] + bytes.indices.filter { bytes[$0] == 0x0a }.map { $0 + 1 }
  }

  /// The code points that so many bytes from a place on belong to, on its line; at least one. Where the text is not known,
  /// bytes have to do.
  func region(_ location: SourceLocation, length: Int) -> Region {
    guard let source = sources[location.file], source.lineStarts.indices.contains(location.line - 1) else {
      return Region(line: location.line, start: location.column, end: location.column + max(1, length))
    }
    let first = source.lineStarts[location.line - 1]
    // Columns count from the first byte of the file, its mark included.
    let from = location.line == 1 ? location.column - 1 : first + location.column - 1
    let lineEnd = source.bytes[min(first, source.bytes.count)...].firstIndex(of: 0x0a) ?? source.bytes.count
    let start = min(max(first, from), lineEnd)
    let end = min(max(start, from + max(1, length)), lineEnd)
    let before = Self.codePoints(source.bytes[first..<start])
    return Region(line: location.line, start: before + 1, end: before + 1 + max(1, Self.codePoints(source.bytes[start..<end])))
  }

  /// The place of a byte of a text, which need not be on a line with others.
  func position(_ offset: Int, in file: String) -> (line: Int, column: Int)? {
    guard let source = sources[file], offset <= source.bytes.count else { return nil }
    var (low, high) = (0, source.lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if source.lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = source.lineStarts[low]
    return (low + 1, Self.codePoints(source.bytes[min(start, offset)..<offset]) + 1)
  }

  private static func codePoints(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xc0 != 0x80 } }
}
