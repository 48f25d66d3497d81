import Simulator

/// A rule for the comparison of set representations, as products of its fields.
struct SampleRule {
  /// What it asks in one family of one class of protocols.
  struct Box {
    /// Protocols: 0 to 255 of IPv4, 256 to 511 of IPv6.
    var headers: Intervals
    /// Destination port or ICMP code.
    var second: Intervals
    /// Source port or ICMP type.
    var first: Intervals
    var source: Intervals
    var destination: Intervals
    var isV6: Bool
  }

  var criteria: PacketCriteria
  var boxes: [Box]

  /// A rule about TCP or UDP; `nil`: about every protocol.
  init(_ protocol: IPProtocol?, source: [IPNetwork]?, destination: [IPNetwork]?, ports: [PortRange]?) {
    criteria = PacketCriteria(
      protocols: `protocol`.map { [$0] }, source: source, destination: destination, destinationPorts: ports)
    let (sources, destinations) = (source.map { AddressSet($0) } ?? .all, destination.map { AddressSet($0) } ?? .all)
    let portRange = Intervals(ports.map { $0.map { UInt128($0.lower)...UInt128($0.upper) } } ?? [0...65_535])
    let classes: [(numbers: Intervals, first: Intervals, second: Intervals)] = [
      (Self.portProtocols, Intervals(0...65_535), portRange),
      (Intervals([1...1, 58...58]), Intervals(0...255), Intervals(0...255)),
      (
        Intervals(0...255).subtracting(Self.portProtocols).subtracting(Intervals([1...1, 58...58])), Intervals(0...0),
        Intervals(0...0)
      ),
    ]
    boxes = classes.flatMap { part -> [Box] in
      let wanted = `protocol`.map { Intervals(UInt128($0.rawValue)...UInt128($0.rawValue)) } ?? Intervals(0...255)
      let numbers = part.numbers.intersection(wanted)
      return [false, true].compactMap { isV6 in
        let headers = Intervals(numbers.ranges.map { ($0.lowerBound + (isV6 ? 256 : 0))...($0.upperBound + (isV6 ? 256 : 0)) })
        let (from, to) = isV6 ? (sources.v6, destinations.v6) : (sources.v4, destinations.v4)
        guard !headers.isEmpty, !from.isEmpty, !to.isEmpty else { return nil }
        return Box(headers: headers, second: part.second, first: part.first, source: from, destination: to, isV6: isV6)
      }
    }
  }

  private static let portProtocols = Intervals([6...6, 17...17, 132...132, 136...136])
}

/// Rules drawn with a fixed seed.
enum SetSamples {
  /// The mix of `WorldGenerator`: a fleet's rules, each selector one of 20 or 200 groups of addresses.
  static func realistic(_ count: Int, addresses: Int = 500) -> [SampleRule] {
    var random = SeededGenerator(seed: 71)
    let roles = (0..<20).map { _ in group(addresses, &random) }
    let apps = (0..<200).map { _ in group(max(1, addresses / 10), &random) }
    return (0..<count).map { _ in
      let port = PortRange(UInt16(random.pick(GeneratedAddresses.ports)))
      let second = UInt16(10_000 + random.below(20_000))
      let net = [network(0xcb00_0000 | UInt32(random.below(4_096) * 16), 28)]
      switch random.below(9) {
      case 0...2: return SampleRule(.tcp, source: random.pick(roles), destination: nil, ports: [port, PortRange(second)])
      case 3...4: return SampleRule(.tcp, source: net, destination: nil, ports: [port])
      case 5: return SampleRule(.tcp, source: net, destination: nil, ports: [PortRange(second, second + 50)])
      case 6: return SampleRule(.udp, source: nil, destination: nil, ports: [PortRange(second)])
      case 7: return SampleRule(.tcp, source: random.pick(apps), destination: nil, ports: [port])
      default:
        return SampleRule(
          nil, source: [network(0xc633_0000 | UInt32(random.below(256) << 8), 24)], destination: nil, ports: nil)
      }
    }
  }

  /// The worst of rules: all fields at once, across the others; port ranges of up to `width` ports.
  static func crossing(_ count: Int, width: Int) -> [SampleRule] {
    var random = SeededGenerator(seed: 72)
    return (0..<count).map { _ in
      func net() -> [IPNetwork]? {
        random.once(in: 4) ? nil : [network(UInt32.random(in: 0...UInt32.max, using: &random), 1 + random.below(24))]
      }
      let lower = random.below(60_000)
      let upper = min(65_535, lower + random.below(width))
      return SampleRule(
        random.pick([.tcp, .tcp, .udp]), source: net(), destination: net(), ports: [PortRange(UInt16(lower), UInt16(upper))])
    }
  }

  private static func group(_ count: Int, _ random: inout SeededGenerator) -> [IPNetwork] {
    (0..<count).map { _ in network(0x0a40_0000 | UInt32(random.below(1 << 20)), 32) }
  }

  private static func network(_ bits: UInt32, _ length: Int) -> IPNetwork {
    IPNetwork(address: IPAddress(v4: bits), prefixLength: length).masked
  }
}
