package import Selector
package import Simulator

/// A policy or profile that was tried at a gate: its name in a line, and its rules in the gate's direction.
package struct AttemptText {
  /// `policy web, order 100, selects role == "web"`; says so where there are no rules in this direction.
  package let head: String
  package let name: ByteString
  package let rules: [Rule]

  package init(_ attempt: GateStep.Attempt, _ direction: Direction, on walker: Walker) {
    let words: String
    if attempt.kind == .policy {
      let policy = walker.world.policies[attempt.subject]
      name = policy.name
      rules = policy.rules(direction)
      words = "policy \(policy.name), order \(policy.order.map(Self.number) ?? "none"), selects \(policy.selector.text)"
    } else {
      let profile = walker.world.profiles[attempt.subject]
      name = profile.name
      rules = profile.rules(direction)
      words = "profile \(profile.name)"
    }
    head = Style.visible(rules.isEmpty ? "\(words): no \(direction.rawValue) rules" : words)
  }

  /// `100`, `1.5`.
  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
