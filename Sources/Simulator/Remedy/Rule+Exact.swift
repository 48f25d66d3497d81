extension Rule {
  /// The narrowest rule for a packet as a gate sees it that manifests can hold: protocol, both addresses, and the port
  /// of the service. The client's ephemeral port is left open: of a reply it is the destination's, so there the source
  /// port is named (S61). Ports go with TCP and UDP alone (MANIFESTS A.2).
  ///
  /// An ICMP type 0 is left out: Felix 2.4 would count the whole policy as missing for it (D16).
  static func exact(_ action: Action, _ packet: Packet, isReply: Bool) -> Rule {
    var rule = Rule(action, protocol: ProtocolMatch(exactly: packet))
    rule.source.nets = [IPNetwork(single: packet.source)]
    rule.destination.nets = [IPNetwork(single: packet.destination)]
    if packet.protocol == .tcp || packet.protocol == .udp {
      let port = isReply ? packet.sourcePort : packet.destinationPort
      if port > 0 {
        if isReply { rule.source.ports = [PortRange(port)] } else { rule.destination.ports = [PortRange(port)] }
      }
    }
    if packet.protocol == (packet.family == .v4 ? .icmp : .icmpv6), (1...254).contains(packet.icmpType) {
      rule.icmp = ICMPMatch(type: packet.icmpType, code: packet.icmpCode > 0 ? packet.icmpCode : nil)
    }
    return rule
  }
}

extension ProtocolMatch {
  /// By name where there is one that does not name the other family; else by number.
  fileprivate init(exactly packet: Packet) {
    let hasName = IPProtocol.named.contains { $0.value == packet.protocol }
    self.init(packet.protocol, isName: hasName)
    if let impliedFamily, impliedFamily != packet.family { isName = false }
  }
}
