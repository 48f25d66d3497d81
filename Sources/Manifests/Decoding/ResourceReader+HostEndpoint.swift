import Selector
import Simulator

private enum HostEndpointMetadataField: String, FieldName {
  case name, node, labels
  static let place = Place.hostEndpointMetadata
}

private enum HostEndpointSpecField: String, FieldName {
  case interfaceName, expectedIPs, profiles
  static let place = Place.hostEndpointSpec
}

extension ResourceReader {
  /// A host endpoint (MANIFESTS section A.4).
  mutating func hostEndpoint(_ parts: ResourceParts) -> HostEndpoint? {
    var endpoint = HostEndpoint(node: "", name: "", location: location(parts.node))
    if let metadata = fields(parts.metadata, HostEndpointMetadataField.self) {
      endpoint.node = identifier(.node, of: metadata, .name, parts)
      endpoint.name = identifier(.name, of: metadata, .namespacedName, parts)
      endpoint.labels = labels(metadata[.labels])
    }
    guard let spec = fields(parts.spec, HostEndpointSpecField.self) else { return endpoint }
    let before = errorCount
    endpoint.interfaceName = name(spec[.interfaceName], .interface, what: "interfaceName")
    endpoint.expectedIPs = list(spec[.expectedIPs], of: "IP addresses") { $0.address($1) }
    if endpoint.interfaceName == nil, endpoint.expectedIPs.isEmpty, errorCount == before {
      note(.endpoint(.endpointSelectsNothing), at: parts.specKey ?? parts.node)
    }
    endpoint.profiles = list(spec[.profiles], of: "profile names") { reader, node in
      reader.profileName(node)
    }
    return endpoint
  }

  /// A profile's name as a host endpoint gives it: calicoctl takes a `/` in it, Felix 2.4 does not.
  private mutating func profileName(_ node: NodeID) -> ByteString? {
    guard let text = text(node, expected: "a profile name") else { return nil }
    guard NamePattern.namespacedName.matches(text.bytes) else {
      note(.value(.invalidName(text.shown, .namespacedName, what: "profile")), at: node)
      return nil
    }
    if text.bytes.contains(UInt8(ascii: "/")) { note(.endpoint(.slashInProfileName(text.shown)), at: node) }
    return text
  }
}
