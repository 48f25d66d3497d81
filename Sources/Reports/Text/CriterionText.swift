import Selector
package import Simulator

/// Says why a packet fails a criterion: what the rule wants, and what the packet has.
package struct CriterionText {
  let rule: Rule
  let packet: Packet

  package init(rule: Rule, packet: Packet) {
    self.rule = rule
    self.packet = packet
  }

  /// `destination.ports: 81 is not 80`.
  package func reason(_ criterion: Criterion) -> String {
    criterion == .disabled ? detail(criterion) : "\(field(criterion)): \(detail(criterion))"
  }

  /// What the rule wants, for a criterion that holds: `destination.ports: 80`.
  package func demand(_ criterion: Criterion) -> String {
    criterion == .disabled ? "the rule is enabled" : "\(field(criterion)): \(Style.visible(wanted(criterion)))"
  }

  /// The field as the manifest spells it.
  private func field(_ criterion: Criterion) -> String {
    criterion == .netFamily ? "\(netFamilyField).nets" : criterion.field
  }

  private var netFamilyField: String {
    let other = [rule.source.nets + rule.source.notNets].joined().contains { $0.family != packet.family }
    return other ? "source" : "destination"
  }

  private func detail(_ criterion: Criterion) -> String {
    switch criterion {
    case .disabled: "the rule is disabled"
    case .ipVersion: "the packet is IPv\(packet.family.rawValue)"
    case .protocolFamily: "\(rule.protocol?.description ?? "") by name is \(family(rule.protocol?.impliedFamily)) only"
    case .netFamily: "the rule's networks are not IPv\(packet.family.rawValue)"
    case .protocol: "\(packet.protocol) is not \(rule.protocol?.description ?? "")"
    case .notProtocol: "\(packet.protocol) is excluded"
    case .portProtocol: "\(packet.protocol) is neither tcp nor udp"
    case .icmp: icmp(rule.icmp, isNegated: false)
    case .notICMP: icmp(rule.notICMP, isNegated: true)
    case .sourceNets: notIn(packet.source, rule.source.nets)
    case .sourceNotNets: excluded(packet.source, rule.source.notNets)
    case .sourceTag: noMember(packet.source, "tag \(rule.source.tag?.text ?? "")")
    case .sourceNotTag: member(packet.source, "tag \(rule.source.notTag?.text ?? "")")
    case .sourceSelector: noMember(packet.source, rule.source.selector?.text.text ?? "")
    case .sourceNotSelector: member(packet.source, rule.source.notSelector?.text.text ?? "")
    case .sourcePorts: portNotIn(packet.sourcePort, rule.source.ports)
    case .sourceNotPorts: portExcluded(packet.sourcePort, rule.source.notPorts)
    case .destinationNets: notIn(packet.destination, rule.destination.nets)
    case .destinationNotNets: excluded(packet.destination, rule.destination.notNets)
    case .destinationTag: noMember(packet.destination, "tag \(rule.destination.tag?.text ?? "")")
    case .destinationNotTag: member(packet.destination, "tag \(rule.destination.notTag?.text ?? "")")
    case .destinationSelector: noMember(packet.destination, rule.destination.selector?.text.text ?? "")
    case .destinationNotSelector: member(packet.destination, rule.destination.notSelector?.text.text ?? "")
    case .destinationPorts: portNotIn(packet.destinationPort, rule.destination.ports)
    case .destinationNotPorts: portExcluded(packet.destinationPort, rule.destination.notPorts)
    }
  }

  private func wanted(_ criterion: Criterion) -> String {
    switch criterion {
    case .disabled: ""
    case .ipVersion, .netFamily: "IPv\(packet.family.rawValue)"
    case .protocolFamily: "\(rule.protocol?.description ?? "") by name, in IPv\(packet.family.rawValue)"
    case .protocol: rule.protocol?.description ?? ""
    case .notProtocol: "not \(rule.notProtocol?.description ?? "")"
    case .portProtocol: "tcp or udp"
    case .icmp: wantedType(rule.icmp)
    case .notICMP: "not \(wantedType(rule.notICMP))"
    case .sourceNets: list(rule.source.nets)
    case .sourceNotNets: "not \(list(rule.source.notNets))"
    case .sourceTag: rule.source.tag?.text ?? ""
    case .sourceNotTag: "not \(rule.source.notTag?.text ?? "")"
    case .sourceSelector: rule.source.selector?.text.text ?? ""
    case .sourceNotSelector: "not \(rule.source.notSelector?.text.text ?? "")"
    case .sourcePorts: list(rule.source.ports)
    case .sourceNotPorts: "not \(list(rule.source.notPorts))"
    case .destinationNets: list(rule.destination.nets)
    case .destinationNotNets: "not \(list(rule.destination.notNets))"
    case .destinationTag: rule.destination.tag?.text ?? ""
    case .destinationNotTag: "not \(rule.destination.notTag?.text ?? "")"
    case .destinationSelector: rule.destination.selector?.text.text ?? ""
    case .destinationNotSelector: "not \(rule.destination.notSelector?.text.text ?? "")"
    case .destinationPorts: list(rule.destination.ports)
    case .destinationNotPorts: "not \(list(rule.destination.notPorts))"
    }
  }

  private func wantedType(_ match: ICMPMatch?) -> String {
    "type \(match?.type.map { "\($0)" } ?? "any")" + (match?.code.map { " code \($0)" } ?? "")
  }

  private func family(_ family: IPFamily?) -> String { family.map { "IPv\($0.rawValue)" } ?? "" }

  private func icmp(_ match: ICMPMatch?, isNegated: Bool) -> String {
    guard packet.protocol.isICMP else { return "\(packet.protocol) is not ICMP" }
    let own = "type \(packet.icmpType) code \(packet.icmpCode)"
    let wanted = wantedType(match)
    return isNegated ? "\(own) is excluded by \(wanted)" : "\(own) is not \(wanted)"
  }

  private func list(_ items: [some CustomStringConvertible]) -> String {
    let shown = items.prefix(4).map(\.description).joined(separator: ", ")
    return items.count > 4 ? "\(shown), … (\(items.count))" : shown
  }

  private func notIn(_ address: IPAddress, _ nets: [IPNetwork]) -> String { "\(address) is not in \(list(nets))" }

  private func excluded(_ address: IPAddress, _ nets: [IPNetwork]) -> String {
    "\(address) is in \(list(nets.filter { $0.contains(address) }))"
  }

  private func noMember(_ address: IPAddress, _ selector: String) -> String {
    "no endpoint with address \(address) matches \(Style.visible(selector))"
  }

  private func member(_ address: IPAddress, _ selector: String) -> String {
    "an endpoint with address \(address) matches \(Style.visible(selector))"
  }

  private func portNotIn(_ port: UInt16, _ ports: [PortRange]) -> String {
    guard packet.protocol.hasPorts else { return "\(packet.protocol) has no ports" }
    return "\(port) is not \(ports.count == 1 ? "" : "one of ")\(list(ports))"
  }

  private func portExcluded(_ port: UInt16, _ ports: [PortRange]) -> String {
    guard packet.protocol.hasPorts else { return "\(packet.protocol) has no ports" }
    return "\(port) is \(ports.count == 1 ? "" : "one of ")\(list(ports))"
  }
}
