package import Selector

/// The kinds of resource, by the name that `kind:` has in a manifest.
package enum ResourceKind: String, Hashable, Sendable, CaseIterable {
  case policy, profile, hostEndpoint, workloadEndpoint, node, ipPool, bgpPeer
  case host = "Host"
}

/// What makes a resource the one it is: a second with the same identity replaces the first.
package struct ResourceID: Hashable, Sendable {
  package var kind: ResourceKind
  /// The identifying fields, joined by `/` (which no field but names may hold): `my-host/eth0-hep`.
  package var name: ByteString

  package init(_ kind: ResourceKind, _ name: ByteString) {
    self.kind = kind
    self.name = name
  }
}

extension ResourceID: CustomStringConvertible {
  package var description: String { "\(kind.rawValue) \(name)" }
}

/// Anything that a manifest can hold.
package enum Resource: Hashable, Sendable {
  case policy(Policy)
  case profile(Profile)
  case hostEndpoint(HostEndpoint)
  case workloadEndpoint(WorkloadEndpoint)
  case node(Node)
  case ipPool(IPPool)
  case bgpPeer(BGPPeer)
  case host(Host)

  package var id: ResourceID {
    switch self {
    case .policy(let policy): ResourceID(.policy, policy.name)
    case .profile(let profile): ResourceID(.profile, profile.name)
    case .hostEndpoint(let endpoint): ResourceID(.hostEndpoint, Self.join(endpoint.node, endpoint.name))
    case .workloadEndpoint(let endpoint):
      ResourceID(
        .workloadEndpoint, Self.join(endpoint.node, endpoint.orchestrator, endpoint.workload, endpoint.name))
    case .node(let node): ResourceID(.node, node.name)
    case .ipPool(let pool): ResourceID(.ipPool, ByteString(pool.cidr.masked.description))
    case .bgpPeer(let peer):
      ResourceID(
        .bgpPeer,
        Self.join(ByteString(peer.scope?.rawValue ?? ""), peer.node ?? "", ByteString(peer.peerIP.description)))
    case .host(let host): ResourceID(.host, host.name)
    }
  }

  package var location: SourceLocation? {
    switch self {
    case .policy(let policy): policy.location
    case .profile(let profile): profile.location
    case .hostEndpoint(let endpoint): endpoint.location
    case .workloadEndpoint(let endpoint): endpoint.location
    case .node(let node): node.location
    case .ipPool(let pool): pool.location
    case .bgpPeer(let peer): peer.location
    case .host(let host): host.location
    }
  }

  private static func join(_ parts: ByteString...) -> ByteString {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(parts.count) { $0 + $1.count })
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "/")) }
      bytes += part.bytes
    }
    return ByteString(bytes: bytes)
  }
}
