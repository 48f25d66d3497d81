package import Selector

/// What a rule does with a packet that it matches.
package enum Action: String, Hashable, Sendable, BitwiseCopyable, CaseIterable {
  case allow, deny, log, pass
}

/// The direction of a rule as seen from the endpoint.
package enum Direction: String, Hashable, Sendable, CaseIterable {
  case ingress, egress
}

/// Port numbers from `lower` to `upper`, both included; 1 to 65535.
package struct PortRange: Hashable, Sendable, BitwiseCopyable {
  package var lower: UInt16
  package var upper: UInt16

  /// - Precondition: `lower` is not above `upper`.
  package init(_ lower: UInt16, _ upper: UInt16) {
    precondition(lower <= upper, "a port range runs upwards")
    self.lower = lower
    self.upper = upper
  }

  package init(_ port: UInt16) {
    self.init(port, port)
  }
}

extension PortRange: CustomStringConvertible {
  /// `80` or `8000:8080`.
  package var description: String { lower == upper ? String(lower) : "\(lower):\(upper)" }
}

/// An ICMP type, and perhaps a code.
package struct ICMPMatch: Hashable, Sendable {
  package var type: UInt8?
  package var code: UInt8?

  package init(type: UInt8?, code: UInt8? = nil) {
    self.type = type
    self.code = code
  }
}

/// What a rule asks of one end of a packet. Everything that is given must hold.
package struct EntityRule: Hashable, Sendable {
  /// Tag `t` stands for the selector `has(t)`.
  package var tag: ByteString?
  package var notTag: ByteString?
  /// The networks of `net` and `nets`; empty means any.
  package var nets: [IPNetwork]
  package var notNets: [IPNetwork]
  package var selector: Selector?
  package var notSelector: Selector?
  package var ports: [PortRange]
  package var notPorts: [PortRange]

  package init(
    tag: ByteString? = nil, notTag: ByteString? = nil, nets: [IPNetwork] = [], notNets: [IPNetwork] = [],
    selector: Selector? = nil, notSelector: Selector? = nil, ports: [PortRange] = [], notPorts: [PortRange] = []
  ) {
    self.tag = tag
    self.notTag = notTag
    self.nets = nets
    self.notNets = notNets
    self.selector = selector
    self.notSelector = notSelector
    self.ports = ports
    self.notPorts = notPorts
  }

  package var isEmpty: Bool { self == EntityRule() }
}

/// One rule of a policy or profile. All criteria must hold; a rule without any matches every packet.
package struct Rule: Hashable, Sendable {
  package var action: Action
  package var ipVersion: IPFamily?
  package var `protocol`: ProtocolMatch?
  package var notProtocol: ProtocolMatch?
  package var icmp: ICMPMatch?
  package var notICMP: ICMPMatch?
  package var source: EntityRule
  package var destination: EntityRule
  /// Matches no packet, but keeps its place, so that the rules after it keep their numbers. No manifest can say so.
  package var isDisabled: Bool
  /// Where the rule begins in its file; `nil` for a rule that was made in memory.
  package var location: SourceLocation?

  package init(
    _ action: Action, ipVersion: IPFamily? = nil, protocol: ProtocolMatch? = nil, notProtocol: ProtocolMatch? = nil,
    icmp: ICMPMatch? = nil, notICMP: ICMPMatch? = nil, source: EntityRule = EntityRule(),
    destination: EntityRule = EntityRule(), isDisabled: Bool = false, location: SourceLocation? = nil
  ) {
    self.action = action
    self.ipVersion = ipVersion
    self.protocol = `protocol`
    self.notProtocol = notProtocol
    self.icmp = icmp
    self.notICMP = notICMP
    self.source = source
    self.destination = destination
    self.isDisabled = isDisabled
    self.location = location
  }
}
