import Testing

@testable import Selector

@Suite struct UniqueIDTests {
  /// The vectors of FIPS 180-4's examples and RFC 3874.
  @Test(arguments: [
    ("", 1, "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f"),
    ("abc", 1, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      1,
      "c97ca9a559850ce97a04a96def6d99a9e0e0e2ab14e6b8df265fc0b3"
    ),
    ("a", 1_000_000, "20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67"),
  ])
  func digestIsAsPublished(_ text: String, _ times: Int, _ expected: String) {
    #expect(Self.digest(Array(repeating: Array(text.utf8), count: times).flatMap { $0 }).hex == expected)
  }

  /// Every length around the borders of blocks and of pairs of blocks; what is expected was made with another implementation.
  @Test func everyLengthIsPadded() {
    var digests: [UInt8] = []
    for count in 0..<300 {
      digests += Self.digest((0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + count) }).bytes
    }
    #expect(Self.digest(digests).hex == "d88e0c78201368a96088c911f15d0f9e9d274ff23ac82fc481f92e00")
  }

  private static func digest(_ message: [UInt8]) -> (bytes: [UInt8], hex: String) {
    let words = SHA224.digest(count: message.count) { $0.copyBytes(from: message) }
    let bytes = words.indices.flatMap { index in (0..<4).map { UInt8(words[index] >> (24 - 8 * $0) & 0xff) } }
    return (bytes, bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
  }

  /// Ids that Calico gave (SELECTORS.md, "UniqueID").
  @Test(arguments: [
    ("", "s:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug"),
    ("role == 'frontend'", "s:lJVGDaqTNzSq4oOWKtH8pYj3zM-u5a8vGYAr8Q"),
    ("!(!has(a))", "s:VZFYmDV_Drir7seXQB5vQXF8-34s2nf1b8ItRA"),
    ("!!has(a)", "s:JpRGrxZ4kdS6g7WoF-uG_g7qlh2ipw2zGYBMpQ"),
  ])
  func idIsCalicos(_ text: String, _ id: String) throws {
    #expect(try Selector(ByteString(text)).id == id)
    #expect(UniqueID.make(prefix: "s", content: try Selector(ByteString(text)).canonical) == id)
  }
}
