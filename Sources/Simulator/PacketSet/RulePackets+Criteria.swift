import Selector

/// One criterion of a rule, and the packets that meet it.
struct RuleCriterion: Sendable {
  var criterion: Criterion
  var criteria: PacketCriteria
}

// Each criterion says what `RuleBookBuilder` compiles for it. What that makes checks of their own there belongs to the
// criterion that brings it: the family that a protocol's name or a list of networks implies, and that ports are of TCP and UDP
// where the rule names no protocol (D12).

extension RulePackets {
  /// What a rule asks of everything but addresses; without `notICMP`, which is no product.
  func headerCriteria(of rule: Rule) -> [RuleCriterion] {
    var parts: [RuleCriterion] = []
    func add(_ criterion: Criterion, _ criteria: PacketCriteria) {
      parts.append(RuleCriterion(criterion: criterion, criteria: criteria))
    }
    if rule.isDisabled { add(.disabled, PacketCriteria(protocols: [])) }
    if let version = rule.ipVersion { add(.ipVersion, PacketCriteria(family: version)) }
    if let match = rule.protocol {
      // A family that is given counts, not the one that the name implies.
      add(.protocol, PacketCriteria(family: rule.ipVersion == nil ? match.impliedFamily : nil, protocols: [match.value]))
    }
    if let match = rule.notProtocol {
      var criteria = PacketCriteria.any
      criteria.headers = criteria.headers.subtracting(PacketCriteria.headers([match.value]))
      add(.notProtocol, criteria)
    }
    if let match = rule.icmp, let type = match.type {
      add(.icmp, PacketCriteria(icmpType: type, icmpCode: match.code))
    }
    for (end, names) in [(rule.source, EndCriteria.source), (rule.destination, .destination)] {
      if !end.ports.isEmpty { add(names.ports, ports(of: rule, names, Intervals(end.ports.map(\.values)))) }
      if !end.notPorts.isEmpty {
        let rest = PacketCriteria.allPorts.subtracting(Intervals(end.notPorts.map(\.values)))
        add(names.notPorts, ports(of: rule, names, rest))
      }
    }
    return parts
  }

  private func ports(of rule: Rule, _ names: EndCriteria, _ ports: Intervals) -> PacketCriteria {
    var criteria = PacketCriteria.any
    criteria.headers = rule.protocol == nil ? PacketCriteria.headers([.tcp, .udp]) : ProtocolClass.withPorts.headers
    if names.isSource { criteria.sourcePorts = ports } else { criteria.destinationPorts = ports }
    return criteria
  }

  /// What a rule asks of addresses.
  mutating func addressCriteria(of rule: Rule) -> [RuleCriterion] {
    addressCriteria(of: rule.source, .source) + addressCriteria(of: rule.destination, .destination)
  }

  private mutating func addressCriteria(of end: EntityRule, _ names: EndCriteria) -> [RuleCriterion] {
    var parts: [RuleCriterion] = []
    func add(_ criterion: Criterion, _ addresses: AddressSet) {
      var criteria = PacketCriteria.any
      if names.isSource { criteria.source = addresses } else { criteria.destination = addresses }
      parts.append(RuleCriterion(criterion: criterion, criteria: criteria))
    }
    if !end.nets.isEmpty { add(names.nets, AddressSet(end.nets)) }
    if !end.notNets.isEmpty {
      var rest = AddressSet.all.subtracting(AddressSet(end.notNets))
      // If all are of one family, packets of the other do not match (Felix `rules/policy.go`, filterNets).
      if let family = end.notNets.first?.family, end.notNets.allSatisfy({ $0.family == family }) { rest = rest.only(family) }
      add(names.notNets, rest)
    }
    if let tag = end.tag { add(names.tag, addresses(of: .has(tag))) }
    if let tag = end.notTag { add(names.notTag, AddressSet.all.subtracting(addresses(of: .has(tag)))) }
    if let selector = end.selector { add(names.selector, addresses(of: selector)) }
    if let selector = end.notSelector { add(names.notSelector, AddressSet.all.subtracting(addresses(of: selector))) }
    return parts
  }
}

/// How the criteria of one end of a rule are called, and which end it is.
private struct EndCriteria {
  let nets, notNets, tag, notTag, selector, notSelector, ports, notPorts: Criterion
  let isSource: Bool

  static let source = EndCriteria(
    nets: .sourceNets, notNets: .sourceNotNets, tag: .sourceTag, notTag: .sourceNotTag, selector: .sourceSelector,
    notSelector: .sourceNotSelector, ports: .sourcePorts, notPorts: .sourceNotPorts, isSource: true)
  static let destination = EndCriteria(
    nets: .destinationNets, notNets: .destinationNotNets, tag: .destinationTag, notTag: .destinationNotTag,
    selector: .destinationSelector, notSelector: .destinationNotSelector, ports: .destinationPorts,
    notPorts: .destinationNotPorts, isSource: false)
}

extension ICMPMatch {
  /// The packets of this ICMP type and code; `nil` if it names no type, and so asks for nothing.
  var packets: PacketSet? {
    type.map { PacketSet(PacketCriteria(icmpType: $0, icmpCode: code)) }
  }
}
