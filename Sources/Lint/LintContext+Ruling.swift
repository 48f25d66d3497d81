import Selector
import Simulator

extension LintContext {
  /// What an endpoint's policies of one kind decide on a packet, profiles and failsafes left aside; `nil` if nothing does.
  ///
  /// - Complexity: linear in the policies of the world, and in the rules of those that select the endpoint.
  func ruling(
    on packet: Packet, at endpoint: Int, _ direction: Direction, of kind: PolicyKind = .normal
  ) -> Action? {
    rules(of: kind, at: endpoint, direction) { policy, place, rules in
      let action = rules[place].action
      return action != .log && simulation.matches(packet, policy: policy, direction, rule: place) ? action : nil
    }
  }

  /// Does a rule of the endpoint's policies of one kind match a packet and name destination ports?
  ///
  /// - Complexity: as above.
  func namesPort(of packet: Packet, _ kind: PolicyKind, at endpoint: Int, _ direction: Direction) -> Bool {
    rules(of: kind, at: endpoint, direction) { policy, place, rules in
      !rules[place].destination.ports.isEmpty && simulation.matches(packet, policy: policy, direction, rule: place) ? true : nil
    } ?? false
  }

  /// The first that is found in the rules of an endpoint's policies of one kind, in their order.
  ///
  /// - Parameter find: given a policy, the place of a rule, and the list that it stands in: to copy each rule would take
  ///   longer than to look at it.
  private func rules<Found>(
    of kind: PolicyKind, at endpoint: Int, _ direction: Direction, _ find: (Int, Int, [Rule]) -> Found?
  ) -> Found? {
    for policy in world.policies.indices where governed[policy].contains(endpoint) && world.policies[policy].kind == kind {
      let rules = direction == .ingress ? world.policies[policy].ingress : world.policies[policy].egress
      for place in rules.indices {
        if let found = find(policy, place, rules) { return found }
      }
    }
    return nil
  }
}
