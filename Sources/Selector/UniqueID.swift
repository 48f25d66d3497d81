/// Calico's unique ids: a prefix, a colon, and the SHA-224 of all of it in base64url without padding
/// (SELECTORS.md, "UniqueID").
package enum UniqueID {
  /// The id of some content, 38 characters and the prefix long: `make(prefix: "s", content: "all()")` is
  /// `s:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug`.
  ///
  /// - Complexity: O(*n*).
  package static func make(prefix: String, content: ByteString) -> String {
    var message: [UInt8] = []
    message.reserveCapacity(prefix.utf8.count + 1 + content.count)
    message.append(contentsOf: prefix.utf8)
    message.append(UInt8(ascii: ":"))
    message.append(contentsOf: content.bytes)
    let digest = SHA224.digest(of: message)
    let head = prefix.utf8.count + 1
    return String(unsafeUninitializedCapacity: head + 38) { output in
      for index in 0..<head { output[index] = message[index] }
      encode(digest, into: UnsafeMutableBufferPointer(rebasing: output[head...]))
      return head + 38
    }
  }

  /// Writes 38 letters of RFC 4648's URL alphabet: 37 of six bits each, and one for the two bits that are left.
  private static func encode(_ digest: [7 of UInt32], into output: UnsafeMutableBufferPointer<UInt8>) {
    let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    let letters = alphabet.utf8Start
    var pending: UInt64 = 0
    var bits: UInt64 = 0
    var count = 0
    for index in digest.indices {
      pending = pending << 32 | UInt64(digest[index])
      bits += 32
      while bits >= 6 {
        bits -= 6
        output[count] = letters[Int(pending >> bits & 63)]
        count += 1
      }
    }
    output[count] = letters[Int(pending << (6 - bits) & 63)]
  }
}
