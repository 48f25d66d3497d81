import Selector

/// Flows near the one that a remedy is for, to see what else it alters: other senders, other ports, the way back, ping and
/// ssh, and the same at other endpoints that a changed policy, profile or setting speaks to. Always the same for the same
/// world and remedy.
struct NeighbouringFlows {
  static let most = 200
  private static let mostSenders = 24
  private static let mostEndpoints = 12
  private static let mostPorts = 16
  private static let mostHosts = 4

  private let remedy: Remedy
  private let governed: Bitset
  private let walker: Walker
  private var hosts: HostWalkers
  private var found: [HostFlow] = []
  private var known: Set<HostFlow> = []

  init(remedy: Remedy, governed: Bitset, before walker: Walker) {
    self.remedy = remedy
    self.governed = governed
    self.walker = walker
    hosts = HostWalkers(walker)
  }

  private var packet: Packet { remedy.flow.packet }

  mutating func all() -> [HostFlow] {
    addVariants(of: packet, entry: remedy.flow.entry, on: walker)
    if let back = packet.reversed, let entry = entry(of: back, on: walker) {
      addVariants(of: back, entry: entry, on: walker)
    }
    // After DNAT: the backend addressed directly.
    let seen = remedy.obstacle.packet
    if !remedy.obstacle.isReply, seen != packet { addVariants(of: seen, entry: remedy.flow.entry, on: walker) }
    addFlowsFromNamedPorts()
    addStranger()
    addOtherSenders()
    addGovernedEndpoints()
    return found
  }

  private mutating func add(_ packet: Packet, _ entry: Flow.Entry, on walker: Walker) {
    let flow = HostFlow(node: walker.topology.node, flow: Flow(packet, entry: entry))
    if found.count < Self.most, known.insert(flow).inserted { found.append(flow) }
  }

  /// The packet itself, ping, ssh, and the ports that the changed rules and the host's failsafes speak of.
  private mutating func addVariants(of packet: Packet, entry: Flow.Entry, on walker: Walker) {
    for variant in variants(of: packet) { add(variant, entry, on: walker) }
  }

  private func variants(of packet: Packet) -> [Packet] {
    var variants = [packet, packet.echo, packet.with(.tcp, port: 22)]
    for (proto, port) in ports { variants.append(packet.with(proto, port: port)) }
    return variants
  }

  private var ports: [(IPProtocol, UInt16)] {
    var ports: [(IPProtocol, UInt16)] = []
    for rule in remedy.rulesAtHand {
      for proto in [IPProtocol.tcp, .udp] where rule.protocol == nil || rule.protocol?.value == proto {
        for range in rule.portRanges { ports.append((proto, range.lower)) }
      }
    }
    let topology = walker.topology
    for port in topology.failsafeInbound + topology.failsafeOutbound { ports.append((port.protocol, port.port)) }
    return Array(ports.prefix(Self.mostPorts))
  }

  /// A rule that names the sender's port, as the counterpart of an untracked rule must (S61), matches whatever is sent from
  /// that port: flows that begin there too, to other ports and other places.
  private mutating func addFlowsFromNamedPorts() {
    let seen = [packet, remedy.obstacle.packet].flatMap { [$0, $0.reply].compactMap(\.self) }
    for rule in remedy.newRules {
      for base in seen where rule.namesSourcePort(of: base) { addFlows(fromPortOf: base) }
    }
  }

  private mutating func addFlows(fromPortOf base: Packet) {
    for port in [80, 22, 443, base.sourcePort] { add(base.to(base.destination, port: port)) }
    var near = base.destination
    near.low ^= 1
    let others = walker.world.endpoints.lazy.flatMap(\.addresses).filter { $0.family == base.family }
    for address in [near] + walker.topology.ownAddresses.filter({ $0.family == base.family }).prefix(2) + others.prefix(4)
    where address != base.source && address != base.destination {
      for port in [80, base.destinationPort] { add(base.to(address, port: port)) }
    }
  }

  /// From where the sender is.
  private mutating func add(_ packet: Packet) {
    if let entry = entry(of: packet, on: walker) { add(packet, entry, on: walker) }
  }

  /// From the address next to the sender's, which enters where the sender does.
  private mutating func addStranger() {
    var stranger = packet
    stranger.source.low ^= 1
    guard remedy.flow.entry != .host, !walker.topology.isOwn(stranger.source) else { return }
    addVariants(of: stranger, entry: remedy.flow.entry, on: walker)
  }

  /// The same packet from the addresses of other endpoints.
  private mutating func addOtherSenders() {
    let family = packet.family
    let senders = walker.world.endpoints.lazy.flatMap(\.addresses).filter { $0.family == family }
    for sender in senders.prefix(Self.mostSenders) {
      var other = packet
      other.source = sender
      add(other)
    }
  }

  /// To and from the endpoints at which the change can be felt, those of this host first.
  private mutating func addGovernedEndpoints() {
    let world = walker.world
    let node = walker.topology.node
    let here = governed.filter { world.endpoints[$0].node == node }.prefix(Self.mostEndpoints)
    let elsewhere = governed.lazy.filter { world.endpoints[$0].node != node }.prefix(Self.mostEndpoints - here.count)
    var nodes: Set<ByteString> = [node]
    for endpoint in Array(here) + Array(elsewhere) {
      // Each further host costs its network and plan.
      guard nodes.count < Self.mostHosts || nodes.contains(world.endpoints[endpoint].node) else { continue }
      nodes.insert(world.endpoints[endpoint].node)
      guard let host = hosts.walker(world.endpoints[endpoint].node),
        let place = host.topology.interface(ofEndpoint: endpoint)
      else { continue }
      let interface = host.topology.interfaces[place]
      let addresses = world.endpoints[endpoint].addresses + interface.addresses.map(\.address)
      guard let address = addresses.first(where: { $0.family == packet.family }) else { continue }
      addTraffic(of: address, at: place, on: host)
    }
  }

  private mutating func addTraffic(of address: IPAddress, at place: Int, on host: Walker) {
    let isWorkload = host.topology.interfaces[place].isWorkload
    for peer in [packet.source, packet.destination] where peer != address && !host.topology.isOwn(peer) {
      var into = packet
      (into.source, into.destination) = (peer, address)
      for variant in variants(of: into).prefix(3) {
        if let entry = entry(of: variant, on: host) { add(variant, entry, on: host) }
      }
      var from = packet
      (from.source, from.destination) = (address, peer)
      for variant in variants(of: from).prefix(3) {
        add(variant, isWorkload ? .interface(place) : .host, on: host)
      }
    }
  }

  /// Where a packet enters a host: by its sender's interface, else as the flow does.
  private func entry(of packet: Packet, on host: Walker) -> Flow.Entry? {
    let topology = host.topology
    if topology.isOwn(packet.source) { return .host }
    if let place = topology.route(to: packet.source) { return .interface(place) }
    if host.topology.node == walker.topology.node, case .interface(let place) = remedy.flow.entry,
      !topology.interfaces[place].isWorkload
    {
      return .interface(place)
    }
    return topology.interfaces.firstIndex { !$0.isWorkload }.map { .interface($0) }
  }
}

extension Rule {
  fileprivate var portRanges: [PortRange] {
    [source, destination].flatMap { $0.ports + $0.notPorts }
  }

  fileprivate func namesSourcePort(of packet: Packet) -> Bool {
    guard packet.protocol.hasPorts, `protocol` == nil || `protocol`?.value == packet.protocol else { return false }
    return source.ports.contains { $0.lower <= packet.sourcePort && packet.sourcePort <= $0.upper }
  }
}

extension Packet {
  /// The same ends with another protocol and port, from an ephemeral port.
  fileprivate func with(_ proto: IPProtocol, port: UInt16) -> Packet {
    Packet(proto, from: source, port: FlowResolver.ephemeralPort, to: destination, port: port)
  }

  /// The same sender and its port to another place.
  fileprivate func to(_ address: IPAddress, port: UInt16) -> Packet {
    var packet = self
    (packet.destination, packet.destinationPort) = (address, port)
    return packet
  }

  /// A ping between the same ends.
  fileprivate var echo: Packet {
    Packet(family == .v4 ? .icmp : .icmpv6, from: source, to: destination, icmpType: family == .v4 ? 8 : 128)
  }

  /// The same packet the other way, as the beginning of a flow of its own.
  fileprivate var reversed: Packet? {
    guard source != destination else { return nil }
    var packet = self
    (packet.source, packet.destination) = (destination, source)
    return packet
  }
}
