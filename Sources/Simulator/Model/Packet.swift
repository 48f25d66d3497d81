/// What a packet carries as far as policy looks at it: the first packet of a flow, or the answer to it.
package struct Packet: Hashable, Sendable {
  package var `protocol`: IPProtocol
  package var source: IPAddress
  package var destination: IPAddress
  /// 0 where the protocol has no ports.
  package var sourcePort: UInt16
  package var destinationPort: UInt16
  /// 0 where the protocol is not ICMP.
  package var icmpType: UInt8
  package var icmpCode: UInt8

  package init(
    _ protocol: IPProtocol, from source: IPAddress, port sourcePort: UInt16 = 0, to destination: IPAddress,
    port destinationPort: UInt16 = 0, icmpType: UInt8 = 0, icmpCode: UInt8 = 0
  ) {
    self.protocol = `protocol`
    self.source = source
    self.destination = destination
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.icmpType = icmpType
    self.icmpCode = icmpCode
  }

  package var family: IPFamily { source.family }

  /// The answer to this packet, addresses and ports swapped; `nil` for ICMP types that have none (SEMANTICS section 6).
  /// An ICMP answer keeps the code: connection tracking knows the pair by it.
  package var reply: Packet? {
    var type: UInt8 = 0
    if self.protocol.isICMP {
      guard let answer = ICMPTypes.answer(to: icmpType, of: self.protocol) else { return nil }
      type = answer
    }
    return Packet(
      self.protocol, from: destination, port: destinationPort, to: source, port: sourcePort, icmpType: type,
      icmpCode: icmpCode)
  }
}

/// What connection tracking knows of ICMP types: which begin a connection, and which answers belong to them.
package enum ICMPTypes {
  /// The type that answers; `nil` if nothing does. 8 → 0, 13 → 14, 15 → 16, 17 → 18; ICMPv6 128 → 129, 139 → 140.
  package static func answer(to type: UInt8, of protocol: IPProtocol) -> UInt8? {
    switch (`protocol`, type) {
    case (.icmp, 8): 0
    case (.icmp, 13): 14
    case (.icmp, 15): 16
    case (.icmp, 17): 18
    case (.icmpv6, 128): 129
    case (.icmpv6, 139): 140
    default: nil
    }
  }

  /// Does Linux let a packet of this type through connection tracking without a connection? The requests begin one;
  /// multicast listener and neighbour messages of ICMPv6 (130-136, 143) are left untracked. Everything else, answers
  /// and error messages, is invalid (`nf_conntrack_proto_icmp.c`, `nf_conntrack_proto_icmpv6.c`).
  package static func isValidWithoutConnection(_ type: UInt8, of protocol: IPProtocol) -> Bool {
    if answer(to: type, of: `protocol`) != nil { return true }
    return `protocol` == .icmpv6 && ((130...136).contains(type) || type == 143)
  }
}
