import Selector
import Simulator

extension LintContext {
  /// What an endpoint's policies of one kind decide on a packet, profiles and failsafes left aside; `nil` if nothing does.
  ///
  /// - Complexity: linear in the policies of the world, and in the rules of those that select the endpoint.
  func ruling(
    on packet: Packet, at endpoint: Int, _ direction: Direction, of kind: PolicyKind = .normal
  ) -> Action? {
    for (index, policy) in world.policies.enumerated() where policy.kind == kind && governed[index].contains(endpoint) {
      for (place, rule) in policy.enabledRules(direction) where rule.action != .log {
        if simulation.matches(packet, policy: index, direction, rule: place) { return rule.action }
      }
    }
    return nil
  }
}
