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

  /// Do some bytes stand anywhere in others?
  static func contains(_ text: StaticString, in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, text.utf8CodeUnitCount > 0 else { return false }
      var offset = 0
      while offset + text.utf8CodeUnitCount <= buffer.count,
        let found = memchr(base + offset, CInt(text.utf8Start.pointee), buffer.count - offset - text.utf8CodeUnitCount + 1)
      {
        if memcmp(found, text.utf8Start, text.utf8CodeUnitCount) == 0 { return true }
        offset = UnsafeRawPointer(found) - base + 1
      }
      return false
    }
  }
}
