/// The labels of one endpoint as a hash table from key numbers to label numbers, to be asked many times.
package struct LabelTable: Sendable {
  /// Key number in the lower, label number in the upper half; all ones where nothing stands. At most half of them are taken.
  private let slots: [UInt64]
  /// How far a hash is shifted to become an index of `slots`.
  private let shift: UInt32

  private static let vacant = UInt64.max

  init(_ labels: [LabelNumber]) {
    var bits: UInt32 = 3
    while 1 << bits < labels.count * 2 { bits += 1 }
    shift = 32 - bits
    let shift = shift
    slots = Array(unsafeUninitializedCapacity: 1 << bits) { slots, count in
      slots.initialize(repeating: Self.vacant)
      for label in labels {
        var index = Self.slot(of: label.key, shift)
        while slots[index] != Self.vacant { index = (index + 1) & (slots.count - 1) }
        slots[index] = UInt64(label.label) << 32 | UInt64(label.key)
      }
      count = slots.count
    }
  }

  /// What a program reads: the slots without their owner, so that no reference is counted in its loop.
  @inline(__always) func withLookup<Result>(_ body: (Lookup) -> Result) -> Result {
    slots.withUnsafeBufferPointer { body(Lookup(slots: $0, shift: shift)) }
  }

  struct Lookup {
    fileprivate let slots: UnsafeBufferPointer<UInt64>
    fileprivate let shift: UInt32

    /// The number of the label with a key, `LabelSymbols.none` where there is none.
    ///
    /// - Complexity: O(1) on average.
    @inline(__always) func label(forKey key: UInt32) -> UInt32 {
      var index = LabelTable.slot(of: key, shift)
      while true {
        let slot = slots[index]
        // A vacant slot holds `none` in both halves, so what is not there needs no case of its own.
        if UInt32(truncatingIfNeeded: slot) == key || slot == LabelTable.vacant {
          return UInt32(truncatingIfNeeded: slot &>> 32)
        }
        index = (index &+ 1) & (slots.count &- 1)
      }
    }
  }

  /// Fibonacci hashing: neighbouring numbers fall apart.
  @inline(__always) private static func slot(of key: UInt32, _ shift: UInt32) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9) &>> shift)
  }
}
