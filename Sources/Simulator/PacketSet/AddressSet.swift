/// Addresses of both families, exactly.
package struct AddressSet: Hashable, Sendable {
  package var v4: Intervals
  package var v6: Intervals

  package init(v4: Intervals, v6: Intervals) {
    self.v4 = v4
    self.v6 = v6
  }

  package static let none = AddressSet(v4: .none, v6: .none)
  package static let all = AddressSet(v4: Intervals(0...UInt128(UInt32.max)), v6: Intervals(0...UInt128.max))

  package init(_ networks: [IPNetwork]) {
    self.init { family in networks.filter { $0.family == family }.map(\.values) }
  }

  package init(_ addresses: [IPAddress]) {
    self.init { family in addresses.filter { $0.family == family }.map { $0.value...$0.value } }
  }

  private init(_ ranges: (IPFamily) -> [ClosedRange<UInt128>]) {
    self.init(v4: Intervals(ranges(.v4)), v6: Intervals(ranges(.v6)))
  }

  package subscript(family: IPFamily) -> Intervals {
    get { family == .v4 ? v4 : v6 }
    set { if family == .v4 { v4 = newValue } else { v6 = newValue } }
  }

  package var isEmpty: Bool { v4.isEmpty && v6.isEmpty }

  package func intersection(_ other: AddressSet) -> AddressSet {
    AddressSet(v4: v4.intersection(other.v4), v6: v6.intersection(other.v6))
  }

  package func subtracting(_ other: AddressSet) -> AddressSet {
    AddressSet(v4: v4.subtracting(other.v4), v6: v6.subtracting(other.v6))
  }

  /// Those of one family.
  package func only(_ family: IPFamily) -> AddressSet {
    var part = AddressSet.none
    part[family] = self[family]
    return part
  }
}

extension IPAddress {
  /// The address as a number; that of an IPv4 address is below 2³².
  package var value: UInt128 { UInt128(high) << 64 | UInt128(low) }

  /// The address of a family with this number.
  package init(_ family: IPFamily, value: UInt128) {
    self.init(family: family, high: UInt64(truncatingIfNeeded: value >> 64), low: UInt64(truncatingIfNeeded: value))
  }
}

extension IPNetwork {
  /// The numbers of its addresses.
  package var values: ClosedRange<UInt128> {
    let first = masked.address.value
    let hostBits = family.bits - prefixLength
    return first...(hostBits == 128 ? .max : first | ((1 << UInt128(hostBits)) - 1))
  }
}
