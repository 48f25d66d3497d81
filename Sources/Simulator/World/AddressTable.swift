/// A hash table from addresses to small integers, flat in memory: one probe sequence, no allocation per look-up.
struct AddressTable: Sendable {
  private struct Slot {
    var high: UInt64 = 0
    var low: UInt64 = 0
    /// -1: free.
    var value: Int32 = -1
    var family: UInt8 = 0
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
    @inline(__always) get {
      let mask = slots.count - 1
      var index = Self.hash(address) & mask
      while true {
        let slot = slots[index]
        if slot.value < 0 { return -1 }
        if slot.low == address.low, slot.high == address.high, slot.family == address.family.rawValue {
          return slot.value
        }
        index = (index + 1) & mask
      }
    }
  }

  /// Stores `value` unless the address has one already; returns the value that counts.
  ///
  /// - Precondition: `value` is not negative.
  @discardableResult
  mutating func insert(_ address: IPAddress, _ value: Int32) -> Int32 {
    precondition(value >= 0, "negative numbers mark free slots")
    if (count + 1) * 2 > slots.count { grow() }
    let mask = slots.count - 1
    var index = Self.hash(address) & mask
    while slots[index].value >= 0 {
      let slot = slots[index]
      if slot.low == address.low, slot.high == address.high, slot.family == address.family.rawValue {
        return slot.value
      }
      index = (index + 1) & mask
    }
    slots[index] = Slot(high: address.high, low: address.low, value: value, family: address.family.rawValue)
    count += 1
    return value
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    count = 0
    for slot in old where slot.value >= 0 {
      let family: IPFamily = slot.family == 4 ? .v4 : .v6
      insert(IPAddress(family: family, high: slot.high, low: slot.low), slot.value)
    }
  }

  /// Multiply and fold: neighbouring addresses land far apart.
  @inline(__always)
  private static func hash(_ address: IPAddress) -> Int {
    let mixed = (address.low ^ (address.high &* 0x9e37_79b9_7f4a_7c15)) &* 0xff51_afd7_ed55_8ccd
    return Int(truncatingIfNeeded: mixed >> 32)
  }
}
