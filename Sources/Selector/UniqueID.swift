/// Calico's unique ids: a prefix, a colon, and the SHA-224 of all of it in base64url without padding
/// (SELECTORS.md, "UniqueID").
package enum UniqueID {
  /// The id of some content, 38 characters and the prefix long: `make(prefix: "s", content: "all()")` is
  /// `s:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug`.
  ///
  /// - Complexity: O(*n*).
  package static func make(prefix: String, content: ByteString) -> String {
    let head = prefix.utf8.count + 1
    let digest = content.bytes.withUnsafeBytes { content in
      SHA224.digest(count: head + content.count) { message in
        put(prefix, into: message)
        UnsafeMutableRawBufferPointer(rebasing: message[head...]).copyMemory(from: content)
      }
    }
    // Letters are written four at a time, two more at the end than the id has.
    return String(unsafeUninitializedCapacity: head + 40) { output in
      put(prefix, into: UnsafeMutableRawBufferPointer(output))
      encode(digest, into: UnsafeMutableBufferPointer(rebasing: output[head...]))
      return head + 38
    }
  }

  private static func put(_ prefix: String, into output: UnsafeMutableRawBufferPointer) {
    var end = 0
    for byte in prefix.utf8 {
      output[end] = byte
      end &+= 1
    }
    output[end] = UInt8(ascii: ":")
  }

  /// Writes ten times four letters of RFC 4648's URL alphabet, for 24 bits each; behind the digest stand zeros.
  private static func encode(_ digest: [7 of UInt32], into output: UnsafeMutableBufferPointer<UInt8>) {
    @inline(__always) func put(_ bits: UInt64, _ group: Int) {
      let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
      let letters = alphabet.utf8Start
      output[4 &* group] = letters[Int(truncatingIfNeeded: bits &>> 18 & 63)]
      output[4 &* group &+ 1] = letters[Int(truncatingIfNeeded: bits &>> 12 & 63)]
      output[4 &* group &+ 2] = letters[Int(truncatingIfNeeded: bits &>> 6 & 63)]
      output[4 &* group &+ 3] = letters[Int(truncatingIfNeeded: bits & 63)]
    }
    // Three words make four groups.
    for third in 0..<2 {
      let first = UInt64(digest[3 * third]) << 32 | UInt64(digest[3 * third + 1])
      let second = first << 32 | UInt64(digest[3 * third + 2])
      put(first >> 40, 4 * third)
      put(first >> 16, 4 * third + 1)
      put(second >> 24, 4 * third + 2)
      put(second, 4 * third + 3)
    }
    put(UInt64(digest[6]) >> 8, 8)
    put(UInt64(digest[6]) << 16, 9)
  }
}
