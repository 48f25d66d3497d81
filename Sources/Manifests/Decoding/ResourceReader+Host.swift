import Selector
import Simulator

private enum HostMetadataField: String, FieldName {
  case name
  static let place = Place.hostMetadata
}

private enum HostSpecField: String, FieldName {
  case interfaces, routes, dnat, felix
  static let place = Place.hostSpec
}

private enum InterfaceField: String, FieldName {
  case name, addresses
  static let place = Place.hostInterface
}

private enum RouteField: String, FieldName {
  case to, interface
  static let place = Place.hostRoute
}

private enum DNATField: String, FieldName {
  case `protocol`, address, port, toAddress, toPort
  static let place = Place.hostDNAT
}

/// Gatewalk's own document (DESIGN, «The host document»).
extension ResourceReader {
  mutating func host(_ parts: ResourceParts) -> Host? {
    var host = Host(name: "", location: location(parts.node))
    if let metadata = fields(parts.metadata, HostMetadataField.self) {
      host.name = identifier(.name, of: metadata, .name, parts)
    }
    guard let spec = fields(parts.spec, HostSpecField.self) else { return host }
    host.interfaces = interfaces(spec[.interfaces])
    if let routes = spec[.routes], !isNull(routes) {
      host.routes = list(routes, of: "routes") { $0.route($1) }
    }
    host.dnat = list(spec[.dnat], of: "DNAT rules") { $0.dnat($1) }
    if let felix = spec[.felix] { host.felix = felixConfiguration(felix) }
    return host
  }

  private mutating func interfaces(_ id: NodeID?) -> [Host.Interface] {
    var firstLines: [ByteString: Int] = [:]
    return list(id, of: "interfaces") { reader, node in
      guard let interface = reader.interface(node) else { return nil }
      let line = reader.location(node).line
      if let first = firstLines[interface.name] {
        reader.note(.endpoint(.duplicateInterface(interface.name.shown, firstLine: first)), at: node)
      }
      firstLines[interface.name] = line
      return interface
    }
  }

  /// An interface with its addresses, or its name alone.
  private mutating func interface(_ id: NodeID) -> Host.Interface? {
    if document.node(id).kind == .scalar {
      return requiredInterfaceName(id, at: id).map { Host.Interface(name: $0) }
    }
    guard let fields = fields(id, InterfaceField.self) else { return nil }
    let name = requiredInterfaceName(fields[.name], field: "name", in: .hostInterface, at: fields.key(.name) ?? id)
    let addresses = list(fields[.addresses], of: "addresses") { $0.network($1) }
    return name.map { Host.Interface(name: $0, addresses: addresses) }
  }

  private mutating func requiredInterfaceName(
    _ id: NodeID?,
    field: String = "name",
    in place: Place = .hostInterface,
    at fallback: NodeID
  ) -> ByteString? {
    let before = errorCount
    if let name = name(id, .linuxInterface, what: "interface") { return name }
    if errorCount == before { note(.field(.missing(field: field, in: place)), at: fallback) }
    return nil
  }

  private mutating func route(_ id: NodeID) -> Host.Route? {
    guard let fields = fields(id, RouteField.self) else { return nil }
    let to = required(fields, .to, in: id) { $0.network($1) }
    let interface = requiredInterfaceName(
      fields[.interface],
      field: "interface",
      in: .hostRoute,
      at: fields.key(.interface) ?? id
    )
    guard let to, let interface else { return nil }
    return Host.Route(to: to, interface: interface)
  }

  private mutating func dnat(_ id: NodeID) -> Host.DNAT? {
    guard let fields = fields(id, DNATField.self) else { return nil }
    let match = fields[.protocol].flatMap { isNull($0) ? nil : hostProtocol($0) }
    let address = required(fields, .address, in: id) { $0.address($1) }
    let toAddress = required(fields, .toAddress, in: id) { $0.address($1) }
    let port = fields[.port].flatMap { hostPort($0) }
    let toPort = fields[.toPort].flatMap { hostPort($0) }
    let protocolIsGiven = fields[.protocol].map { !isNull($0) } ?? false
    for (name, value) in [(DNATField.port, port), (.toPort, toPort)] where value != nil {
      guard let key = fields.key(name) else { continue }
      if match.map({ !$0.hasPorts }) ?? !protocolIsGiven { note(.endpoint(.portsWithoutPortProtocol), at: key) }
    }
    guard let address, let toAddress else { return nil }
    if address.family != toAddress.family, let place = fields[.toAddress] {
      note(.endpoint(.natFamiliesDiffer), at: place)
    }
    return Host.DNAT(protocol: match, address: address, port: port, toAddress: toAddress, toPort: toPort)
  }

  /// A field of a host document's list items without which the item says nothing.
  mutating func required<Name, Value>(
    _ fields: Fields<Name>,
    _ name: Name,
    in item: NodeID,
    _ read: (inout ResourceReader, NodeID) -> Value?
  ) -> Value? {
    guard let id = fields[name], !isNull(id) else {
      note(.field(.missing(field: name.rawValue, in: Name.place)), at: fields.key(name) ?? item)
      return nil
    }
    return read(&self, id)
  }

  /// A port number, digits in quotes too.
  mutating func hostPort(_ id: NodeID) -> UInt16? {
    guard let value = scalar(id, expected: "a port") else { return nil }
    guard case .string(let text) = value else { return port(id) }
    guard let number = PortText.digits(text.text, max: 65535), number > 0 else {
      note(.value(.invalidPort(.range(text.shown))), at: id)
      return nil
    }
    return UInt16(number)
  }

  /// A protocol by name in letters of either case, or by number.
  mutating func hostProtocol(_ id: NodeID) -> IPProtocol? {
    guard let value = scalar(id, expected: "a protocol") else { return nil }
    if case .string(let text) = value, let named = IPProtocol(name: text.text.lowercased()) { return named }
    return protocolMatch(id)?.value
  }
}
