/// The two families of Internet addresses.
package enum IPFamily: UInt8, Hashable, Sendable {
  case v4 = 4
  case v6 = 6

  /// Bits in an address of this family: 32 or 128.
  @inlinable package var bits: Int { self == .v4 ? 32 : 128 }
}

/// An IPv4 or IPv6 address. The bits are in host order: an IPv4 address stands in the low 32 bits of `low`.
package struct IPAddress: Hashable, Sendable {
  package var family: IPFamily
  package var high: UInt64
  package var low: UInt64

  @inlinable package init(family: IPFamily, high: UInt64, low: UInt64) {
    self.family = family
    self.high = high
    self.low = low
  }

  /// An IPv4 address from its 32 bits in host order: `0x0a000001` is 10.0.0.1.
  @inlinable package init(v4 bits: UInt32) {
    self.init(family: .v4, high: 0, low: UInt64(bits))
  }

  /// 224.0.0.0/4 or ff00::/8.
  @inlinable package var isMulticast: Bool {
    family == .v4 ? low >> 28 == 0xe : high >> 56 == 0xff
  }
}

extension IPAddress: Comparable {
  /// IPv4 before IPv6, then by value.
  package static func < (left: IPAddress, right: IPAddress) -> Bool {
    (left.family.rawValue, left.high, left.low) < (right.family.rawValue, right.high, right.low)
  }
}
