/// Where a host sends packets: its own addresses first, then the longest prefix.
struct RouteTable: Sendable {
  /// `local` stands for the host itself; other numbers are interfaces of the topology.
  static let local: Int32 = .max
  static let none: Int32 = -1

  /// Networks of one length.
  private struct Length {
    var family: IPFamily
    var length: Int
    var kind: AddressTable.Kind
    var highMask: UInt64
    var lowMask: UInt64
  }

  /// Routes of single addresses, most of them workloads, and of networks.
  private var targets = AddressTable()
  /// The lengths of the networks, longest first.
  private var lengths: [Length] = []

  /// Adds a route unless one to the same network is there: what is added first counts.
  mutating func add(_ network: IPNetwork, _ target: Int32) {
    if network.prefixLength == network.family.bits {
      targets.insert(network.address, target)
      return
    }
    let kind = AddressTable.Kind(network.family, prefixLength: network.prefixLength)
    if !lengths.contains(where: { $0.kind == kind }) {
      let place = lengths.firstIndex { $0.length < network.prefixLength } ?? lengths.count
      let mask = IPNetwork.mask(family: network.family, prefixLength: network.prefixLength)
      lengths.insert(
        Length(
          family: network.family, length: network.prefixLength, kind: kind, highMask: mask.high, lowMask: mask.low),
        at: place)
    }
    let masked = network.masked.address
    targets.insert(high: masked.high, low: masked.low, kind, target)
  }

  /// The interface that leads to an address, `local`, or `none`.
  ///
  /// - Complexity: O(*l*) hash look-ups, where *l* is the number of different prefix lengths.
  func lookup(_ address: IPAddress) -> Int32 {
    let exact = targets[address]
    if exact >= 0 { return exact }
    for length in lengths where length.family == address.family {
      let target = targets.find(
        high: address.high & length.highMask, low: address.low & length.lowMask, length.kind)
      if target >= 0 { return target }
    }
    return Self.none
  }
}
