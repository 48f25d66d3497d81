package import Selector

/// A node as Calico's BGP knows it. Read and kept; no packet's way depends on it.
package struct Node: Hashable, Sendable {
  package struct BGP: Hashable, Sendable {
    package var asNumber: UInt32?
    package var ipv4Address: IPNetwork?
    package var ipv6Address: IPNetwork?

    package init(asNumber: UInt32? = nil, ipv4Address: IPNetwork? = nil, ipv6Address: IPNetwork? = nil) {
      self.asNumber = asNumber
      self.ipv4Address = ipv4Address
      self.ipv6Address = ipv6Address
    }
  }

  package var name: ByteString
  package var bgp: BGP?
  package var location: SourceLocation?

  package init(name: ByteString, bgp: BGP? = nil, location: SourceLocation? = nil) {
    self.name = name
    self.bgp = bgp
    self.location = location
  }
}

/// An address pool. Read and kept.
package struct IPPool: Hashable, Sendable {
  package struct IPIP: Hashable, Sendable {
    package enum Mode: String, Hashable, Sendable, CaseIterable {
      case always
      case crossSubnet = "cross-subnet"
    }

    package var enabled: Bool
    package var mode: Mode?

    package init(enabled: Bool, mode: Mode? = nil) {
      self.enabled = enabled
      self.mode = mode
    }
  }

  package var cidr: IPNetwork
  package var ipip: IPIP?
  package var natOutgoing: Bool
  package var disabled: Bool
  package var location: SourceLocation?

  package init(
    cidr: IPNetwork, ipip: IPIP? = nil, natOutgoing: Bool = false, disabled: Bool = false,
    location: SourceLocation? = nil
  ) {
    self.cidr = cidr
    self.ipip = ipip
    self.natOutgoing = natOutgoing
    self.disabled = disabled
    self.location = location
  }
}

/// A BGP peer. Read and kept.
package struct BGPPeer: Hashable, Sendable {
  package enum Scope: String, Hashable, Sendable, CaseIterable {
    case global, node
  }

  package var scope: Scope?
  package var node: ByteString?
  package var peerIP: IPAddress
  package var asNumber: UInt32
  package var location: SourceLocation?

  package init(
    scope: Scope? = nil, node: ByteString? = nil, peerIP: IPAddress, asNumber: UInt32, location: SourceLocation? = nil
  ) {
    self.scope = scope
    self.node = node
    self.peerIP = peerIP
    self.asNumber = asNumber
    self.location = location
  }
}
