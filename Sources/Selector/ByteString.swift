/// A piece of text compared, ordered and hashed by its UTF-8 bytes.
///
/// Labels, names and selectors are byte strings in Calico. `String` compares by canonical equivalence, where `"é"` written
/// in two ways is equal and `"\r\n"` is one character; a `ByteString` does neither, and may hold bytes that are no UTF-8.
///
///     ByteString("e\u{301}") == ByteString("\u{e9}")   // false
package struct ByteString: Hashable, Sendable {
  package var bytes: [UInt8]

  @inlinable package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  package init(_ slice: ArraySlice<UInt8>) {
    bytes = Array(slice)
  }

  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  package init(_ text: Substring) {
    bytes = Array(text.utf8)
  }

  @inlinable package var isEmpty: Bool { bytes.isEmpty }
  @inlinable package var count: Int { bytes.count }

  /// The text for people; bytes that are no UTF-8 become U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package func hasPrefix(_ prefix: ByteString) -> Bool {
    bytes.starts(with: prefix.bytes)
  }
}

extension ByteString: Comparable {
  /// Byte-wise order, a prefix before what it begins.
  package static func < (left: ByteString, right: ByteString) -> Bool {
    left.compare(to: right.bytes.span) < 0
  }

  /// Less than, equal to or greater than zero, as these bytes stand before, with or after others.
  func compare(to other: Span<UInt8>) -> Int {
    Self.order(bytes.span, other)
  }

  /// Less than, equal to or greater than zero, as the left bytes stand before, with or after the right ones.
  static func order(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return Int(left[index]) - Int(right[index])
    }
    return left.count - right.count
  }
}

extension ByteString {
  /// Hashes all bytes at once; an array would hash them one by one.
  package func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension ByteString: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) {
    self.init(value)
  }
}

extension ByteString: CustomStringConvertible {
  package var description: String { text }
}
