extension PacketNode {
  /// The two lower fields of a set, source and destination address, by family.
  struct Ends: Sendable {
    let v4: PacketNode?
    let v6: PacketNode?

    init(_ source: AddressSet, _ destination: AddressSet) {
      v4 = Self.node(source.v4, destination.v4)
      v6 = Self.node(source.v6, destination.v6)
    }

    private static func node(_ source: Intervals, _ destination: Intervals) -> PacketNode? {
      guard !source.isEmpty, !destination.isEmpty else { return nil }
      return make([(source, make([(destination, .leaf)]))])
    }

    subscript(family: IPFamily) -> PacketNode? { family == .v4 ? v4 : v6 }
  }

  /// The number of a family and protocol in the first field: IPv4 from 0 on, IPv6 from 256 on.
  static func header(_ family: IPFamily, _ protocol: UInt128) -> UInt128 {
    family == .v4 ? `protocol` : 256 + `protocol`
  }

  static func headers(_ family: IPFamily, _ protocols: ClosedRange<UInt128>) -> ClosedRange<UInt128> {
    header(family, protocols.lowerBound)...header(family, protocols.upperBound)
  }

  /// The packets that meet the criteria, whose addresses stand in `ends` already.
  static func make(_ criteria: PacketCriteria, _ ends: Ends) -> PacketNode? {
    var parts: [(values: Intervals, child: PacketNode?)] = []
    for protocolClass in ProtocolClass.allCases {
      let headers = criteria.headers.intersection(protocolClass.headers)
      let fields = criteria.fields(of: protocolClass)
      guard !headers.isEmpty, !fields.first.isEmpty, !fields.second.isEmpty else { continue }
      for family in [IPFamily.v4, .v6] {
        let ofFamily = headers.intersection(family == .v4 ? headersOfV4 : headersOfV6)
        guard !ofFamily.isEmpty, let end = ends[family] else { continue }
        parts.append((ofFamily, make([(fields.second, make([(fields.first, end)]))])))
      }
    }
    return parts.isEmpty ? nil : make(parts)
  }

  private static let headersOfV4 = PacketCriteria.headers(of: .v4)
  private static let headersOfV6 = PacketCriteria.headers(of: .v6)
}
