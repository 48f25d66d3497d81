/// One thing that a rule asks of a packet, and whether the packet has it.
package struct CriterionResult: Hashable, Sendable {
  package var criterion: Criterion
  package var holds: Bool

  package init(_ criterion: Criterion, holds: Bool) {
    self.criterion = criterion
    self.holds = holds
  }
}

extension Walker {
  /// Everything that a rule asks of a packet, in the order in which the walk asks it: the first that does not hold is the failure
  /// of the trace, and what the walk no longer looks at after it is here, too. Empty for a rule that asks nothing.
  ///
  /// - Parameters:
  ///   - kind: `policy` or `profile`.
  ///   - subject: of the policy or profile, by index in the world.
  ///   - packet: as the rule saw it, so after DNAT for a rule behind routing.
  /// - Complexity: linear in what the rule asks.
  package func criteria(
    of kind: Decision.Kind, subject: Int, _ direction: Direction, rule: Int, _ packet: Packet
  ) -> [CriterionResult] {
    let sheet = kind == .policy ? book.policies[subject] : book.profiles[subject]
    let number = Int(sheet.rules(direction).lowerBound) + rule
    return book.results(of: book.rules[number], book.facts(of: packet))
  }
}
