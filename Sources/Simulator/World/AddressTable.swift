/// A hash table from addresses, or networks, to small integers, flat in memory: one probe sequence, no allocation per
/// look-up.
struct AddressTable: Sendable {
  /// What an entry is about: an address of one family, or networks of one length.
  struct Kind: Equatable {
    fileprivate let number: UInt16

    /// Addresses.
    fileprivate init(_ family: IPFamily) { number = UInt16(family.rawValue) }

    /// Networks shorter than an address.
    init(_ family: IPFamily, prefixLength: Int) { number = UInt16(family.rawValue) << 8 | UInt16(prefixLength) }
  }

  private struct Slot {
    var high: UInt64 = 0
    var low: UInt64 = 0
    /// -1: free.
    var value: Int32 = -1
    var kind: UInt16 = 0
  }

  /// An IPv4 address. They are most of all, and a third of the size means fewer waits for memory.
  private struct ShortSlot {
    var address: UInt32 = 0
    var value: Int32 = -1
  }

  private var short: [ShortSlot] = Array(repeating: ShortSlot(), count: 4)
  private var long: [Slot] = Array(repeating: Slot(), count: 4)
  private var shortCount = 0
  private var longCount = 0

  var count: Int { shortCount + longCount }

  /// The number stored for an address; -1 if there is none.
  ///
  /// - Complexity: O(1) on average.
  subscript(address: IPAddress) -> Int32 {
    @inline(__always) get {
      guard address.family == .v4 else { return find(high: address.high, low: address.low, Kind(.v6)) }
      return short[shortSlot(UInt32(truncatingIfNeeded: address.low))].value
    }
  }

  /// The number stored for a network, or an IPv6 address; -1 if there is none.
  func find(high: UInt64, low: UInt64, _ kind: Kind) -> Int32 { long[longSlot(high, low, kind)].value }

  /// Stores `value` unless the address has one already; returns the value that counts.
  ///
  /// - Precondition: `value` is not negative.
  @discardableResult
  mutating func insert(_ address: IPAddress, _ value: Int32) -> Int32 {
    guard address.family == .v4 else { return insert(high: address.high, low: address.low, Kind(.v6), value) }
    precondition(value >= 0, "negative numbers mark free slots")
    if (shortCount + 1) * 2 > short.count { growShort() }
    let bits = UInt32(truncatingIfNeeded: address.low)
    let place = shortSlot(bits)
    if short[place].value >= 0 { return short[place].value }
    short[place] = ShortSlot(address: bits, value: value)
    shortCount += 1
    return value
  }

  /// The same for a network, its bits beyond its length being zero, or an IPv6 address.
  @discardableResult
  mutating func insert(high: UInt64, low: UInt64, _ kind: Kind, _ value: Int32) -> Int32 {
    precondition(value >= 0, "negative numbers mark free slots")
    if (longCount + 1) * 2 > long.count { growLong() }
    let place = longSlot(high, low, kind)
    if long[place].value >= 0 { return long[place].value }
    long[place] = Slot(high: high, low: low, value: value, kind: kind.number)
    longCount += 1
    return value
  }

  /// The slot that holds an address, or the free one where it belongs.
  @inline(__always)
  private func shortSlot(_ address: UInt32) -> Int {
    let mask = short.count - 1
    var index = Self.hash(0, UInt64(address)) & mask
    while short[index].value >= 0, short[index].address != address { index = (index + 1) & mask }
    return index
  }

  @inline(__always)
  private func longSlot(_ high: UInt64, _ low: UInt64, _ kind: Kind) -> Int {
    let mask = long.count - 1
    var index = Self.hash(high, low) & mask
    while long[index].value >= 0, long[index].low != low || long[index].high != high || long[index].kind != kind.number {
      index = (index + 1) & mask
    }
    return index
  }

  private mutating func growShort() {
    let old = short
    short = Array(repeating: ShortSlot(), count: old.count * 2)
    for slot in old where slot.value >= 0 { short[shortSlot(slot.address)] = slot }
  }

  private mutating func growLong() {
    let old = long
    long = Array(repeating: Slot(), count: old.count * 2)
    let mask = long.count - 1
    for slot in old where slot.value >= 0 {
      var index = Self.hash(slot.high, slot.low) & mask
      while long[index].value >= 0 { index = (index + 1) & mask }
      long[index] = slot
    }
  }

  /// Multiply and fold: neighbouring addresses land far apart.
  @inline(__always)
  private static func hash(_ high: UInt64, _ low: UInt64) -> Int {
    let mixed = (low ^ (high &* 0x9e37_79b9_7f4a_7c15)) &* 0xff51_afd7_ed55_8ccd
    return Int(truncatingIfNeeded: mixed >> 32)
  }
}
