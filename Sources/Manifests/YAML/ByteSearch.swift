import Glibc

/// Searches by the C library, which looks at many bytes at once, in debug builds too.
enum ByteSearch {
  /// The offset of the first line feed at or after an offset.
  static func newline(in bytes: [UInt8], from offset: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard offset < buffer.count, let base = buffer.baseAddress,
        let found = memchr(base + offset, CInt(UInt8(ascii: "\n")), buffer.count - offset)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}
