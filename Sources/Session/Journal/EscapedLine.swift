/// Text of several lines on one line: `\n`, `\r` and `\\` stand for a newline, a carriage return and a backslash.
package enum EscapedLine {
  package static func escape(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x0a: bytes += Array(#"\n"#.utf8)
      case 0x0d: bytes += Array(#"\r"#.utf8)
      case UInt8(ascii: "\\"): bytes += Array(#"\\"#.utf8)
      default: bytes.append(byte)
      }
    }
    return bytes
  }

  /// What is no escape stays as it is, so that a line that somebody wrote by hand is read too.
  package static func unescape(_ line: some Sequence<UInt8>) -> String {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in line {
      guard isEscaped else {
        if byte == UInt8(ascii: "\\") { isEscaped = true } else { bytes.append(byte) }
        continue
      }
      isEscaped = false
      switch byte {
      case UInt8(ascii: "n"): bytes.append(0x0a)
      case UInt8(ascii: "r"): bytes.append(0x0d)
      case UInt8(ascii: "\\"): bytes.append(byte)
      default: bytes += [UInt8(ascii: "\\"), byte]
      }
    }
    if isEscaped { bytes.append(UInt8(ascii: "\\")) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
