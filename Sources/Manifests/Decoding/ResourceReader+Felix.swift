import Selector
import Simulator

private enum FelixField: String, FieldName {
  case interfacePrefix, defaultEndpointToHostAction, failsafeInboundHostPorts, failsafeOutboundHostPorts
  static let place = Place.felix
}

private enum FailsafeField: String, FieldName {
  case `protocol`, port
  static let place = Place.failsafePort
}

/// Felix's settings in a host document, in a manifest's shape or as Felix's own configuration writes them.
extension ResourceReader {
  mutating func felixConfiguration(_ id: NodeID) -> Host.FelixConfiguration {
    guard let fields = fields(id, FelixField.self) else { return Host.FelixConfiguration() }
    var felix = Host.FelixConfiguration()
    felix.interfacePrefixes = interfacePrefixes(fields[.interfacePrefix])
    felix.defaultEndpointToHostAction = endpointToHostAction(fields[.defaultEndpointToHostAction])
    felix.failsafeInbound = failsafePorts(fields[.failsafeInboundHostPorts])
    felix.failsafeOutbound = failsafePorts(fields[.failsafeOutboundHostPorts])
    return felix
  }

  /// `cali`, `cali,tap`, or a list.
  private mutating func interfacePrefixes(_ id: NodeID?) -> [ByteString]? {
    guard let id, !isNull(id) else { return nil }
    var prefixes: [ByteString] = []
    for node in document.node(id).kind == .sequence ? document.children(id) : [id] {
      guard let text = text(node, expected: "a prefix of interface names") else { continue }
      for part in text.bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        let prefix = ByteString(Self.trimmed(part))
        if NamePattern.linuxInterface.matches(prefix.bytes) {
          prefixes.append(prefix)
        } else {
          note(.value(.invalidName(prefix.shown, .linuxInterface, what: "interfacePrefix")), at: node)
        }
      }
    }
    if prefixes.isEmpty, document.node(id).kind == .sequence, document.children(id).isEmpty {
      note(.field(.wrongType(expected: "at least one prefix", found: "an empty list")), at: id)
    }
    return prefixes
  }

  private mutating func endpointToHostAction(_ id: NodeID?) -> Host.EndpointToHostAction? {
    guard let id, let text = text(id, expected: "a word"), !text.isEmpty else { return nil }
    let known = Host.EndpointToHostAction.allCases
    if let action = known.first(where: { Self.isSame(text.bytes[...], $0.rawValue.utf8) }) { return action }
    note(.value(.oneOf(text.shown, what: "defaultEndpointToHostAction", allowed: known.map(\.rawValue))), at: id)
    return nil
  }

  /// A list of ports, `none`, or Felix's own `tcp:22,udp:68`.
  private mutating func failsafePorts(_ id: NodeID?) -> [Host.FailsafePort]? {
    guard let id, !isNull(id) else { return nil }
    if document.node(id).kind == .sequence { return list(id, of: "ports") { $0.failsafePort($1) } }
    guard let value = scalar(id, expected: "a list of ports, or none") else { return nil }
    guard case .string(let text) = value else { return failsafePort(id).map { [$0] } }
    if Self.isSame(text.bytes[...], "none".utf8) { return [] }
    return text.bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).compactMap {
      failsafePort(Self.trimmed($0), at: id)
    }
  }

  /// `{protocol: tcp, port: 22}`, `"tcp:22"`, or a port alone, which is TCP's.
  private mutating func failsafePort(_ id: NodeID) -> Host.FailsafePort? {
    if document.node(id).kind == .mapping {
      guard let fields = fields(id, FailsafeField.self) else { return nil }
      let isGiven = fields[.protocol].map { !isNull($0) } ?? false
      let match = isGiven ? fields[.protocol].flatMap { hostProtocol($0) } : .tcp
      let port = required(fields, .port, in: id) { $0.hostPort($1) }
      if let match, !match.hasPorts, let key = fields[.protocol] { note(.endpoint(.portsWithoutPortProtocol), at: key) }
      guard let match, let port else { return nil }
      return Host.FailsafePort(match, port)
    }
    guard let value = scalar(id, expected: "a port such as tcp:22") else { return nil }
    if case .string(let text) = value { return failsafePort(text.bytes[...], at: id) }
    return port(id).map { Host.FailsafePort(.tcp, $0) }
  }

  private mutating func failsafePort(_ text: ArraySlice<UInt8>, at id: NodeID) -> Host.FailsafePort? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let name = parts.count == 2 ? ByteString(parts[0]).text.lowercased() : "tcp"
    guard parts.count <= 2, let match = IPProtocol(name: name), match.hasPorts,
      let number = PortText.digits(ByteString(parts[parts.count - 1]).text, max: 65535), number > 0
    else {
      note(.value(.invalidFailsafePort(ByteString(text).shown)), at: id)
      return nil
    }
    return Host.FailsafePort(match, UInt16(number))
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return text[first...last]
  }
}
