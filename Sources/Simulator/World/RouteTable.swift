/// Where a host sends packets: its own addresses first, then the longest prefix.
struct RouteTable: Sendable {
  /// `local` stands for the host itself; other numbers are interfaces of the topology.
  static let local: Int32 = .max
  static let none: Int32 = -1

  private struct Key: Hashable {
    var family: IPFamily
    var high: UInt64
    var low: UInt64
  }

  /// Routes of single addresses, most of them workloads.
  private var single = AddressTable()
  /// The other routes, longest prefix first, each length with its networks.
  private var lengths: [(family: IPFamily, length: Int, networks: [Key: Int32])] = []

  /// Adds a route unless one to the same network is there: what is added first counts.
  mutating func add(_ network: IPNetwork, _ target: Int32) {
    if network.prefixLength == network.family.bits {
      single.insert(network.address, target)
      return
    }
    let masked = network.masked
    let key = Key(family: masked.family, high: masked.address.high, low: masked.address.low)
    let same = lengths.firstIndex { $0.family == network.family && $0.length == network.prefixLength }
    if let same {
      if lengths[same].networks[key] == nil { lengths[same].networks[key] = target }
    } else {
      let place = lengths.firstIndex { $0.length < network.prefixLength } ?? lengths.count
      lengths.insert((network.family, network.prefixLength, [key: target]), at: place)
    }
  }

  /// The interface that leads to an address, `local`, or `none`.
  ///
  /// - Complexity: O(*l*) hash look-ups, where *l* is the number of different prefix lengths.
  func lookup(_ address: IPAddress) -> Int32 {
    let exact = single[address]
    if exact >= 0 { return exact }
    for entry in lengths where entry.family == address.family {
      let mask = IPNetwork.mask(family: address.family, prefixLength: entry.length)
      let key = Key(family: address.family, high: address.high & mask.high, low: address.low & mask.low)
      if let target = entry.networks[key] { return target }
    }
    return Self.none
  }
}
