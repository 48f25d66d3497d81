import Selector
import Simulator

extension PlacedRule {
  /// The rule as the subject of a finding.
  ///
  /// - Parameter field: the field that is meant, from the rule on.
  func subject(field: [String] = []) -> Subject { Subject(owner, rule: place, field: field) }

  fileprivate static func all(of owner: ResourceID, _ rules: (Direction) -> [Rule]) -> [PlacedRule] {
    Direction.allCases.flatMap { direction in
      rules(direction).enumerated().filter { !$0.element.isDisabled }.map { index, rule in
        PlacedRule(owner: owner, place: Subject.RulePlace(direction, index), rule: rule)
      }
    }
  }
}

extension Policy {
  /// Those that are not disabled.
  var placedRules: [PlacedRule] { PlacedRule.all(of: Resource.policy(self).id, rules) }
}

extension Profile {
  /// Those that are not disabled.
  var placedRules: [PlacedRule] { PlacedRule.all(of: Resource.profile(self).id, rules) }
}

extension World {
  /// All rules that are not disabled, also where semantics have it that the policy or profile counts as missing.
  var placedRules: [PlacedRule] {
    policies.filter { !$0.isDisabled }.flatMap(\.placedRules) + profiles.flatMap(\.placedRules)
  }
}
