/// SHA-256 (FIPS 180-4), which a page's content security policy names scripts and styles by. SHA-224 is the same from another
/// beginning, and one word shorter.
package enum SHA256 {
  /// The 32 bytes of the digest.
  ///
  /// - Complexity: O(*n*).
  package static func digest(_ message: [UInt8]) -> [UInt8] {
    let begin = SHA224.State(
      a: 0x6a09_e667, b: 0xbb67_ae85, c: 0x3c6e_f372, d: 0xa54f_f53a, e: 0x510e_527f, f: 0x9b05_688c, g: 0x1f83_d9ab,
      h: 0x5be0_cd19)
    let state = begin.after(count: message.count) { $0.copyBytes(from: message) }
    return [state.a, state.b, state.c, state.d, state.e, state.f, state.g, state.h].flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) }
    }
  }
}
