import Selector
import Simulator

private enum NodeMetadataField: String, FieldName {
  case name
  static let place = Place.nodeMetadata
}

private enum NodeSpecField: String, FieldName {
  case bgp
  static let place = Place.nodeSpec
}

private enum NodeBGPField: String, FieldName {
  case asNumber, ipv4Address, ipv6Address
  static let place = Place.nodeBGP
}

private enum IPPoolMetadataField: String, FieldName {
  case cidr
  static let place = Place.ipPoolMetadata
}

private enum IPPoolSpecField: String, FieldName {
  case ipip
  case natOutgoing = "nat-outgoing"
  case disabled
  static let place = Place.ipPoolSpec
}

private enum IPIPField: String, FieldName {
  case enabled, mode
  static let place = Place.ipip
}

private enum BGPPeerMetadataField: String, FieldName {
  case scope, node, peerIP
  static let place = Place.bgpPeerMetadata
}

private enum BGPPeerSpecField: String, FieldName {
  case asNumber
  static let place = Place.bgpPeerSpec
}

/// Nodes, pools and peers (MANIFESTS section A.6).
extension ResourceReader {
  mutating func node(_ parts: ResourceParts) -> Node? {
    var node = Node(name: "", location: location(parts.node))
    if let metadata = fields(parts.metadata, NodeMetadataField.self) {
      node.name = identifier(.name, of: metadata, .name, parts)
    }
    guard let spec = fields(parts.spec, NodeSpecField.self) else { return node }
    guard let id = spec[.bgp], !isNull(id), let fields = fields(id, NodeBGPField.self) else { return node }
    let before = errorCount
    let bgp = Node.BGP(
      asNumber: asNumber(fields[.asNumber]),
      ipv4Address: bgpAddress(fields[.ipv4Address], .v4, what: "ipv4Address"),
      ipv6Address: bgpAddress(fields[.ipv6Address], .v6, what: "ipv6Address")
    )
    if bgp.ipv4Address == nil, bgp.ipv6Address == nil, errorCount == before {
      note(.endpoint(.bgpWithoutAddress), at: spec.key(.bgp) ?? id)
    }
    node.bgp = bgp
    return node
  }

  private mutating func bgpAddress(_ id: NodeID?, _ family: IPFamily, what: String) -> IPNetwork? {
    guard let id, let network = optionalNetwork(id) else { return nil }
    if network.family != family { note(.endpoint(.wrongFamily(network.address, what: what, expected: family)), at: id) }
    return network
  }

  /// A 32-bit number, or text: digits, or two 16-bit numbers with a point between.
  private mutating func asNumber(_ id: NodeID?) -> UInt32? {
    guard let id, let value = scalar(id, expected: "an AS number") else { return nil }
    guard case .string(let text) = value else {
      return integer(id, what: "AS number", in: 0...Int(UInt32.max)).map { UInt32($0) }
    }
    if let number = PortText.digits(text.text, max: Int(UInt32.max)) { return UInt32(number) }
    let halves = text.text.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count == 2, let high = PortText.digits(halves[0], max: 65535),
      let low = PortText.digits(halves[1], max: 65535)
    else {
      note(.value(.invalidASNumber(text.shown)), at: id)
      return nil
    }
    return UInt32(high) << 16 | UInt32(low)
  }

  mutating func ipPool(_ parts: ResourceParts) -> IPPool? {
    guard let metadata = fields(parts.metadata, IPPoolMetadataField.self) else { return nil }
    guard let id = metadata[.cidr], !isNull(id) else {
      note(.field(.identifierMissing("cidr")), at: metadata.key(.cidr) ?? parts.metadataKey ?? parts.node)
      return nil
    }
    let cidr = network(id)
    guard let spec = fields(parts.spec, IPPoolSpecField.self) else { return nil }
    var ipip: IPPool.IPIP?
    if let id = spec[.ipip], !isNull(id), let fields = fields(id, IPIPField.self) {
      let enabled = fields[.enabled].flatMap { bool($0) } ?? false
      ipip = IPPool.IPIP(enabled: enabled, mode: word(fields[.mode], what: "IPIP mode"))
    }
    let natOutgoing = spec[.natOutgoing].flatMap { bool($0) } ?? false
    let disabled = spec[.disabled].flatMap { bool($0) } ?? false
    guard let cidr else { return nil }
    let pool = IPPool(
      cidr: cidr,
      ipip: ipip,
      natOutgoing: natOutgoing,
      disabled: disabled,
      location: location(parts.node)
    )
    check(pool, cidrAt: id, ipipAt: spec.key(.ipip) ?? id)
    return pool
  }

  private mutating func check(_ pool: IPPool, cidrAt id: NodeID, ipipAt: NodeID) {
    let cidr = pool.cidr
    if cidr.family == .v6, pool.ipip?.enabled == true { note(.endpoint(.ipipNeedsIPv4), at: ipipAt) }
    if !pool.disabled, cidr.prefixLength > cidr.family.bits - 6 { note(.endpoint(.poolTooSmall(cidr)), at: id) }
    if cidr.masked != cidr { note(.endpoint(.poolNotMasked(cidr)), at: id) }
    let linkLocal =
      cidr.family == .v4
      ? IPNetwork(address: IPAddress(v4: 0xa9fe_0000), prefixLength: 16)
      : IPNetwork(address: IPAddress(family: .v6, high: 0xfe80 << 48, low: 0), prefixLength: 10)
    if cidr.contains(linkLocal.address) || linkLocal.contains(cidr.address) {
      note(.endpoint(.poolIsLinkLocal(cidr)), at: id)
    }
  }

  mutating func bgpPeer(_ parts: ResourceParts) -> BGPPeer? {
    guard let metadata = fields(parts.metadata, BGPPeerMetadataField.self) else { return nil }
    let fallback = parts.metadataKey ?? parts.node
    let before = errorCount
    let scope = word(metadata[.scope], BGPPeer.Scope.self, what: "scope")
    if scope == nil, errorCount == before {
      note(.field(.identifierMissing("scope")), at: metadata.key(.scope) ?? fallback)
    }
    var node: ByteString?
    switch scope {
    case .node: node = identifier(.node, of: metadata, .name, parts)
    case .global, nil: node = name(metadata[.node], .name, what: "node")
    }
    if scope == .global, node != nil { note(.endpoint(.globalPeerWithNode), at: metadata.key(.node) ?? fallback) }
    let peerIP = metadata[.peerIP].flatMap { optionalAddress($0) }
    if metadata[.peerIP].map(isNull) ?? true {
      note(.field(.identifierMissing("peerIP")), at: metadata.key(.peerIP) ?? fallback)
    }
    guard let spec = fields(parts.spec, BGPPeerSpecField.self) else { return nil }
    let asNumber = asNumber(spec[.asNumber]) ?? 0
    guard let peerIP else { return nil }
    return BGPPeer(scope: scope, node: node, peerIP: peerIP, asNumber: asNumber, location: location(parts.node))
  }
}
