/// Cuts a stream into documents as calicoctl does: at the bytes `\n---`, whatever they are part of, dropping the rest of
/// that line. A `---` at the very beginning stays in its document, where it is harmless (calicoctl 1.4
/// `util/yaml/separator.go`).
enum DocumentSplitter {
  /// The byte ranges of the documents, in order. A text of no bytes has none, nor does the end after a last `---`.
  ///
  /// - Complexity: O(*n*) in the bytes of the text.
  static func documents(in bytes: [UInt8]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    var cursor = start
    while cursor < bytes.count {
      guard let newline = ByteSearch.newline(in: bytes, from: cursor) else { break }
      cursor = newline + 1
      guard isSeparator(bytes, at: cursor) else { continue }
      result.append(start..<newline)
      start = ByteSearch.newline(in: bytes, from: cursor).map { $0 + 1 } ?? bytes.count
      cursor = start
    }
    if start < bytes.count { result.append(start..<bytes.count) }
    return result
  }

  private static func isSeparator(_ bytes: [UInt8], at offset: Int) -> Bool {
    let dash = UInt8(ascii: "-")
    return offset + 2 < bytes.count && bytes[offset] == dash && bytes[offset + 1] == dash && bytes[offset + 2] == dash
  }
}
