package import Selector

/// The host side of a container's or virtual machine's interface (S1).
package struct WorkloadEndpoint: Hashable, Sendable {
  /// A pair of addresses for one-to-one NAT; both of one family.
  package struct NAT: Hashable, Sendable {
    package var internalIP: IPAddress
    package var externalIP: IPAddress

    package init(internalIP: IPAddress, externalIP: IPAddress) {
      self.internalIP = internalIP
      self.externalIP = externalIP
    }
  }

  package var node: ByteString
  package var orchestrator: ByteString
  package var workload: ByteString
  package var name: ByteString
  package var activeInstanceID: ByteString?
  package var labels: LabelSet
  package var interfaceName: ByteString
  /// Each a /32 or /128.
  package var ipNetworks: [IPNetwork]
  package var ipNATs: [NAT]
  package var ipv4Gateway: IPAddress?
  package var ipv6Gateway: IPAddress?
  package var profiles: [ByteString]
  /// Kept as written, lower case with colons; never consulted (S4).
  package var mac: ByteString?
  package var location: SourceLocation?

  package init(
    node: ByteString, orchestrator: ByteString, workload: ByteString, name: ByteString,
    activeInstanceID: ByteString? = nil, labels: LabelSet = LabelSet(), interfaceName: ByteString,
    ipNetworks: [IPNetwork] = [], ipNATs: [NAT] = [], ipv4Gateway: IPAddress? = nil, ipv6Gateway: IPAddress? = nil,
    profiles: [ByteString] = [], mac: ByteString? = nil, location: SourceLocation? = nil
  ) {
    self.node = node
    self.orchestrator = orchestrator
    self.workload = workload
    self.name = name
    self.activeInstanceID = activeInstanceID
    self.labels = labels
    self.interfaceName = interfaceName
    self.ipNetworks = ipNetworks
    self.ipNATs = ipNATs
    self.ipv4Gateway = ipv4Gateway
    self.ipv6Gateway = ipv6Gateway
    self.profiles = profiles
    self.mac = mac
    self.location = location
  }
}
