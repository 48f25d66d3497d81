/// From bytes of a scalar's value back to bytes of the file: for scalars on one line, plain or quoted.
struct ScalarOffsets {
  let value: ArraySlice<UInt8>
  /// The scalar as the file has it, quotes included; its indices are offsets into the file.
  let source: ArraySlice<UInt8>
  let style: YAMLDocument.Style

  /// The file's offset of a byte of the value, or of its end; `nil` where it cannot be told.
  ///
  /// - Complexity: O(*n*) in the bytes of the value.
  func source(of offset: Int) -> Int? {
    var position = source.startIndex
    var escape: UInt8?
    switch style {
    case .plain: break
    case .singleQuoted: (position, escape) = (position + 1, UInt8(ascii: "'"))
    case .doubleQuoted: (position, escape) = (position + 1, UInt8(ascii: "\\"))
    case .block, .plainWithColonInFlow, .blockCollection, .flowCollection: return nil
    }
    for byte in value.prefix(offset) {
      // `''` and `\"` are the escapes that stand for their second byte.
      if position < source.endIndex, source[position] == escape { position += 1 }
      guard position < source.endIndex, source[position] == byte else { return nil }
      position += 1
    }
    return position
  }
}
