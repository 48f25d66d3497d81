package import Selector

/// A hash table from names to small integers, flat in memory, that takes a name as bytes in place: a line of input is asked
/// for its host and interface without making anything of them.
package struct NameTable: Sendable {
  private struct Slot {
    /// -1: free.
    var value: Int32 = -1
    var hash: UInt32 = 0
    /// The name's bytes in `text`.
    var start: Int32 = 0
    var count: Int32 = 0
  }

  private var slots: [Slot] = Array(repeating: Slot(), count: 8)
  private var text: [UInt8] = []
  private var count = 0

  package init() {}

  /// The number stored for a name; -1 if there is none.
  ///
  /// - Complexity: linear in the name's bytes.
  package subscript(name: Span<UInt8>) -> Int32 { slots[slot(of: name, Self.hash(name))].value }

  /// Stores `value` for a name, in place of the one that it had.
  ///
  /// - Precondition: `value` is not negative.
  package mutating func insert(_ name: ByteString, _ value: Int32) {
    precondition(value >= 0, "negative numbers mark free slots")
    if (count + 1) * 2 > slots.count { grow() }
    let hash = Self.hash(name.bytes.span)
    let index = slot(of: name.bytes.span, hash)
    if slots[index].value < 0 {
      slots[index] = Slot(value: value, hash: hash, start: Int32(text.count), count: Int32(name.count))
      text += name.bytes
      count += 1
    } else {
      slots[index].value = value
    }
  }

  /// The slot that holds a name, or the free one where it belongs.
  @inline(__always)
  private func slot(of name: Span<UInt8>, _ hash: UInt32) -> Int {
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index].value >= 0 {
      let slot = slots[index]
      if slot.hash == hash, Int(slot.count) == name.count, isSame(slot, name) { return index }
      index = (index + 1) & mask
    }
    return index
  }

  @inline(__always)
  private func isSame(_ slot: Slot, _ name: Span<UInt8>) -> Bool {
    for offset in 0..<name.count where text[Int(slot.start) + offset] != name[offset] { return false }
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    let mask = slots.count - 1
    for slot in old where slot.value >= 0 {
      var index = Int(slot.hash) & mask
      while slots[index].value >= 0 { index = (index + 1) & mask }
      slots[index] = slot
    }
  }

  /// FNV-1a, folded.
  @inline(__always)
  private static func hash(_ name: Span<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in 0..<name.count { hash = (hash ^ UInt64(name[index])) &* 0x0000_0100_0000_01b3 }
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
