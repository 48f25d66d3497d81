import Selector
import Simulator

/// The flows on one host that an invariant speaks of: every boundary value that its ends leave open, and some random ones.
struct InvariantFlows {
  private let invariant: Invariant
  private let walker: Walker
  private let values: BoundaryValues
  private var random = SeededGenerator(seed: 0x6761_7465)

  /// A packet's way in, and what it may claim to come from.
  private struct Origin {
    var entry: Flow.Entry
    var sources: [IPAddress]
  }

  /// Protocol, ports and ICMP type.
  fileprivate struct Shape: Hashable {
    var `protocol`: IPProtocol
    var sourcePort: UInt16 = 0
    var destinationPort: UInt16 = 0
    var icmpType: UInt8 = 0
    var icmpCode: UInt8 = 0
  }

  /// Random values beside the boundaries, for each end and for the ports.
  private static let randomValues = 8

  init(_ invariant: Invariant, on walker: Walker, _ values: BoundaryValues) {
    self.invariant = invariant
    self.walker = walker
    self.values = values
  }

  /// All of them, up to a limit; beyond it each value is taken in turn and the rest of the packet at random.
  ///
  /// - Returns: the flows, and how many there would be without the limit.
  mutating func flows(atMost limit: Int) -> (flows: [Flow], total: Int) {
    let origins = self.origins()
    let targets = self.targets()
    let shapes = self.shapes()
    let sources = origins.flatMap { origin in origin.sources.map { (entry: origin.entry, address: $0) } }
    let byFamily = Dictionary(grouping: targets, by: \.family)
    let pairCount = sources.reduce(0) { $0 + (byFamily[$1.address.family]?.count ?? 0) }
    guard pairCount <= limit else {
      return (
        flowsByValue(sources, targets, shapes, count: limit),
        pairCount.multipliedReportingOverflow(by: shapes.count).partialValue
      )
    }
    let pairs = sources.flatMap { source in
      (byFamily[source.address.family] ?? []).lazy.filter { $0 != source.address }.map { (source.entry, source.address, $0) }
    }
    let total = pairs.count * shapes.count
    var flows: [Flow] = []
    if total <= limit {
      for (entry, source, target) in pairs {
        for shape in shapes where shape.fits(source.family) { flows.append(shape.flow(entry, source, target)) }
      }
    } else {
      let count = max(limit, shapes.count)
      for number in 0..<count {
        let isPairsTurn = number < pairs.count
        let (entry, source, target) = isPairsTurn ? pairs[number] : pairs[Int.random(in: 0..<pairs.count, using: &random)]
        let shape = number < shapes.count ? shapes[number] : shapes[Int.random(in: 0..<shapes.count, using: &random)]
        if shape.fits(source.family) { flows.append(shape.flow(entry, source, target)) }
      }
    }
    return (flows, total)
  }

  /// Where there are too many pairs of addresses to try each: every source, every target and every shape in turn, and then
  /// some of everything.
  private mutating func flowsByValue(
    _ sources: [(entry: Flow.Entry, address: IPAddress)], _ targets: [IPAddress], _ shapes: [Shape], count: Int
  ) -> [Flow] {
    let sourcesOf = Dictionary(grouping: sources, by: \.address.family)
    let targetsOf = Dictionary(grouping: targets, by: \.family)
    var flows: [Flow] = []
    func add(_ source: (entry: Flow.Entry, address: IPAddress)?, _ target: IPAddress?, _ shape: Shape?) {
      guard let source, let target, let shape, source.address != target, shape.fits(target.family) else { return }
      flows.append(shape.flow(source.entry, source.address, target))
    }
    for source in sources {
      add(source, targetsOf[source.address.family]?.randomElement(using: &random), shapes.randomElement(using: &random))
    }
    for target in targets {
      add(sourcesOf[target.family]?.randomElement(using: &random), target, shapes.randomElement(using: &random))
    }
    for number in 0..<max(shapes.count, count - flows.count) {
      let shape = number < shapes.count ? shapes[number] : shapes.randomElement(using: &random)
      guard let source = sources.randomElement(using: &random) else { break }
      add(source, targetsOf[source.address.family]?.randomElement(using: &random), shape)
    }
    return flows
  }

  // MARK: Ends

  private mutating func origins() -> [Origin] {
    var outside: Set<IPAddress> = []
    var fromHost: Set<IPAddress> = []
    var workloads: Set<Int> = []
    for end in invariant.from {
      switch end {
      case .any:
        outside.formUnion(addresses(of: end))
        workloads.formUnion(localWorkloads)
      case .network(let network):
        outside.formUnion(addresses(of: end))
        // Its own address names the host as its name does; a network that holds it means those around.
        fromHost.formUnion(ownAddresses.filter { IPNetwork(single: $0) == network })
        workloads.formUnion(localWorkloads.filter { !addresses(ofInterface: $0).filter(network.contains).isEmpty })
      case .name(let name):
        if name == walker.topology.node { fromHost.formUnion(ownAddresses) }
        for index in walker.world.endpoints(named: name) {
          if let place = walker.topology.interface(ofEndpoint: index), walker.topology.interfaces[place].isWorkload {
            workloads.insert(place)
          } else if walker.world.endpoints[index].node == walker.topology.node {
            fromHost.formUnion(ownAddresses)
          } else {
            outside.formUnion(walker.world.endpoints[index].addresses)
          }
        }
        if name != walker.topology.node, let host = walker.world.host(named: name) {
          outside.formUnion(host.interfaces.flatMap { $0.addresses.map(\.address) })
        }
      }
    }
    return arriving(outside) + sending(workloads) + (fromHost.isEmpty ? [] : [Origin(entry: .host, sources: fromHost.sorted())])
  }

  /// Packets that come by the host's interfaces; not with addresses that belong to this side of them.
  private func arriving(_ addresses: Set<IPAddress>) -> [Origin] {
    let inside = Set(localWorkloads.flatMap { self.addresses(ofInterface: $0) })
    let sources = addresses.subtracting(inside).filter { !walker.topology.isOwn($0) && !$0.isMulticast }.sorted()
    guard !sources.isEmpty else { return [] }
    return walker.topology.interfaces.enumerated().compactMap { place, interface in
      let isMeant = invariant.interface.map { $0 == interface.name } ?? (interface.name != "lo")
      return isMeant && !interface.isWorkload ? Origin(entry: .interface(place), sources: sources) : nil
    }
  }

  private func sending(_ workloads: Set<Int>) -> [Origin] {
    workloads.sorted().compactMap { place in
      if let wanted = invariant.interface, wanted != walker.topology.interfaces[place].name { return nil }
      return Origin(entry: .interface(place), sources: addresses(ofInterface: place))
    }
  }

  private mutating func targets() -> [IPAddress] {
    var found: Set<IPAddress> = []
    for end in invariant.to {
      switch end {
      case .any, .network: found.formUnion(addresses(of: end))
      case .name(let name):
        if name == walker.topology.node {
          found.formUnion(ownAddresses)
        } else if let host = walker.world.host(named: name) {
          found.formUnion(host.interfaces.flatMap { $0.addresses.map(\.address) })
        }
        for index in walker.world.endpoints(named: name) { found.formUnion(walker.world.endpoints[index].addresses) }
      }
    }
    return found.sorted()
  }

  /// Boundary addresses of a network or of everything, and random ones.
  private mutating func addresses(of end: Invariant.End) -> Set<IPAddress> {
    let networks: [IPNetwork]
    if case .network(let network) = end {
      networks = [network]
    } else {
      let hasIPv6 = values.addresses.contains { $0.family == .v6 }
      networks =
        connected + [
          IPNetwork(address: IPAddress(v4: 0x0100_0000), prefixLength: 8),
          IPNetwork(address: IPAddress(v4: 0xc000_0000), prefixLength: 3),
        ]
        + (hasIPv6 ? [IPNetwork(address: IPAddress(family: .v6, high: 0x2001_0db8 << 32, low: 0), prefixLength: 32)] : [])
    }
    var found: Set<IPAddress> = []
    for network in networks {
      found.formUnion([network.ends.first, network.ends.last])
      for _ in 0..<Self.randomValues { found.insert(random.address(in: network)) }
    }
    if case .network(let network) = end { return found.union(values.addresses.filter(network.contains)) }
    return found.union(values.addresses)
  }

  /// Networks to which the host has a way, the default route apart.
  private var connected: [IPNetwork] {
    let attached = walker.topology.interfaces.filter { !$0.isWorkload && $0.name != "lo" }.flatMap(\.addresses)
    return (attached + (walker.topology.document?.routes ?? []).map(\.to)).filter { $0.prefixLength > 0 }
  }

  private var localWorkloads: [Int] {
    walker.topology.interfaces.indices.filter {
      walker.topology.interfaces[$0].isWorkload && walker.topology.interfaces[$0].endpoint != nil
    }
  }

  private func addresses(ofInterface place: Int) -> [IPAddress] {
    walker.topology.interfaces[place].endpoint.map { walker.world.endpoints[$0].addresses } ?? []
  }

  private var ownAddresses: [IPAddress] {
    walker.topology.interfaces.filter { $0.name != "lo" }.flatMap { $0.addresses.map(\.address) }
  }

  // MARK: Protocols and ports

  private mutating func shapes() -> [Shape] {
    let destinationPorts = self.destinationPorts()
    let sourcePorts = values.sourcePorts.union([FlowResolver.ephemeralPort]).sorted()
    return protocols.flatMap { proto -> [Shape] in
      if proto.isICMP { return icmpShapes(proto) }
      guard proto.hasPorts else { return [Shape(protocol: proto)] }
      return destinationPorts.flatMap { port in
        sourcePorts.map { Shape(protocol: proto, sourcePort: $0, destinationPort: port) }
      }
    }
  }

  private var protocols: [IPProtocol] {
    var protocols = invariant.protocols
    if protocols.isEmpty {
      protocols = values.protocols.sorted { $0.rawValue < $1.rawValue }
      // One that nothing mentions: what allows the rest has to be met, too.
      let other = (47...254).lazy.map { IPProtocol(rawValue: $0) }.first { !$0.hasPorts && !values.protocols.contains($0) }
      if invariant.demand == .never, let other { protocols.append(other) }
    }
    // Where ports are named, only what has ports is meant.
    return invariant.ports.isEmpty ? protocols : protocols.filter(\.hasPorts)
  }

  /// Echo requests and what rules mention. `never` is also about what nothing mentions: every type that can begin something,
  /// one that cannot, and the codes beside those that are mentioned.
  private func icmpShapes(_ proto: IPProtocol) -> [Shape] {
    let echo: UInt8 = proto == .icmp ? 8 : 128
    var codes = values.icmpCodes
    codes[echo, default: []].insert(0)
    if invariant.demand == .never {
      for (type, mentioned) in codes {
        codes[type]?.formUnion(mentioned.flatMap { [$0 &- 1, $0 &+ 1] })
      }
      let types = (UInt8.min...UInt8.max).filter { codes[$0] == nil }
      let (opening, others) = (
        types.filter { ICMPTypes.isValidWithoutConnection($0, of: proto) },
        types.filter { !ICMPTypes.isValidWithoutConnection($0, of: proto) }
      )
      for type in opening + others.prefix(1) { codes[type] = [0] }
    }
    return codes.sorted { $0.key < $1.key }.flatMap { type, codes in
      codes.sorted().map { Shape(protocol: proto, icmpType: type, icmpCode: $0) }
    }
  }

  private mutating func destinationPorts() -> [UInt16] {
    var ports = values.destinationPorts
    guard !invariant.ports.isEmpty else {
      for _ in 0..<Self.randomValues { ports.insert(UInt16.random(in: 1...UInt16.max, using: &random)) }
      return ports.sorted()
    }
    ports = ports.filter { port in invariant.ports.contains { $0.lower <= port && port <= $0.upper } }
    for range in invariant.ports {
      ports.formUnion([range.lower, range.upper])
      if range.lower < range.upper {
        for _ in 0..<Self.randomValues { ports.insert(UInt16.random(in: range.lower...range.upper, using: &random)) }
      }
    }
    return ports.sorted()
  }
}

extension InvariantFlows.Shape {
  /// ICMP of the other family is no packet.
  fileprivate func fits(_ family: IPFamily) -> Bool {
    !(self.protocol == .icmp && family == .v6) && !(self.protocol == .icmpv6 && family == .v4)
  }

  fileprivate func flow(_ entry: Flow.Entry, _ source: IPAddress, _ target: IPAddress) -> Flow {
    Flow(
      Packet(
        self.protocol, from: source, port: sourcePort, to: target, port: destinationPort, icmpType: icmpType,
        icmpCode: icmpCode),
      entry: entry)
  }
}
