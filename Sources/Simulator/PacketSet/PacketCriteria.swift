/// What a rule can ask of a packet, field by field; a packet meets it if it meets each field that it has. The product of
/// the fields' sets, in other words.
///
/// Ports count for protocols that have them, ICMP type and code for ICMP of either family; other packets have neither.
package struct PacketCriteria: Hashable, Sendable {
  /// Family and protocol, as `PacketNode.header` numbers them.
  var headers: Intervals
  var sourcePorts: Intervals
  var destinationPorts: Intervals
  var icmpTypes: Intervals
  var icmpCodes: Intervals
  var source: AddressSet
  var destination: AddressSet

  /// Every packet.
  package static let any = PacketCriteria()

  private init() {
    headers = Intervals(0...511)
    sourcePorts = Self.allPorts
    destinationPorts = Self.allPorts
    icmpTypes = Self.allICMP
    icmpCodes = Self.allICMP
    source = .all
    destination = .all
  }

  /// What is `nil` is not asked for; an empty list is met by nothing. Ports restrict to protocols that have ports, ICMP type
  /// and code to ICMP of the packet's family: protocol 1 in IPv4 and 58 in IPv6.
  package init(
    family: IPFamily? = nil, protocols: [IPProtocol]? = nil, source: [IPNetwork]? = nil,
    sourcePorts: [PortRange]? = nil, destination: [IPNetwork]? = nil, destinationPorts: [PortRange]? = nil,
    icmpType: UInt8? = nil, icmpCode: UInt8? = nil
  ) {
    self.init()
    if let family { restrict(to: Self.headers(of: family)) }
    if let protocols { restrict(to: Self.headers(protocols)) }
    if let source { self.source = AddressSet(source) }
    if let destination { self.destination = AddressSet(destination) }
    if let sourcePorts { self.sourcePorts = Intervals(sourcePorts.map(\.values)) }
    if let destinationPorts { self.destinationPorts = Intervals(destinationPorts.map(\.values)) }
    if sourcePorts != nil || destinationPorts != nil { restrict(to: ProtocolClass.withPorts.headers) }
    if let icmpType { icmpTypes = Intervals(UInt128(icmpType)...UInt128(icmpType)) }
    if let icmpCode { icmpCodes = Intervals(UInt128(icmpCode)...UInt128(icmpCode)) }
    if icmpType != nil || icmpCode != nil { restrict(to: Self.icmpOfItsFamily) }
  }

  static let allPorts = Intervals(0...65_535)
  static let allICMP = Intervals(0...255)
  private static let icmpOfItsFamily = Intervals([
    PacketNode.headers(.v4, IPProtocol.icmp.range), PacketNode.headers(.v6, IPProtocol.icmpv6.range),
  ])

  private mutating func restrict(to other: Intervals) { headers = headers.intersection(other) }

  static func headers(of family: IPFamily) -> Intervals { Intervals(PacketNode.headers(family, 0...255)) }

  /// Those of some protocols in both families.
  static func headers(_ protocols: [IPProtocol]) -> Intervals {
    Intervals([IPFamily.v4, .v6].flatMap { family in protocols.map { PacketNode.headers(family, $0.range) } })
  }

  /// What meets both.
  package func intersection(_ other: PacketCriteria) -> PacketCriteria {
    var both = self
    both.headers = headers.intersection(other.headers)
    both.sourcePorts = sourcePorts.intersection(other.sourcePorts)
    both.destinationPorts = destinationPorts.intersection(other.destinationPorts)
    both.icmpTypes = icmpTypes.intersection(other.icmpTypes)
    both.icmpCodes = icmpCodes.intersection(other.icmpCodes)
    both.source = source.intersection(other.source)
    both.destination = destination.intersection(other.destination)
    return both
  }

  /// The sets of the two fields that depend on the class of a protocol: source and destination port, or ICMP type and code.
  /// Protocols that have no such fields have 0 in both.
  func fields(of protocolClass: ProtocolClass) -> (first: Intervals, second: Intervals) {
    switch protocolClass {
    case .withPorts: (sourcePorts, destinationPorts)
    case .icmp: (icmpTypes, icmpCodes)
    case .plain: (Intervals(0...0), Intervals(0...0))
    }
  }
}

/// Protocols by the fields that their packets have besides addresses.
enum ProtocolClass: CaseIterable, Sendable {
  case withPorts, icmp, plain

  /// All of the class, in both families.
  var headers: Intervals {
    switch self {
    case .withPorts: Self.portHeaders
    case .icmp: Self.icmpHeaders
    case .plain: Self.plainHeaders
    }
  }

  init(_ value: IPProtocol) {
    self = value.hasPorts ? .withPorts : value.isICMP ? .icmp : .plain
  }

  private static let portHeaders = all { $0.hasPorts }
  private static let icmpHeaders = all { $0.isICMP }
  private static let plainHeaders = all { !$0.hasPorts && !$0.isICMP }

  private static func all(_ belongs: (IPProtocol) -> Bool) -> Intervals {
    PacketCriteria.headers((0...UInt8.max).map { IPProtocol(rawValue: $0) }.filter(belongs))
  }
}

extension IPProtocol {
  /// Its number alone, as a range.
  var range: ClosedRange<UInt128> { UInt128(rawValue)...UInt128(rawValue) }
}

extension PortRange {
  var values: ClosedRange<UInt128> { UInt128(lower)...UInt128(upper) }
}
