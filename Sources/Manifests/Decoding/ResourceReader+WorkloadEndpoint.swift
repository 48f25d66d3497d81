import Selector
import Simulator

private enum WorkloadEndpointMetadataField: String, FieldName {
  case node, orchestrator, workload, name, activeInstanceID, labels
  static let place = Place.workloadEndpointMetadata
}

private enum WorkloadEndpointSpecField: String, FieldName {
  case ipNetworks, ipNATs, ipv4Gateway, ipv6Gateway, profiles, interfaceName, mac
  static let place = Place.workloadEndpointSpec
}

private enum IPNATField: String, FieldName {
  case internalIP, externalIP
  static let place = Place.ipNAT
}

extension ResourceReader {
  /// A workload endpoint (MANIFESTS section A.5).
  mutating func workloadEndpoint(_ parts: ResourceParts) -> WorkloadEndpoint? {
    var endpoint = WorkloadEndpoint(
      node: "",
      orchestrator: "",
      workload: "",
      name: "",
      interfaceName: "",
      location: location(parts.node)
    )
    if let metadata = fields(parts.metadata, WorkloadEndpointMetadataField.self) {
      endpoint.node = identifier(.node, of: metadata, .name, parts)
      endpoint.orchestrator = identifier(.orchestrator, of: metadata, .namespacedName, parts)
      endpoint.workload = identifier(.workload, of: metadata, .namespacedName, parts)
      endpoint.name = identifier(.name, of: metadata, .namespacedName, parts)
      endpoint.activeInstanceID = name(metadata[.activeInstanceID], .name, what: "activeInstanceID")
      endpoint.labels = labels(metadata[.labels])
    }
    guard let spec = fields(parts.spec, WorkloadEndpointSpecField.self) else { return endpoint }
    let before = errorCount
    endpoint.interfaceName = name(spec[.interfaceName], .interface, what: "interfaceName") ?? ""
    if endpoint.interfaceName.isEmpty, errorCount == before {
      note(
        .field(.missing(field: "interfaceName", in: .workloadEndpointSpec)),
        at: spec.key(.interfaceName) ?? parts.specKey ?? parts.node
      )
    }
    readAddresses(spec, into: &endpoint)
    endpoint.profiles = names(spec[.profiles], .namespacedName, what: "profile")
    endpoint.mac = mac(spec[.mac])
    return endpoint
  }

  private mutating func readAddresses(
    _ spec: Fields<WorkloadEndpointSpecField>,
    into endpoint: inout WorkloadEndpoint
  ) {
    let before = errorCount
    endpoint.ipNetworks = list(spec[.ipNetworks], of: "networks") { reader, node in
      guard let network = reader.network(node) else { return nil }
      if network.prefixLength < network.family.bits {
        reader.note(.endpoint(.networkOfManyAddresses(network)), at: node)
      }
      return network
    }
    // NATs are held against the networks only if those could be read.
    let networks = errorCount == before ? endpoint.ipNetworks : nil
    endpoint.ipNATs = list(spec[.ipNATs], of: "NATs") { $0.nat($1, within: networks) }
    endpoint.ipv4Gateway = gateway(spec[.ipv4Gateway], .v4, what: "ipv4Gateway")
    endpoint.ipv6Gateway = gateway(spec[.ipv6Gateway], .v6, what: "ipv6Gateway")
  }

  private mutating func nat(_ id: NodeID, within networks: [IPNetwork]?) -> WorkloadEndpoint.NAT? {
    guard let fields = fields(id, IPNATField.self) else { return nil }
    for name in IPNATField.allCases where fields[name].map(isNull) ?? true {
      note(.field(.missing(field: name.rawValue, in: .ipNAT)), at: fields.key(name) ?? id)
    }
    guard let inside = fields[.internalIP], let outside = fields[.externalIP], !isNull(inside), !isNull(outside) else {
      return nil
    }
    let (internalIP, externalIP) = (address(inside), address(outside))
    guard let internalIP, let externalIP else { return nil }
    if internalIP.family != externalIP.family { note(.endpoint(.natFamiliesDiffer), at: outside) }
    if let networks, !networks.contains(where: { $0.contains(internalIP) }) {
      note(.endpoint(.natOutsideNetworks(internalIP)), at: inside)
    }
    return WorkloadEndpoint.NAT(internalIP: internalIP, externalIP: externalIP)
  }

  private mutating func gateway(_ id: NodeID?, _ family: IPFamily, what: String) -> IPAddress? {
    guard let id, let address = optionalAddress(id) else { return nil }
    if address.family != family { note(.endpoint(.wrongFamily(address, what: what, expected: family)), at: id) }
    return address
  }
}
