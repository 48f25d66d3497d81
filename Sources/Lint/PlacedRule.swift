import Selector
import Simulator

/// A rule and where it stands: in which policy or profile, in which list, at which place.
struct PlacedRule {
  var owner: ResourceID
  var place: Subject.RulePlace
  var rule: Rule

  /// `policy "web" ingress[0]`.
  var words: String { "\(owner.kind.rawValue) \"\(owner.name)\" \(place.direction)[\(place.index)]" }
}

extension LintContext {
  /// All rules that can match, of policies and profiles that count; in the order of the world.
  var placedRules: some Sequence<PlacedRule> {
    let policies = world.policies.lazy.filter { !$0.isDisabled && !semantics.countsAsMissing($0) }.flatMap { policy in
      Self.placed(Resource.policy(policy).id, policy.ingress, policy.egress)
    }
    let profiles = world.profiles.lazy.filter { !semantics.countsAsMissing($0) }.flatMap { profile in
      Self.placed(Resource.profile(profile).id, profile.ingress, profile.egress)
    }
    return [AnySequence(policies), AnySequence(profiles)].joined()
  }

  private static func placed(_ owner: ResourceID, _ ingress: [Rule], _ egress: [Rule]) -> [PlacedRule] {
    [(Direction.ingress, ingress), (.egress, egress)].flatMap { direction, rules in
      rules.enumerated().filter { !$0.element.isDisabled }.map { index, rule in
        PlacedRule(owner: owner, place: .init(direction, index), rule: rule)
      }
    }
  }
}
