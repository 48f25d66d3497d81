import Reports
import Selector
package import Simulator

/// What no flow of a set of scenarios was decided by.
package struct Coverage: Sendable {
  package let met: MetDecisions
  /// Claims that a scenario names.
  package let claims: Set<String>

  /// - Parameter outcomes: of the scenarios that count.
  package init(_ outcomes: [ScenarioOutcome]) {
    var met = MetDecisions()
    for outcome in outcomes { met.formUnion(outcome.met) }
    self.met = met
    claims = Set(outcomes.flatMap(\.suite.claims))
  }

  /// Rules that decided nothing, by place.
  package var missedRules: [RuleIdentity] {
    met.known.subtracting(met.rules).sorted { left, right in
      switch (left.location, right.location) {
      case (let first?, let second?) where first != second: first < second
      case (nil, .some): true
      case (.some, nil): false
      default:
        (left.resource.name, left.direction.rawValue, left.index) < (right.resource.name, right.direction.rawValue, right.index)
      }
    }
  }

  /// Policies that bring nothing but a default drop, which no flow met.
  package var missedPolicies: [ResourceID] {
    met.knownEmptyPolicies.subtracting(met.emptyPolicies).sorted { $0.name < $1.name }
  }

  package var ruleCount: Int { met.known.count + met.knownEmptyPolicies.count }
  package var coveredRuleCount: Int { ruleCount - missedRules.count - missedPolicies.count }

  /// Covered rules in percent of all; 100 where there are none.
  package var percentage: Double {
    ruleCount == 0 ? 100 : 100 * Double(coveredRuleCount) / Double(ruleCount)
  }

  /// The built-in decisions: every kind but the rules of policies and profiles.
  package static let builtIn = Decision.Kind.allCases.filter { $0 != .policy && $0 != .profile }

  package var missedBuiltIn: [Decision.Kind] { Self.builtIn.filter { !met.kinds.contains($0) } }

  /// Claims that packets can show and no scenario names.
  package var missedClaims: [Claim] { Claim.all.filter { $0.isTestable && !claims.contains($0.id) } }
}
