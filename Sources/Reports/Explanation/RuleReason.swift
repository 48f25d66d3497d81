import Selector
import Simulator

/// Why a rule matches a packet, or what would have to be otherwise for it to match, in words.
struct RuleReason {
  let rule: Rule
  let packet: Packet

  /// `it is TCP to port 80, and its source 10.0.0.9 is in 10.0.0.0/8`: everything that the rule asks for, as the packet has it.
  ///
  /// - Parameter criteria: all that the rule asks for.
  func met(_ criteria: [Criterion]) -> Prose {
    var head: Prose = ""
    var rest = criteria.filter { !Self.isImplied($0) }
    guard !rest.isEmpty else { return "the rule asks for nothing and so matches every packet" }
    if rest.contains(.protocol) || rest.contains(.portProtocol) {
      head = "it is \(packet.protocol.inProse)"
      rest.removeAll { [.protocol, .portProtocol].contains($0) }
      if rest.contains(.icmp) {
        head += " \(icmp(rule.icmp))"
        rest.removeAll { $0 == .icmp }
      }
      if rest.contains(.destinationPorts), isOnePort(rule.destination.ports) {
        head += " to port \(packet.destinationPort)"
        rest.removeAll { $0 == .destinationPorts }
      }
    }
    return .list((head.isEmpty ? [] : [head]) + rest.map(phrase))
  }

  /// What another criterion says already: the family that a protocol's name or a network brings with it.
  static func isImplied(_ criterion: Criterion) -> Bool { criterion == .protocolFamily || criterion == .netFamily }

  private func isOnePort(_ ports: [PortRange]) -> Bool {
    ports.contains { $0.lower == $0.upper && $0.lower == packet.destinationPort }
  }

  private func phrase(_ criterion: Criterion) -> Prose {
    switch criterion {
    case .disabled, .protocolFamily, .netFamily: ""
    case .ipVersion: "it is IPv\(packet.family.rawValue)"
    case .protocol, .portProtocol: "it is \(packet.protocol.inProse)"
    case .notProtocol: "it is not \(rule.notProtocol?.value.inProse ?? "")"
    case .icmp: "it is \(icmp(rule.icmp))"
    case .notICMP: "it is not ICMP \(icmp(rule.notICMP))"
    case .sourceNets: "its source \(source) is in \(net(rule.source.nets, packet.source))"
    case .sourceNotNets: "its source \(source) is not in \(list(rule.source.notNets, "or"))"
    case .sourceTag, .sourceSelector: "its source \(source) belongs to an endpoint that \(wish(criterion))"
    case .sourceNotTag, .sourceNotSelector: "its source \(source) belongs to no endpoint that \(wish(criterion))"
    case .sourcePorts: "its source port \(among(rule.source.ports, packet.sourcePort))"
    case .sourceNotPorts: "its source port \(packet.sourcePort) is not \(list(rule.source.notPorts, "or"))"
    case .destinationNets: "its destination \(destination) is in \(net(rule.destination.nets, packet.destination))"
    case .destinationNotNets: "its destination \(destination) is not in \(list(rule.destination.notNets, "or"))"
    case .destinationTag, .destinationSelector: "its destination \(destination) belongs to an endpoint that \(wish(criterion))"
    case .destinationNotTag, .destinationNotSelector:
      "its destination \(destination) belongs to no endpoint that \(wish(criterion))"
    case .destinationPorts: "its destination port \(among(rule.destination.ports, packet.destinationPort))"
    case .destinationNotPorts: "its destination port \(packet.destinationPort) is not \(list(rule.destination.notPorts, "or"))"
    }
  }

  /// `were its destination port 80 and not 81`: what would have to be otherwise for one criterion that fails to hold.
  func wanting(_ criterion: Criterion) -> Prose {
    switch criterion {
    case .disabled: "were it not disabled"
    case .ipVersion: "were the packet IPv\((rule.ipVersion ?? packet.family).rawValue) and not IPv\(packet.family.rawValue)"
    case .protocolFamily, .netFamily: "were the packet not IPv\(packet.family.rawValue)"
    case .protocol: "were it \(rule.protocol?.value.inProse ?? "") and not \(packet.protocol.inProse)"
    case .notProtocol: "were it not \(packet.protocol.inProse)"
    case .portProtocol: "were it TCP or UDP and not \(packet.protocol.inProse)"
    case .icmp: "were it ICMP \(icmp(rule.icmp)) and not \(ownICMP)"
    case .notICMP: "were it not ICMP \(icmp(rule.notICMP))"
    case .sourceNets: "were its source in \(list(rule.source.nets, "or")) and not \(source)"
    case .sourceNotNets: "were its source \(source) not in \(net(rule.source.notNets, packet.source))"
    case .sourceTag, .sourceSelector: "did its source \(source) belong to an endpoint that \(wish(criterion))"
    case .sourceNotTag, .sourceNotSelector: "did its source \(source) belong to no endpoint that \(wish(criterion))"
    case .sourcePorts: "were its source port \(list(rule.source.ports, "or")) and not \(packet.sourcePort)"
    case .sourceNotPorts: "were its source port another than \(packet.sourcePort)"
    case .destinationNets: "were its destination in \(list(rule.destination.nets, "or")) and not \(destination)"
    case .destinationNotNets: "were its destination \(destination) not in \(net(rule.destination.notNets, packet.destination))"
    case .destinationTag, .destinationSelector:
      "did its destination \(destination) belong to an endpoint that \(wish(criterion))"
    case .destinationNotTag, .destinationNotSelector:
      "did its destination \(destination) belong to no endpoint that \(wish(criterion))"
    case .destinationPorts: "were its destination port \(list(rule.destination.ports, "or")) and not \(packet.destinationPort)"
    case .destinationNotPorts: "were its destination port another than \(packet.destinationPort)"
    }
  }

  // MARK: Pieces

  private var source: Prose { "\(packet.source.description)" }
  private var destination: Prose { "\(packet.destination.description)" }

  /// `is tagged "a"` or `matches role == "a"`, by what the rule asks of that end.
  private func wish(_ criterion: Criterion) -> Prose {
    switch criterion {
    case .sourceTag: "has tag \(name: rule.source.tag ?? "")"
    case .sourceNotTag: "has tag \(name: rule.source.notTag ?? "")"
    case .sourceSelector: selector(rule.source.selector)
    case .sourceNotSelector: selector(rule.source.notSelector)
    case .destinationTag: "has tag \(name: rule.destination.tag ?? "")"
    case .destinationNotTag: "has tag \(name: rule.destination.notTag ?? "")"
    case .destinationSelector: selector(rule.destination.selector)
    default: selector(rule.destination.notSelector)
    }
  }

  private func selector(_ selector: Selector?) -> Prose { "matches \(name: selector?.text.shortened(to: 80) ?? "")" }

  private var ownICMP: String {
    packet.protocol.isICMP ? "type \(packet.icmpType) code \(packet.icmpCode)" : packet.protocol.inProse
  }

  private func icmp(_ match: ICMPMatch?) -> String {
    guard let type = match?.type else { return "of any type" }
    return "type \(type)" + (match?.code.map { " code \($0)" } ?? "")
  }

  /// The network that holds the address.
  private func net(_ nets: [IPNetwork], _ address: IPAddress) -> String {
    nets.first { $0.contains(address) }?.description ?? ""
  }

  /// `is 80`, or `85 is in 80:90`.
  private func among(_ ports: [PortRange], _ port: UInt16) -> String {
    guard let range = ports.first(where: { $0.lower <= port && port <= $0.upper }), range.lower != range.upper else {
      return "is \(port)"
    }
    return "\(port) is in \(range)"
  }

  private func list(_ items: [some CustomStringConvertible], _ word: String) -> String {
    let shown = items.count <= 4 ? items.count : 3
    let rest = items.count - shown
    return Prose.list(items.prefix(shown).map { "\($0.description)" } + (rest > 0 ? ["\(rest) more"] : []), word).text
  }
}

extension IPProtocol {
  /// As one writes it in a sentence: `TCP`, `ICMPv6`, `protocol 50`.
  var inProse: String {
    switch self {
    case .icmpv6: "ICMPv6"
    case .udplite: "UDP-Lite"
    default: IPProtocol.named.contains { $0.value == self } ? description.uppercased() : "protocol \(description)"
    }
  }
}
