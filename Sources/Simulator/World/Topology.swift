package import Selector

/// The network of one host: its interfaces, what governs each, and where packets go.
package struct Topology: Sendable {
  package struct Interface: Sendable {
    package var name: ByteString
    package var addresses: [IPNetwork]
    /// Does its name have a workload prefix?
    package var isWorkload: Bool
    /// The endpoint that governs it, by index in the world; `nil` for a host interface that is left alone, and for an
    /// unknown workload.
    package var endpoint: Int?
  }

  package let node: ByteString
  /// The host document, if there is one.
  package let document: Host?
  package let interfaces: [Interface]
  package let dnatRules: [Host.DNAT]
  package let failsafeInbound: [Host.FailsafePort]
  package let failsafeOutbound: [Host.FailsafePort]
  package let endpointToHostAction: Host.EndpointToHostAction
  package let prefixes: [ByteString]
  /// What is doubtful about this host's endpoints, such as two for one interface.
  package let warnings: [Diagnostic]

  let routes: RouteTable
  let dnat: DNATTable
  /// The broadcast addresses of its networks; their numbers mean nothing.
  let broadcasts: AddressTable
  /// Interfaces by name; -1 for a name that none has.
  package let places: NameTable

  /// The host's own addresses.
  package var ownAddresses: [IPAddress] { interfaces.flatMap { $0.addresses.map(\.address) } }

  /// The interface with this name.
  package func interface(named name: ByteString) -> Int? {
    let place = places[name.bytes.span]
    return place >= 0 ? Int(place) : nil
  }

  /// The interface of a workload on this host, by the endpoint's index in the world.
  package func interface(ofEndpoint endpoint: Int) -> Int? {
    interfaces.firstIndex { $0.endpoint == endpoint }
  }

  /// Is the address one of the host's own?
  package func isOwn(_ address: IPAddress) -> Bool {
    routes.lookup(address) == RouteTable.local
  }

  /// Where a packet goes that arrived from outside: broadcasts and multicasts are for the host itself.
  ///
  /// - Returns: an interface, `RouteTable.local` or `RouteTable.none`.
  func target(ofArriving destination: IPAddress) -> Int32 {
    let target = routes.lookup(destination)
    if target == RouteTable.local { return target }
    return destination.isMulticast || isBroadcast(destination) ? RouteTable.local : target
  }

  @inline(__always)
  private func isBroadcast(_ address: IPAddress) -> Bool {
    // Broadcast addresses end in at least two one bits: networks shorter than /31.
    address.family == .v4 && address.low & 3 == 3 && broadcasts[address] >= 0
  }

  /// The interface that leads to an address; `nil` for the host's own addresses and where there is no route.
  package func route(to address: IPAddress) -> Int? {
    let target = routes.lookup(address)
    return target >= 0 && target != RouteTable.local ? Int(target) : nil
  }
}

extension Topology {
  /// The network of a host without its rules: enough to show it, and far cheaper than a walker.
  ///
  /// - Complexity: linear in the endpoints of the world.
  package init(of node: ByteString, in world: World, semantics: Semantics) {
    let local = world.endpoints.indices.filter { world.endpoints[$0].node == node }
    self = TopologyBuilder(world: world, node: node, semantics: semantics, local: local).build()
  }

  /// The networks of all hosts, in the order of the world's nodes.
  package static func ofEachNode(in world: World, semantics: Semantics) -> [Topology] {
    let local = Dictionary(grouping: world.endpoints.indices) { world.endpoints[$0].node }
    return world.nodes.map { node in
      TopologyBuilder(world: world, node: node, semantics: semantics, local: local[node] ?? []).build()
    }
  }
}
