/// Turns libyaml's marks, which count code points, into byte offsets.
///
/// Text that is ASCII throughout needs no table; other text gets one entry per 64 code points.
struct CodePointIndex {
  private static let stride = 64
  private var checkpoints: [Int] = []
  private let bytes: UnsafeBufferPointer<UInt8>

  /// - Complexity: O(*n*) in the bytes of the text.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    guard !Self.isASCII(bytes) else { return }
    var codePoints = 0
    for offset in 0..<bytes.count where Self.begins(bytes[offset]) {
      if codePoints % Self.stride == 0 { checkpoints.append(offset) }
      codePoints += 1
    }
  }

  /// The byte offset of a code point; the end of the text for one beyond it.
  func byteOffset(_ codePoint: Int) -> Int {
    if checkpoints.isEmpty { return min(codePoint, bytes.count) }
    guard codePoint / Self.stride < checkpoints.count else { return bytes.count }
    var offset = checkpoints[codePoint / Self.stride]
    var left = codePoint % Self.stride
    while left > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, !Self.begins(bytes[offset]) { offset += 1 }
      left -= 1
    }
    return offset
  }

  private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    let words = raw.count / 8
    for word in 0..<words
    where raw.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 {
      return false
    }
    for offset in words * 8..<raw.count where raw[offset] >= 0x80 { return false }
    return true
  }

  private static func begins(_ byte: UInt8) -> Bool { byte & 0xc0 != 0x80 }
}
