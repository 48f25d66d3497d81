package import Selector
package import Simulator

/// A comment in a manifest, and what it stands beside.
package struct YAMLComment: Hashable, Sendable {
  /// What stands behind the `#`, without blanks at its ends.
  package var text: ByteString
  /// Where the text begins.
  package var location: SourceLocation
  /// The line that it speaks of: its own, or if there is nothing else on that, the next that holds more than blanks and comments.
  /// `nil` where its document has no more.
  package var line: Int?
  /// The lines of the document before whose first value it stands, alone on its line or on that of the `---`; else `nil`.
  package var headOf: ClosedRange<Int>?
}

/// The comments of a text that begin with a word, in order; none of a document that is no YAML.
///
/// A `#` in a text value begins no comment: the parser knows which bytes are values.
///
/// - Complexity: O(*n*) in the bytes of the text; where the word is nowhere in it, no more than a search.
package func comments(in source: SourceText, beginningWith word: StaticString) -> [YAMLComment] {
  guard ByteSearch.contains(word, in: source.bytes) else { return [] }
  let lines = LineIndex(source.bytes)
  var result: [YAMLComment] = []
  var separatorStart = 0
  for range in DocumentSplitter.documents(in: source.bytes) {
    if let document = try? YAMLParser.parse(source.bytes, in: range) {
      let scan = CommentScan(
        bytes: source.bytes, range: range, separator: separatorStart..<range.lowerBound, document: document)
      result += scan.offsets.map { scan.comment(at: $0, in: source, lines) }
    }
    separatorStart = range.upperBound
  }
  return result.filter { comment in
    comment.text.bytes.starts(with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }
}

/// One document's comments.
private struct CommentScan {
  let bytes: [UInt8]
  let range: Range<Int>
  /// The line of the `---` before it.
  let separator: Range<Int>
  let document: YAMLDocument

  /// Where the first value begins.
  private var head: Int { document.root.map { document.range($0).lowerBound } ?? range.upperBound }

  /// Bytes of values, in which `#` is a character like any other: of a block scalar those below its first line.
  private var values: [Range<Int>] {
    document.nodes.filter { $0.kind == .scalar }.map { node in
      let (start, end) = (Int(node.start), Int(node.end))
      guard node.style == .block else { return start..<max(start, end) }
      let first = min(ByteSearch.newline(in: bytes, from: start) ?? end, end)
      return first..<max(first, end)
    }.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }

  /// Where comments begin.
  var offsets: [Int] {
    var found: [Int] = []
    if let sign = bytes[separator].firstIndex(of: UInt8(ascii: "#")) { found.append(sign) }
    var offset = range.lowerBound
    var next = values[...]
    while offset < range.upperBound {
      if let value = next.first, value.lowerBound <= offset {
        next = next.dropFirst()
        offset = max(offset, value.upperBound)
      } else if bytes[offset] == UInt8(ascii: "#") {
        found.append(offset)
        offset = lineEnd(offset)
      } else {
        offset += 1
      }
    }
    return found
  }

  private func lineEnd(_ offset: Int) -> Int { ByteSearch.newline(in: bytes, from: offset) ?? bytes.count }

  func comment(at offset: Int, in source: SourceText, _ lines: LineIndex) -> YAMLComment {
    let end = lineEnd(offset)
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d }
    let start = bytes[(offset + 1)..<end].firstIndex { !isBlank($0) } ?? end
    let stop = bytes[start..<end].lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    let (line, column) = lines.position(offset)
    let lineStart = offset - column + 1
    let isOnSeparator = separator.contains(offset)
    let isAlone = isOnSeparator || bytes[lineStart..<offset].allSatisfy(isBlank)
    return YAMLComment(
      text: ByteString(bytes[start..<stop]),
      location: SourceLocation(file: source.name, line: line, column: start - lineStart + 1),
      line: isAlone ? nextLine(after: end, lines) : line,
      headOf: isAlone && offset < head
        ? lines.position(range.lowerBound)
          .line...max(lines.position(range.lowerBound).line, lines.position(range.upperBound).line)
        : nil)
  }

  /// The line of the first byte behind an offset that is neither blank nor part of a comment.
  private func nextLine(after offset: Int, _ lines: LineIndex) -> Int? {
    var start = offset + 1
    while start < range.upperBound {
      let end = lineEnd(start)
      let first = bytes[start..<end].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }
      if let first, first != UInt8(ascii: "#") { return lines.position(start).line }
      start = end + 1
    }
    return nil
  }
}
