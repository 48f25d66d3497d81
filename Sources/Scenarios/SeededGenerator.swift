import Simulator

/// A repeatable source of random numbers (SplitMix64, Steele, Lea and Flood 2014).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// An address of a network.
  mutating func address(in network: IPNetwork) -> IPAddress {
    let (first, last) = network.ends
    let bits = IPAddress(family: network.family, high: next(), low: next())
    return IPAddress(
      family: network.family, high: first.high | (bits.high & (last.high ^ first.high)),
      low: first.low | (bits.low & (last.low ^ first.low)))
  }
}
