package import Selector

/// What a host's interfaces, routes and NAT rules are: Gatewalk's own document, since Calico has no resource for it.
package struct Host: Hashable, Sendable {
  package struct Interface: Hashable, Sendable {
    package var name: ByteString
    /// Addresses with the length of the network that they are connected to: `10.0.0.1/24`.
    package var addresses: [IPNetwork]

    package init(name: ByteString, addresses: [IPNetwork] = []) {
      self.name = name
      self.addresses = addresses
    }
  }

  /// Longest prefix wins.
  package struct Route: Hashable, Sendable {
    package var to: IPNetwork
    package var interface: ByteString

    package init(to: IPNetwork, interface: ByteString) {
      self.to = to
      self.interface = interface
    }
  }

  /// What kube-proxy would do to a new connection. The first rule that matches acts.
  package struct DNAT: Hashable, Sendable {
    /// `nil`: every protocol (then there is no port either).
    package var `protocol`: IPProtocol?
    package var address: IPAddress
    /// `nil`: every port.
    package var port: UInt16?
    package var toAddress: IPAddress
    /// `nil`: the port stays.
    package var toPort: UInt16?

    package init(
      protocol: IPProtocol?, address: IPAddress, port: UInt16?, toAddress: IPAddress, toPort: UInt16?
    ) {
      self.protocol = `protocol`
      self.address = address
      self.port = port
      self.toAddress = toAddress
      self.toPort = toPort
    }
  }

  /// A port that stays open whatever the policies say.
  package struct FailsafePort: Hashable, Sendable {
    package var `protocol`: IPProtocol
    package var port: UInt16

    package init(_ protocol: IPProtocol, _ port: UInt16) {
      self.protocol = `protocol`
      self.port = port
    }
  }

  /// `DefaultEndpointToHostAction` of Felix.
  package enum EndpointToHostAction: String, Hashable, Sendable, CaseIterable {
    case drop = "Drop"
    case accept = "Accept"
    case `return` = "Return"
  }

  /// Felix's configuration as far as it decides packets. What is `nil` takes the default of the semantics.
  package struct FelixConfiguration: Hashable, Sendable {
    /// Prefixes of workload interface names; several are allowed (S5-S7).
    package var interfacePrefixes: [ByteString]?
    package var defaultEndpointToHostAction: EndpointToHostAction?
    package var failsafeInbound: [FailsafePort]?
    package var failsafeOutbound: [FailsafePort]?

    package init(
      interfacePrefixes: [ByteString]? = nil, defaultEndpointToHostAction: EndpointToHostAction? = nil,
      failsafeInbound: [FailsafePort]? = nil, failsafeOutbound: [FailsafePort]? = nil
    ) {
      self.interfacePrefixes = interfacePrefixes
      self.defaultEndpointToHostAction = defaultEndpointToHostAction
      self.failsafeInbound = failsafeInbound
      self.failsafeOutbound = failsafeOutbound
    }
  }

  /// The node name in `hostEndpoint.metadata.node`.
  package var name: ByteString
  package var interfaces: [Interface]
  /// `nil` where the document lists none: workload addresses are then local by themselves.
  package var routes: [Route]?
  package var dnat: [DNAT]
  package var felix: FelixConfiguration
  package var location: SourceLocation?

  package init(
    name: ByteString, interfaces: [Interface] = [], routes: [Route]? = nil, dnat: [DNAT] = [],
    felix: FelixConfiguration = FelixConfiguration(), location: SourceLocation? = nil
  ) {
    self.name = name
    self.interfaces = interfaces
    self.routes = routes
    self.dnat = dnat
    self.felix = felix
    self.location = location
  }
}
