/// A network in CIDR form. Bits beyond the prefix are kept as given, and ignored in `contains`, as Calico tolerates
/// `10.0.0.5/24`.
package struct IPNetwork: Hashable, Sendable {
  package var address: IPAddress
  /// 0 to 32, or 0 to 128.
  package var prefixLength: Int

  /// - Precondition: `prefixLength` is within the family's number of bits.
  package init(address: IPAddress, prefixLength: Int) {
    precondition((0...address.family.bits).contains(prefixLength), "prefix length out of range")
    self.address = address
    self.prefixLength = prefixLength
  }

  /// The network of one address: /32 or /128.
  package init(single address: IPAddress) {
    self.init(address: address, prefixLength: address.family.bits)
  }

  package var family: IPFamily { address.family }

  /// The same network with the bits beyond the prefix cleared.
  package var masked: IPNetwork {
    let mask = Self.mask(family: family, prefixLength: prefixLength)
    return IPNetwork(
      address: IPAddress(family: family, high: address.high & mask.high, low: address.low & mask.low),
      prefixLength: prefixLength)
  }

  package func contains(_ other: IPAddress) -> Bool {
    guard other.family == family else { return false }
    let mask = Self.mask(family: family, prefixLength: prefixLength)
    return (address.high ^ other.high) & mask.high == 0 && (address.low ^ other.low) & mask.low == 0
  }

  /// The mask as two words in host order; for IPv4 `high` is 0 and `low` holds 32 bits.
  package static func mask(family: IPFamily, prefixLength: Int) -> (high: UInt64, low: UInt64) {
    switch family {
    case .v4:
      return (0, prefixLength == 0 ? 0 : (0xffff_ffff << UInt64(32 - prefixLength)) & 0xffff_ffff)
    case .v6 where prefixLength <= 64:
      return (prefixLength == 0 ? 0 : ~0 << UInt64(64 - prefixLength), 0)
    case .v6:
      return (~0, ~0 << UInt64(128 - prefixLength))
    }
  }
}
