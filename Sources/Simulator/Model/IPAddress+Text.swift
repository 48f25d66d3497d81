extension IPAddress {
  /// Reads `10.0.0.1` or `fd00::1` (also `::ffff:10.0.0.1`, which stays IPv6). Octets with leading zeros, zones and
  /// anything else after the address are refused: `nil`.
  package init?(_ text: String) {
    self.init(utf8: Array(text.utf8)[...])
  }

  /// Reads an address from UTF-8 bytes; the rules of `init(_:)`.
  package init?(utf8 bytes: ArraySlice<UInt8>) {
    if bytes.contains(UInt8(ascii: ":")) {
      guard let words = Self.parseV6(bytes) else { return nil }
      self.init(family: .v6, high: words.high, low: words.low)
    } else {
      guard let bits = Self.parseV4(bytes) else { return nil }
      self.init(v4: bits)
    }
  }

  private static func parseV4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    var bits: UInt32 = 0
    var octets = 0
    var index = bytes.startIndex
    while true {
      var value: UInt32 = 0
      let start = index
      while index < bytes.endIndex, case let digit = bytes[index] &- 0x30, digit < 10 {
        value = value * 10 + UInt32(digit)
        index += 1
        if index - start > 3 { return nil }
      }
      let digits = index - start
      guard digits > 0, value <= 255, digits == 1 || bytes[start] != 0x30 else { return nil }
      bits = bits << 8 | value
      octets += 1
      if index == bytes.endIndex { return octets == 4 ? bits : nil }
      guard octets < 4, bytes[index] == UInt8(ascii: ".") else { return nil }
      index += 1
    }
  }

  private static func parseV6(_ bytes: ArraySlice<UInt8>) -> (high: UInt64, low: UInt64)? {
    var groups: [UInt16] = []
    var gap: Int?
    var index = bytes.startIndex
    if bytes.starts(with: "::".utf8) {
      gap = 0
      index += 2
    }
    while index < bytes.endIndex {
      guard groups.count < 8 else { return nil }
      let end = bytes[index...].firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
      let part = bytes[index..<end]
      if part.contains(UInt8(ascii: ".")) {
        guard end == bytes.endIndex, groups.count <= 6, let v4 = parseV4(part) else { return nil }
        groups += [UInt16(v4 >> 16), UInt16(v4 & 0xffff)]
        break
      }
      guard let group = hexGroup(part) else { return nil }
      groups.append(group)
      if end == bytes.endIndex { break }
      index = end + 1
      if index < bytes.endIndex, bytes[index] == UInt8(ascii: ":") {
        guard gap == nil else { return nil }
        gap = groups.count
        index += 1
      } else if index == bytes.endIndex {
        return nil
      }
    }
    if let gap {
      guard groups.count < 8 else { return nil }
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
    }
    guard groups.count == 8 else { return nil }
    let words = groups.map(UInt64.init)
    return (
      words[0] << 48 | words[1] << 32 | words[2] << 16 | words[3],
      words[4] << 48 | words[5] << 32 | words[6] << 16 | words[7]
    )
  }

  private static func hexGroup(_ part: ArraySlice<UInt8>) -> UInt16? {
    guard (1...4).contains(part.count) else { return nil }
    var value: UInt16 = 0
    for byte in part {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt16(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt16(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt16(byte - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    return value
  }
}

extension IPAddress: CustomStringConvertible {
  /// Dotted quad, or RFC 5952 form: lower case, the longest run of two or more zero groups shortened.
  package var description: String {
    guard family == .v6 else {
      return "\(low >> 24 & 255).\(low >> 16 & 255).\(low >> 8 & 255).\(low & 255)"
    }
    let groups = (0..<8).map { index in
      UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index % 4)))
    }
    var best = 0..<0
    var index = 0
    while index < 8 {
      let end = groups[index...].firstIndex { $0 != 0 } ?? 8
      if end - index >= 2, end - index > best.count { best = index..<end }
      index = max(end, index) + 1
    }
    func joined(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !best.isEmpty else { return joined(0..<8) }
    return joined(0..<best.lowerBound) + "::" + joined(best.upperBound..<8)
  }
}

extension IPNetwork: CustomStringConvertible {
  /// Reads `10.0.0.0/8`, `fd00::/8`, or a bare address as the network of that one address. Anything else is `nil`.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let slash = bytes.firstIndex(of: UInt8(ascii: "/"))
    guard let address = IPAddress(utf8: bytes[..<(slash ?? bytes.endIndex)]) else { return nil }
    guard let slash else {
      self.init(single: address)
      return
    }
    let digits = bytes[(slash + 1)...]
    guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count == 1 || digits.first != 0x30,
      let length = Int(String(decoding: digits, as: UTF8.self)), length <= address.family.bits
    else { return nil }
    self.init(address: address, prefixLength: length)
  }

  package var description: String { "\(address)/\(prefixLength)" }
}
