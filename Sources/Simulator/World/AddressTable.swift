/// A hash table from addresses, or networks, to small integers, flat in memory: one probe sequence, no allocation per
/// look-up.
struct AddressTable: Sendable {
  /// What an entry is about: an address of one family, or networks of one length.
  struct Kind: Equatable {
    fileprivate let number: UInt16

    @inline(__always)
    init(_ family: IPFamily) { number = UInt16(family.rawValue) }

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

  private var slots: [Slot]
  private(set) var count = 0

  init() {
    slots = Array(repeating: Slot(), count: 16)
  }

  /// The number stored for an address; -1 if there is none.
  ///
  /// - Complexity: O(1) on average.
  subscript(address: IPAddress) -> Int32 {
    @inline(__always) get { find(high: address.high, low: address.low, Kind(address.family)) }
  }

  /// The number stored for an address or network; -1 if there is none.
  @inline(__always)
  func find(high: UInt64, low: UInt64, _ kind: Kind) -> Int32 {
    let mask = slots.count - 1
    var index = Self.hash(high, low) & mask
    while true {
      let slot = slots[index]
      if slot.value < 0 { return -1 }
      if slot.low == low, slot.high == high, slot.kind == kind.number { return slot.value }
      index = (index + 1) & mask
    }
  }

  /// Stores `value` unless the address has one already; returns the value that counts.
  ///
  /// - Precondition: `value` is not negative.
  @discardableResult
  mutating func insert(_ address: IPAddress, _ value: Int32) -> Int32 {
    insert(high: address.high, low: address.low, Kind(address.family), value)
  }

  /// The same for an address or network; of a network the bits beyond its length are zero.
  @discardableResult
  mutating func insert(high: UInt64, low: UInt64, _ kind: Kind, _ value: Int32) -> Int32 {
    precondition(value >= 0, "negative numbers mark free slots")
    if (count + 1) * 2 > slots.count { grow() }
    let mask = slots.count - 1
    var index = Self.hash(high, low) & mask
    while slots[index].value >= 0 {
      let slot = slots[index]
      if slot.low == low, slot.high == high, slot.kind == kind.number { return slot.value }
      index = (index + 1) & mask
    }
    slots[index] = Slot(high: high, low: low, value: value, kind: kind.number)
    count += 1
    return value
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    let mask = slots.count - 1
    for slot in old where slot.value >= 0 {
      var index = Self.hash(slot.high, slot.low) & mask
      while slots[index].value >= 0 { index = (index + 1) & mask }
      slots[index] = slot
    }
  }

  /// Multiply and fold: neighbouring addresses land far apart.
  @inline(__always)
  private static func hash(_ high: UInt64, _ low: UInt64) -> Int {
    let mixed = (low ^ (high &* 0x9e37_79b9_7f4a_7c15)) &* 0xff51_afd7_ed55_8ccd
    return Int(truncatingIfNeeded: mixed >> 32)
  }
}
