import Selector
import Simulator

/// The host endpoints of one host, and the interfaces that each could govern (SEMANTICS section 3).
struct Contenders {
  /// A host endpoint, by its index in the world.
  struct Candidate {
    var index: Int
    var endpoint: HostEndpoint
    /// Interfaces of the topology that have its name, or one of its addresses if it has no interface name.
    var interfaces: [Int]
  }

  let topology: Topology
  let candidates: [Candidate]

  /// All hosts with host endpoints.
  ///
  /// - Complexity: linear in the endpoints and interfaces.
  static func all(in context: LintContext) -> [Contenders] {
    var ofNode: [ByteString: [(Int, HostEndpoint)]] = [:]
    for (index, endpoint) in context.world.endpoints.enumerated() {
      guard case .host(let endpoint) = endpoint, !context.semantics.ignores(endpoint) else { continue }
      ofNode[endpoint.node, default: []].append((index, endpoint))
    }
    return context.topologies.compactMap { topology in
      ofNode[topology.node].map { Contenders(topology: topology, endpoints: $0) }
    }
  }

  private init(topology: Topology, endpoints: [(Int, HostEndpoint)]) {
    self.topology = topology
    var carriers: [IPAddress: [Int]] = [:]
    for (place, interface) in topology.interfaces.enumerated() where !interface.isWorkload {
      for network in interface.addresses { carriers[network.address, default: []].append(place) }
    }
    candidates = endpoints.map { index, endpoint in
      let interfaces: [Int]
      if let name = endpoint.interfaceName {
        interfaces = topology.interface(named: name).map { topology.interfaces[$0].isWorkload ? [] : [$0] } ?? []
      } else {
        interfaces = Set(endpoint.expectedIPs.flatMap { carriers[$0] ?? [] }).sorted()
      }
      return Candidate(index: index, endpoint: endpoint, interfaces: interfaces)
    }
  }

  /// Does a name have one of the prefixes of workload interfaces?
  func hasWorkloadPrefix(_ name: ByteString) -> Bool {
    topology.prefixes.contains { !$0.isEmpty && name.hasPrefix($0) }
  }
}

extension Semantics {
  /// Does the host endpoint count as missing for the name of one of its profiles (MANIFESTS A.8)?
  func ignores(_ endpoint: HostEndpoint) -> Bool {
    dropsEndpointsWithSlashInProfile && endpoint.profiles.contains { $0.bytes.contains(UInt8(ascii: "/")) }
  }
}
