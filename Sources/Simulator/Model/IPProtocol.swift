/// A protocol of IP by number, as packets carry it.
package struct IPProtocol: Hashable, Sendable, RawRepresentable {
  package var rawValue: UInt8

  @inlinable package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let icmp = IPProtocol(rawValue: 1)
  package static let tcp = IPProtocol(rawValue: 6)
  package static let udp = IPProtocol(rawValue: 17)
  package static let icmpv6 = IPProtocol(rawValue: 58)
  package static let sctp = IPProtocol(rawValue: 132)
  package static let udplite = IPProtocol(rawValue: 136)

  /// The protocols that have a name in the API, in the order in which messages list them.
  package static let named: [(name: String, value: IPProtocol)] = [
    ("tcp", .tcp), ("udp", .udp), ("icmp", .icmp), ("icmpv6", .icmpv6), ("sctp", .sctp), ("udplite", .udplite),
  ]

  /// The protocol with this lower-case name; `nil` for any other text, digits included.
  package init?(name: String) {
    guard let found = Self.named.first(where: { $0.name == name }) else { return nil }
    self = found.value
  }

  /// Do packets of this protocol carry port numbers?
  @inlinable package var hasPorts: Bool {
    rawValue == 6 || rawValue == 17 || rawValue == 132 || rawValue == 136
  }

  /// ICMP of either family.
  @inlinable package var isICMP: Bool { rawValue == 1 || rawValue == 58 }
}

extension IPProtocol: CustomStringConvertible {
  /// The name where there is one, else the number.
  package var description: String {
    Self.named.first { $0.value == self }?.name ?? String(rawValue)
  }
}

/// A protocol as a rule writes it. Name and number differ in Calico: the *name* `icmp` restricts a rule to IPv4 and
/// `icmpv6` to IPv6, the numbers 1 and 58 do not (Felix 2.4 `calc/rule_convert.go`).
package struct ProtocolMatch: Hashable, Sendable {
  package var value: IPProtocol
  package var isName: Bool

  package init(_ value: IPProtocol, isName: Bool) {
    self.value = value
    self.isName = isName
  }

  /// The family that the name implies; `nil` for numbers and for names without one.
  package var impliedFamily: IPFamily? {
    guard isName else { return nil }
    switch value {
    case .icmp: return .v4
    case .icmpv6: return .v6
    default: return nil
    }
  }
}

extension ProtocolMatch: CustomStringConvertible {
  package var description: String { isName ? value.description : String(value.rawValue) }
}
