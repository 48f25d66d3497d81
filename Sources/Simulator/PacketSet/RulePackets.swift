import Selector

/// The packets that rules match in a world: exactly those that the walk finds them to match (`RuleBook`).
///
/// Keep one for a world: what a selector stands for, and what the two ends of a rule ask of addresses, is found out once.
package struct RulePackets: Sendable {
  let world: World
  private var selected: [Selector: AddressSet] = [:]
  private var ends: [RuleEnds: PacketNode.Ends] = [:]

  package init(_ world: World) {
    self.world = world
  }

  /// The packets that a rule matches; none if it is disabled.
  ///
  /// - Complexity: linear in the ranges of its criteria; what it asks of addresses counts once for all rules that ask it.
  package mutating func packets(of rule: Rule) -> PacketSet {
    var criteria = PacketCriteria.any
    for part in headerCriteria(of: rule) { criteria = criteria.intersection(part.criteria) }
    let matching = PacketSet(root: PacketNode.make(criteria, ends(of: rule)))
    guard let refused = rule.notICMP?.packets else { return matching }
    return matching.subtracting(refused)
  }

  private mutating func ends(of rule: Rule) -> PacketNode.Ends {
    let key = RuleEnds(rule)
    if let known = ends[key] { return known }
    var source = AddressSet.all
    var destination = AddressSet.all
    for part in addressCriteria(of: rule) {
      source = source.intersection(part.criteria.source)
      destination = destination.intersection(part.criteria.destination)
    }
    let made = PacketNode.Ends(source, destination)
    ends[key] = made
    return made
  }

  /// What a selector in a rule stands for: the addresses of the endpoints that it matches (SEMANTICS section 7).
  mutating func addresses(of selector: Selector) -> AddressSet {
    if let known = selected[selector] { return known }
    let endpoints = world.labels.endpoints(matching: selector)
    let found = AddressSet(endpoints.flatMap { world.endpoints[$0].addresses })
    selected[selector] = found
    return found
  }
}

/// What a rule asks of addresses: its two ends without ports.
private struct RuleEnds: Hashable {
  private let source: EntityRule
  private let destination: EntityRule

  init(_ rule: Rule) {
    source = rule.source.withoutPorts
    destination = rule.destination.withoutPorts
  }
}

extension EntityRule {
  fileprivate var withoutPorts: EntityRule {
    var copy = self
    copy.ports = []
    copy.notPorts = []
    return copy
  }
}
