extension Simulation {
  /// Does a rule of a policy match a packet, whatever stands before the rule?
  ///
  /// - Parameter policy: by index in the world.
  /// - Parameter packet: as the rule would see it, so after DNAT for a rule of a normal policy.
  package func matches(_ packet: Packet, policy: Int, _ direction: Direction, rule: Int) -> Bool {
    let number = book.policies[policy].rules(direction).lowerBound + Int32(rule)
    return book.firstFailure(of: book.rules[Int(number)], book.facts(of: packet)) == nil
  }
}

extension Topology {
  /// The first packet of a connection as it goes on after DNAT; `nil` if no rule is about it.
  package func translated(_ packet: Packet) -> Packet? {
    dnat.rule(for: packet).map { dnat.rewrite(packet, by: $0) }
  }
}
