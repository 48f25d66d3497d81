package import Selector

/// What holds of many flows at once: that none of them is allowed, or that each is.
package struct Invariant: Hashable, Sendable {
  package enum Demand: String, Hashable, Sendable, CaseIterable {
    case never, always
  }

  /// One end of the flows.
  package enum End: Hashable, Sendable {
    /// Every address that a policy, an endpoint or a host speaks of, and others.
    case any
    case network(IPNetwork)
    /// An endpoint, by either of its names, or a node.
    case name(ByteString)
  }

  package var demand: Demand
  package var from: [End]
  package var to: [End]
  /// Empty: TCP, UDP, ICMP and every protocol that a rule mentions.
  package var protocols: [IPProtocol]
  /// Destination ports; empty: every port that anything mentions, its neighbours, and others.
  package var ports: [PortRange]
  /// The interface by which the packets arrive; `nil`: each that may be.
  package var interface: ByteString?
  /// The node on which they are judged; `nil`: each that may be.
  package var node: ByteString?
  package var location: SourceLocation?

  package init(
    _ demand: Demand, from: [End], to: [End], protocols: [IPProtocol] = [], ports: [PortRange] = [],
    interface: ByteString? = nil, node: ByteString? = nil, location: SourceLocation? = nil
  ) {
    self.demand = demand
    self.from = from
    self.to = to
    self.protocols = protocols
    self.ports = ports
    self.interface = interface
    self.node = node
    self.location = location
  }
}

extension Invariant: CustomStringConvertible {
  /// `never from 203.0.113.0/24 to my-host ports 2379, 2380`.
  package var description: String {
    var parts = [demand.rawValue, "from", Self.list(from), "to", Self.list(to)]
    if !protocols.isEmpty { parts += ["protocol", protocols.map(\.description).joined(separator: ", ")] }
    if !ports.isEmpty { parts += [ports.count == 1 ? "port" : "ports", ports.map(\.description).joined(separator: ", ")] }
    if let interface { parts += ["in", interface.text] }
    if let node { parts += ["on", node.text] }
    return parts.joined(separator: " ")
  }

  private static func list(_ ends: [End]) -> String {
    ends.map(\.description).joined(separator: ", ")
  }
}

extension Invariant.End: CustomStringConvertible {
  package var description: String {
    switch self {
    case .any: "any"
    case .network(let network):
      network.prefixLength == network.family.bits ? network.address.description : network.description
    case .name(let name): name.text
    }
  }
}
