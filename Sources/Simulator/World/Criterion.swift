/// One thing that a rule asks of a packet. A rule that does not match names the first that failed.
package enum Criterion: UInt8, Hashable, Sendable, BitwiseCopyable, CaseIterable {
  /// The rule is disabled: it matches nothing.
  case disabled
  case ipVersion
  /// The name `icmp` or `icmpv6` restricts the rule to one family.
  case protocolFamily
  /// The rule's nets are all of the other family.
  case netFamily
  case `protocol`
  case notProtocol
  /// Ports without a protocol: TCP and UDP (D12).
  case portProtocol
  case icmp
  case notICMP
  case sourceNets
  case sourceNotNets
  case sourceTag
  case sourceNotTag
  case sourceSelector
  case sourceNotSelector
  case sourcePorts
  case sourceNotPorts
  case destinationNets
  case destinationNotNets
  case destinationTag
  case destinationNotTag
  case destinationSelector
  case destinationNotSelector
  case destinationPorts
  case destinationNotPorts

  /// The field of the manifest, as a path within the rule: `source.notNets`.
  package var field: String {
    switch self {
    case .disabled: "disabled"
    case .ipVersion: "ipVersion"
    case .protocolFamily, .protocol: "protocol"
    case .netFamily: "nets"
    case .notProtocol: "notProtocol"
    case .portProtocol: "ports"
    case .icmp: "icmp"
    case .notICMP: "notICMP"
    case .sourceNets: "source.nets"
    case .sourceNotNets: "source.notNets"
    case .sourceTag: "source.tag"
    case .sourceNotTag: "source.notTag"
    case .sourceSelector: "source.selector"
    case .sourceNotSelector: "source.notSelector"
    case .sourcePorts: "source.ports"
    case .sourceNotPorts: "source.notPorts"
    case .destinationNets: "destination.nets"
    case .destinationNotNets: "destination.notNets"
    case .destinationTag: "destination.tag"
    case .destinationNotTag: "destination.notTag"
    case .destinationSelector: "destination.selector"
    case .destinationNotSelector: "destination.notSelector"
    case .destinationPorts: "destination.ports"
    case .destinationNotPorts: "destination.notPorts"
    }
  }
}
