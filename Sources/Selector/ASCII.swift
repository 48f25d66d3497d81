/// The bytes that the selector language gives a meaning, and its classes of bytes.
enum ASCII {
  static let tab = UInt8(ascii: "\t")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")

  /// `[A-Za-z0-9_./-]`, of which labels are made.
  @inline(__always) static func isLabelByte(_ byte: UInt8) -> Bool {
    // One bit per byte value below 64: `-`, `.`, `/`, `0`…`9`; from 64 on: `A`…`Z`, `_`, `a`…`z`.
    let low: UInt64 = 0x03ff_e000_0000_0000
    let high: UInt64 = 0x07ff_fffe_87ff_fffe
    guard byte < 128 else { return false }
    return ((byte < 64 ? low : high) >> UInt64(byte & 63)) & 1 == 1
  }

  /// `[A-Za-z0-9_]`, the word bytes of `\b` in the regular expressions of Calico v2.
  static func isWordByte(_ byte: UInt8) -> Bool {
    isLabelByte(byte) && byte != UInt8(ascii: "-") && byte != UInt8(ascii: ".") && byte != UInt8(ascii: "/")
  }

  /// Space and tab, which may stand between tokens.
  @inline(__always) static func isBlank(_ byte: UInt8) -> Bool {
    byte == space || byte == tab
  }

  /// `\s` of Go's regular expressions: blanks, line feed, form feed and carriage return.
  static func isRegexSpace(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == UInt8(ascii: "\n") || byte == 0x0c || byte == UInt8(ascii: "\r")
  }
}
