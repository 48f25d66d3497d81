import Selector

/// Finds out a host's network from its document, and from its endpoints where the document is silent.
struct TopologyBuilder {
  private let world: World
  private let semantics: Semantics
  private let node: ByteString
  private let document: Host?
  private let prefixes: [ByteString]
  private var interfaces: [Topology.Interface] = []
  /// Interfaces by name.
  private var places = NameTable()
  private var warnings: [Diagnostic] = []
  /// Indices in the world of this node's endpoints.
  private let local: [Int]

  /// - Parameter local: the indices in the world of this node's endpoints, ascending.
  init(world: World, node: ByteString, semantics: Semantics, local: [Int]) {
    self.world = world
    self.semantics = semantics
    self.node = node
    document = world.host(named: node)
    prefixes = document?.felix.interfacePrefixes ?? semantics.interfacePrefixes.map { ByteString($0) }
    self.local = local
  }

  consuming func build() -> Topology {
    addListedInterfaces()
    addWorkloads()
    if interfaces.allSatisfy(\.isWorkload) { inferHostInterfaces() }
    resolveHostEndpoints()
    let routes = makeRoutes()
    let felix = document?.felix
    return Topology(
      node: node, document: document, interfaces: interfaces, dnatRules: document?.dnat ?? [],
      failsafeInbound: felix?.failsafeInbound ?? semantics.failsafeInbound,
      failsafeOutbound: felix?.failsafeOutbound ?? semantics.failsafeOutbound,
      endpointToHostAction: felix?.defaultEndpointToHostAction ?? semantics.defaultEndpointToHostAction,
      prefixes: prefixes, warnings: warnings, routes: routes,
      dnat: DNATTable(document?.dnat ?? []), broadcasts: broadcasts(), places: places)
  }

  private func hasWorkloadPrefix(_ name: ByteString) -> Bool {
    prefixes.contains { !$0.isEmpty && name.hasPrefix($0) }
  }

  private mutating func addListedInterfaces() {
    for interface in document?.interfaces ?? [] where place(of: interface.name) == nil {
      add(
        Topology.Interface(
          name: interface.name, addresses: interface.addresses, isWorkload: hasWorkloadPrefix(interface.name)))
    }
  }

  private mutating func add(_ interface: Topology.Interface) {
    places.insert(interface.name, Int32(interfaces.count))
    interfaces.append(interface)
  }

  private func place(of name: ByteString) -> Int? {
    let place = places[name.bytes.span]
    return place >= 0 ? Int(place) : nil
  }

  /// The interfaces of the node's workload endpoints exist whether the document lists them or not.
  private mutating func addWorkloads() {
    let byName = local.map { ($0, world.endpoints[$0].name) }.sorted { $0.1 < $1.1 }
    for (index, _) in byName {
      guard case .workload(let endpoint) = world.endpoints[index] else { continue }
      guard hasWorkloadPrefix(endpoint.interfaceName) else {
        warn(
          "wrong-prefix", at: endpoint.location,
          "workload endpoint \"\(endpoint.workload)\" is not policed: its interface \"\(endpoint.interfaceName)\" does "
            + "not start with \"\(prefixes.map(\.text).joined(separator: "\" or \""))\"",
          help: "set felix.interfacePrefix in the Host document, or rename the interface (S5)")
        continue
      }
      if let place = place(of: endpoint.interfaceName) {
        if interfaces[place].endpoint == nil {
          interfaces[place].endpoint = index
        } else {
          warn(
            "two-workloads-one-interface", at: endpoint.location,
            "workload endpoint \"\(endpoint.workload)\" is left out: \"\(endpoint.interfaceName)\" already belongs to "
              + "another", help: "give each workload endpoint of a node an interface of its own")
        }
      } else {
        add(Topology.Interface(name: endpoint.interfaceName, addresses: [], isWorkload: true, endpoint: index))
      }
    }
  }

  /// Without a list of host interfaces: one per host endpoint, with its expected IPs.
  ///
  /// In byte-wise order of names: which endpoint comes first in a world depends on the edits that led to it, and of two that
  /// share an address only the first gets an interface.
  private mutating func inferHostInterfaces() {
    let endpoints = local.compactMap { index -> HostEndpoint? in
      if case .host(let endpoint) = world.endpoints[index] { endpoint } else { nil }
    }.sorted { $0.name < $1.name }
    for endpoint in endpoints {
      guard let name = endpoint.interfaceName, !hasWorkloadPrefix(name) else { continue }
      let addresses = endpoint.expectedIPs.map { IPNetwork(single: $0) }
      if let place = place(of: name) {
        interfaces[place].addresses += addresses.filter { !interfaces[place].addresses.contains($0) }
      } else {
        add(Topology.Interface(name: name, addresses: addresses, isWorkload: false))
      }
    }
    for endpoint in endpoints where endpoint.interfaceName == nil {
      let carried = Set(interfaces.flatMap { $0.addresses.map(\.address) })
      guard carried.isDisjoint(with: endpoint.expectedIPs) else { continue }
      // Nobody said what the interface is called, so it takes the endpoint's name.
      add(
        Topology.Interface(
          name: endpoint.name, addresses: endpoint.expectedIPs.map { IPNetwork(single: $0) }, isWorkload: false))
    }
  }

  private mutating func warn(_ id: String, at location: SourceLocation?, _ message: String, help: String) {
    warnings.append(Diagnostic(.warning, id: id, at: location, message, help: help))
  }

  // MARK: Host endpoints

  /// Which host endpoint governs which interface (SEMANTICS section 3): by name, or by address if it has no interface
  /// name; of several the byte-wise smallest name wins.
  private mutating func resolveHostEndpoints() {
    let candidates = local.compactMap { index -> (index: Int, endpoint: HostEndpoint)? in
      guard case .host(let endpoint) = world.endpoints[index] else { return nil }
      return (index, endpoint)
    }.sorted { $0.endpoint.name < $1.endpoint.name }
    var active: Set<Int> = []
    for place in interfaces.indices where !interfaces[place].isWorkload {
      let carried = interfaces[place].addresses.map(\.address)
      let winner = candidates.first { candidate in
        guard !isDropped(candidate.endpoint) else { return false }
        guard let name = candidate.endpoint.interfaceName else {
          return candidate.endpoint.expectedIPs.contains { carried.contains($0) }
        }
        return name == interfaces[place].name
      }
      guard let winner else { continue }
      interfaces[place].endpoint = winner.index
      active.insert(winner.index)
    }
    for (index, endpoint) in candidates where !active.contains(index) {
      warnInactive(endpoint)
    }
  }

  private func isDropped(_ endpoint: HostEndpoint) -> Bool {
    semantics.dropsEndpointsWithSlashInProfile
      && endpoint.profiles.contains { $0.bytes.contains(UInt8(ascii: "/")) }
  }

  private mutating func warnInactive(_ endpoint: HostEndpoint) {
    let reason: String
    let help: String
    if isDropped(endpoint) {
      reason = "Felix 2.4 refuses the \"/\" in a profile name"
      help = "rename the profile"
    } else if let name = endpoint.interfaceName, hasWorkloadPrefix(name) {
      reason = "\"\(name)\" is a workload interface"
      help = "host endpoints govern interfaces without a workload prefix (S5)"
    } else if let name = endpoint.interfaceName, place(of: name) == nil {
      reason = "\(node) has no interface \"\(name)\""
      help = "correct spec.interfaceName, or list the interface in the Host document (S44)"
    } else if endpoint.interfaceName == nil,
      !interfaces.contains(where: { interface in
        interface.addresses.contains { endpoint.expectedIPs.contains($0.address) }
      })
    {
      reason = "no interface of \(node) carries one of its expectedIPs"
      help = "correct spec.expectedIPs, or list the address in the Host document (S44)"
    } else {
      reason = "another host endpoint with a smaller name governs its interface"
      help = "of several host endpoints for one interface the byte-wise smallest name wins (S34)"
    }
    warn(
      "inactive-host-endpoint", at: endpoint.location,
      "host endpoint \"\(endpoint.name)\" governs no interface: \(reason)", help: help)
  }

  // MARK: Routes

  /// Own addresses first, then what the document lists, then workloads and connected networks, which need no listing.
  private mutating func makeRoutes() -> RouteTable {
    var routes = RouteTable()
    for interface in interfaces {
      for network in interface.addresses { routes.add(IPNetwork(single: network.address), RouteTable.local) }
    }
    routes.add(IPNetwork(address: IPAddress(v4: 0x7f00_0000), prefixLength: 8), RouteTable.local)
    routes.add(IPNetwork(single: IPAddress(family: .v6, high: 0, low: 1)), RouteTable.local)
    for route in document?.routes ?? [] {
      guard let place = place(of: route.interface) else {
        warn(
          "route-without-interface", at: document?.location,
          "the route to \(route.to) leads nowhere: \(node) has no interface \"\(route.interface)\"",
          help: "list the interface in the Host document, or correct the route")
        continue
      }
      routes.add(route.to, Int32(place))
    }
    for (place, interface) in interfaces.enumerated() {
      guard let index = interface.endpoint, case .workload(let endpoint) = world.endpoints[index] else { continue }
      for network in endpoint.ipNetworks { routes.add(network, Int32(place)) }
    }
    for (place, interface) in interfaces.enumerated() {
      for network in interface.addresses where network.prefixLength < network.family.bits {
        routes.add(network, Int32(place))
      }
    }
    return routes
  }

  /// The broadcast addresses of the connected networks: for the host, too, when they arrive.
  private func broadcasts() -> AddressTable {
    var found = AddressTable()
    found.insert(IPAddress(v4: 0xffff_ffff), 0)
    for network in interfaces.flatMap(\.addresses) where network.family == .v4 && network.prefixLength < 31 {
      let mask = IPNetwork.mask(family: .v4, prefixLength: network.prefixLength)
      found.insert(IPAddress(v4: UInt32(truncatingIfNeeded: network.address.low | ~mask.low)), 0)
    }
    return found
  }
}
