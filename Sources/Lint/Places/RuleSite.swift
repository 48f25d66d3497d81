import Selector
import Simulator

/// A rule of the world and where it stands.
struct RuleSite {
  enum Owner: Hashable {
    /// By index in the world.
    case policy(Int)
    case profile(Int)
  }

  var owner: Owner
  var ownerID: ResourceID
  var place: Subject.RulePlace
  var rule: Rule

  func subject(field: [String] = []) -> Subject { Subject(ownerID, rule: place, field: field) }

  /// `ingress[0] of policy "web"`.
  var phrase: String {
    "\(place.direction.rawValue)[\(place.index)] of \(ownerID.kind.rawValue) \(ownerID.name.quoted)"
  }
}

extension World {
  /// Every rule that is not disabled, of policies that are not disabled and of profiles.
  var ruleSites: [RuleSite] {
    var sites: [RuleSite] = []
    for (index, policy) in policies.enumerated() where !policy.isDisabled {
      sites += Self.sites(.policy(index), Resource.policy(policy).id, policy.rules)
    }
    for (index, profile) in profiles.enumerated() {
      sites += Self.sites(.profile(index), Resource.profile(profile).id, profile.rules)
    }
    return sites
  }

  private static func sites(_ owner: RuleSite.Owner, _ id: ResourceID, _ rules: (Direction) -> [Rule]) -> [RuleSite] {
    Direction.allCases.flatMap { direction in
      rules(direction).enumerated().compactMap { index, rule in
        rule.isDisabled
          ? nil : RuleSite(owner: owner, ownerID: id, place: Subject.RulePlace(direction, index), rule: rule)
      }
    }
  }
}
