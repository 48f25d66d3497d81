/// The shapes of names that API v1 knows (libcalico-go `lib/validator/validator.go`).
enum NamePattern {
  /// Nodes and tags: letters, digits, `_`, `.`, `-`; 1 to 128.
  case name
  /// Policies, profiles, endpoints: as `name`, and `/`.
  case namespacedName
  /// Interfaces of endpoints: letters, digits, `_`, `-`; 1 to 15.
  case interface
  /// Interfaces of a host, as Linux has them: 1 to 15 bytes, no `/`, no white space.
  case linuxInterface
  /// Letters, digits, `_`, `.`, `/`, `-`; 1 to 512.
  case labelKey
  /// Empty, or up to 63 letters, digits, `_`, `.`, `-` with a letter or digit at the end; of 63 also at the beginning.
  case labelValue

  func matches(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .name: (1...128).contains(bytes.count) && bytes.allSatisfy { Self.isWord($0) || Self.isDotOrDash($0) }
    case .namespacedName: (1...128).contains(bytes.count) && bytes.allSatisfy(Self.isLabelKeyByte)
    case .interface:
      (1...15).contains(bytes.count) && bytes.allSatisfy { Self.isWord($0) || $0 == UInt8(ascii: "-") }
    case .linuxInterface:
      (1...15).contains(bytes.count) && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") }
    case .labelKey: (1...512).contains(bytes.count) && bytes.allSatisfy(Self.isLabelKeyByte)
    case .labelValue: Self.isLabelValue(bytes)
    }
  }

  private static func isLabelValue(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return true }
    return bytes.allSatisfy { isWord($0) || isDotOrDash($0) } && isAlphanumeric(last)
      && (bytes.count <= 62 || bytes.count == 63 && isAlphanumeric(first))
  }

  private static func isLabelKeyByte(_ byte: UInt8) -> Bool {
    isWord(byte) || isDotOrDash(byte) || byte == UInt8(ascii: "/")
  }

  private static func isDotOrDash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") }

  private static func isWord(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == UInt8(ascii: "_") }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
