package import Selector

/// An interface of a host itself that Calico was told to police (S1, S32).
package struct HostEndpoint: Hashable, Sendable {
  /// The node that enforces it (S33).
  package var node: ByteString
  /// Arbitrary, but it breaks ties between endpoints for one interface (S34).
  package var name: ByteString
  package var labels: LabelSet
  package var interfaceName: ByteString?
  package var expectedIPs: [IPAddress]
  package var profiles: [ByteString]
  package var location: SourceLocation?

  package init(
    node: ByteString, name: ByteString, labels: LabelSet = LabelSet(), interfaceName: ByteString? = nil,
    expectedIPs: [IPAddress] = [], profiles: [ByteString] = [], location: SourceLocation? = nil
  ) {
    self.node = node
    self.name = name
    self.labels = labels
    self.interfaceName = interfaceName
    self.expectedIPs = expectedIPs
    self.profiles = profiles
    self.location = location
  }
}
