import Selector
import Simulator

/// Says why a packet fails a criterion: what the rule wants, and what the packet has.
struct CriterionText {
  let rule: Rule
  let packet: Packet

  func reason(_ criterion: Criterion) -> String {
    criterion == .disabled ? detail(criterion) : "\(field(criterion)): \(detail(criterion))"
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

  private func family(_ family: IPFamily?) -> String { family.map { "IPv\($0.rawValue)" } ?? "" }

  private func icmp(_ match: ICMPMatch?, isNegated: Bool) -> String {
    guard packet.protocol.isICMP else { return "\(packet.protocol) is not ICMP" }
    let own = "type \(packet.icmpType) code \(packet.icmpCode)"
    let wanted = "type \(match?.type.map { "\($0)" } ?? "any")" + (match?.code.map { " code \($0)" } ?? "")
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
