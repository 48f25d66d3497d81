import Selector

/// Why a rule matches nothing: criteria of which no packet meets all.
package struct Contradiction: Hashable, Sendable {
  /// The field of a packet that nothing fits, or what else is the matter.
  package enum Subject: Hashable, Sendable {
    /// The rule is disabled.
    case disabled
    /// One selector or tag by itself: no endpoint that it matches has an address.
    case noAddress
    /// One asks for IPv4, another for IPv6.
    case family
    /// No protocol is left: protocol and notProtocol, or ports with a protocol that has none, or ICMP with TCP.
    case `protocol`
    case sourcePorts, destinationPorts
    case icmp
    /// Addresses: nets and notNets, nets and a selector, …
    case source, destination
  }

  package var subject: Subject
  /// The fewest that suffice, in the order in which a rule is held against a packet. Of several such sets the first.
  package var criteria: [Criterion]

  /// Do other endpoints, or other labels, resolve it?
  package var dependsOnEndpoints: Bool { criteria.contains(where: \.standsForEndpoints) }
}

extension RulePackets {
  /// The smallest set of criteria of which no packet meets all; `nil` if the rule matches some packet.
  ///
  /// A contradiction that holds in every world goes before one that depends on what selectors stand for, even if it is larger.
  /// Criteria that a rule implies are those that imply them: the family that the name `icmp` or networks bring, and TCP
  /// and UDP for ports without a protocol.
  package mutating func contradiction(in rule: Rule) -> Contradiction? {
    guard packets(of: rule).isEmpty else { return nil }
    let parts = (headerCriteria(of: rule) + addressCriteria(of: rule)).filter { $0.criteria != .any }
    var terms = parts.map { Term(criterion: $0.criterion, criteria: $0.criteria) }
    if let refused = rule.notICMP?.packets { terms.append(Term(criterion: .notICMP, refused: refused)) }
    let constant = terms.filter { !$0.criterion.standsForEndpoints }
    guard let found = Self.smallest(of: constant) ?? Self.smallest(of: terms) else { return nil }
    let order = found.sorted { $0.criterion.rawValue < $1.criterion.rawValue }
    return Contradiction(subject: Self.subject(of: found), criteria: order.map(\.criterion))
  }

  /// One criterion as what it asks for, or, of `notICMP`, as what it refuses.
  private struct Term {
    var criterion: Criterion
    var criteria = PacketCriteria.any
    var refused = PacketSet.none
  }

  /// The smallest subset that nothing meets, by trying all of one size after the other: a rule has few criteria.
  private static func smallest(of terms: [Term]) -> [Term]? {
    for size in 1...max(1, terms.count) {
      if let found = subset(of: terms[...], size: size, [], .any, .none) { return found }
    }
    return nil
  }

  private static func subset(
    of rest: ArraySlice<Term>, size: Int, _ chosen: [Term], _ criteria: PacketCriteria, _ refused: PacketSet
  ) -> [Term]? {
    if size == 0 { return PacketSet(criteria).isSubset(of: refused) ? chosen : nil }
    for index in rest.indices where rest.endIndex - index >= size {
      let term = rest[index]
      let found = subset(
        of: rest[(index + 1)...], size: size - 1, chosen + [term], criteria.intersection(term.criteria),
        refused.union(term.refused))
      if let found { return found }
    }
    return nil
  }

  private static func subject(of terms: [Term]) -> Contradiction.Subject {
    if terms.contains(where: { $0.criterion == .disabled }) { return .disabled }
    if terms.count == 1, terms[0].criterion.standsForEndpoints { return .noAddress }
    let families = [IPFamily.v4, .v6]
    if terms.count > 1, families.allSatisfy({ family in terms.contains { !$0.criteria.isMet(in: family) } }) {
      return .family
    }
    let all = terms.reduce(PacketCriteria.any) { $0.intersection($1.criteria) }
    if all.headers.isEmpty { return .protocol }
    if terms.contains(where: { $0.criterion == .notICMP }) { return .icmp }
    if all.sourcePorts.isEmpty { return .sourcePorts }
    if all.destinationPorts.isEmpty { return .destinationPorts }
    if all.source.isEmpty { return .source }
    if all.destination.isEmpty { return .destination }
    // Each field has something left, but nothing of one family.
    return .family
  }
}

extension PacketCriteria {
  /// Can packets of a family meet it?
  fileprivate func isMet(in family: IPFamily) -> Bool {
    !source[family].isEmpty && !destination[family].isEmpty && !headers.intersection(Self.headers(of: family)).isEmpty
  }
}

extension Criterion {
  /// Does it stand for addresses of endpoints, so that what it asks depends on the world?
  package var standsForEndpoints: Bool {
    switch self {
    case .sourceTag, .sourceNotTag, .sourceSelector, .sourceNotSelector, .destinationTag, .destinationNotTag,
      .destinationSelector, .destinationNotSelector:
      true
    default: false
    }
  }
}
