import Glibc
import Simulator
import Testing

@Suite struct AddressTests {
  /// The C library's reading of an address, as bytes in network order.
  private func system(_ text: String) -> [UInt8]? {
    var v4 = in_addr()
    if inet_pton(AF_INET, text, &v4) == 1 { return withUnsafeBytes(of: &v4) { Array($0) } }
    var v6 = in6_addr()
    if inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: &v6) { Array($0) } }
    return nil
  }

  private func bytes(_ address: IPAddress) -> [UInt8] {
    let words = address.family == .v4 ? [address.low << 32] : [address.high, address.low]
    let all = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
    return Array(all.prefix(address.family.bits / 8))
  }

  private func check(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    #expect(IPAddress(text).map(bytes) == system(text), "\(text)", sourceLocation: sourceLocation)
  }

  @Test func readsWhatTheSystemReads() {
    let texts = [
      "0.0.0.0", "255.255.255.255", "10.0.0.1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "", "1..2.3",
      "::", "::1", "1::", "fd00::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9",
      "1::2::3", ":::", "1:", ":1", "::ffff:10.0.0.1", "1:2:3:4:5:6:10.0.0.1", "1:2:3:4:5:6:7:10.0.0.1",
      "::10.0.0.1:1", "::10.0.0.256", "12345::", "g::", "fe80::1%eth0", "FD00::ABCD", "10.0.0.1/8", "1:2:3:4:5:6:7",
      "::1:2:3:4:5:6:7", "::1:2:3:4:5:6:7:8", "1.2.3.-4", "١.2.3.4",
    ]
    for text in texts { check(text) }
    var random = SeededGenerator(seed: 1)
    let alphabet = Array("0123456789abcf:.:.:")
    for _ in 0..<20_000 {
      check(String((0..<random.below(20)).map { _ in random.pick(alphabet) }))
    }
  }

  @Test func printsWhatTheSystemPrints() throws {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<5_000 {
      let mask: UInt64 = random.pick([~0, 0, 0xffff, 0xffff_0000_0000_ffff, 0xf0f0_0000_0000_0000])
      var high = random.next() & mask
      let low = random.next() & random.pick([~0, 0, 0xffff, 0xffff_0000_0000_0000])
      // The system prints these with a dotted quad inside, which RFC 5952 leaves open.
      if high == 0, low >> 32 == 0 || low >> 32 == 0xffff { high = 0x2001_0db8_0000_0000 }
      let address = IPAddress(family: .v6, high: high, low: low)
      var raw = in6_addr()
      withUnsafeMutableBytes(of: &raw) { $0.copyBytes(from: bytes(address)) }
      var buffer = [CChar](repeating: 0, count: 64)
      _ = inet_ntop(AF_INET6, &raw, &buffer, 64)
      let expected = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      #expect(address.description == expected)
      #expect(IPAddress(address.description) == address)
    }
  }

  @Test func networksContainByTheirLeadingBits() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<5_000 {
      let isV4 = random.oneIn(2)
      func draw() -> IPAddress {
        isV4
          ? IPAddress(v4: UInt32(truncatingIfNeeded: random.next() & random.pick([0xff, 0xffff_ffff, 0x8000_0001])))
          : IPAddress(family: .v6, high: random.next() & random.pick([0, ~0]), low: random.next() & random.pick([3, ~0]))
      }
      let (left, right) = (draw(), draw())
      let length = random.below(left.family.bits + 1)
      let bits: (IPAddress) -> [Bool] = { address in
        bytes(address).flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 == 1 } }
      }
      let expected = bits(left).prefix(length) == bits(right).prefix(length)
      let network = IPNetwork(address: left, prefixLength: length)
      #expect(network.contains(right) == expected, "\(network) \(right)")
      #expect(network.masked.contains(right) == expected)
      #expect(IPNetwork(network.description) == network)
    }
  }

  @Test(arguments: [
    "10.0.0.0/33", "10.0.0.0/", "/8", "10.0.0.0/08", "10.0.0.0/-1", "::/129", "10.0.0/8", "10.0.0.0/8/8", "10.0.0.0/+8",
  ])
  func refusesBrokenNetworks(text: String) {
    #expect(IPNetwork(text) == nil)
  }
}
