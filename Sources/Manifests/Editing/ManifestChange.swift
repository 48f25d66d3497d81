import Selector
package import Simulator

/// A change to a resource that is to be made in the text which it was read from.
package struct ManifestChange: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A further rule, before the one that has this number now.
    case insertRule(Rule, Direction, at: Int)
    /// A rule without a protocol becomes two, one for TCP and one for UDP.
    case splitByProtocol(Direction, Int)
    /// All of `net` and `notNet` in a rule become `nets` and `notNets`, as one rule cannot have both forms.
    case replaceNets(Direction, Int)
    /// `tag` (or `notTag`, if it is negated) in `source` or `destination` of a rule becomes the selector that it stands for.
    case replaceTag(Direction, Int, RuleEnd, isNegated: Bool)
  }

  package enum RuleEnd: String, Hashable, Sendable {
    case source, destination
  }

  package var resource: ResourceID
  package var kind: Kind

  package init(_ resource: ResourceID, _ kind: Kind) {
    self.resource = resource
    self.kind = kind
  }

  /// The direction and number of the rule that changes, or before which one is added.
  package var place: (direction: Direction, index: Int) {
    switch kind {
    case .insertRule(_, let direction, at: let index), .splitByProtocol(let direction, let index),
      .replaceNets(let direction, let index), .replaceTag(let direction, let index, _, isNegated: _):
      (direction, index)
    }
  }
}

extension ManifestChange {
  /// What the resource means afterwards; `nil` if there is no such rule, or it is not as the change would have it.
  package func applied(to resource: Resource) -> Resource? {
    switch resource {
    case .policy(var policy):
      guard let rules = applied(to: policy.rules(place.direction)) else { return nil }
      policy[place.direction] = rules
      return .policy(policy)
    case .profile(var profile):
      guard let rules = applied(to: place.direction == .ingress ? profile.ingress : profile.egress) else { return nil }
      if place.direction == .ingress { profile.ingress = rules } else { profile.egress = rules }
      return .profile(profile)
    default:
      return nil
    }
  }

  private func applied(to rules: [Rule]) -> [Rule]? {
    var rules = rules
    let index = place.index
    if case .insertRule(let rule, _, at: _) = kind {
      guard (0...rules.count).contains(index) else { return nil }
      rules.insert(rule, at: index)
      return rules
    }
    guard rules.indices.contains(index) else { return nil }
    switch kind {
    case .insertRule, .replaceNets: break
    case .splitByProtocol:
      guard rules[index].protocol == nil else { return nil }
      rules.insert(rules[index], at: index)
      rules[index].protocol = ProtocolMatch(.tcp, isName: true)
      rules[index + 1].protocol = ProtocolMatch(.udp, isName: true)
    case .replaceTag(_, _, let end, let isNegated):
      let path: WritableKeyPath<Rule, EntityRule> = end == .source ? \.source : \.destination
      guard let entity = Self.withoutTag(rules[index][keyPath: path], isNegated) else { return nil }
      rules[index][keyPath: path] = entity
    }
    return rules
  }

  private static func withoutTag(_ entity: EntityRule, _ isNegated: Bool) -> EntityRule? {
    var entity = entity
    if isNegated {
      guard let tag = entity.notTag, entity.notSelector == nil else { return nil }
      (entity.notTag, entity.notSelector) = (nil, .has(tag))
    } else {
      guard let tag = entity.tag, entity.selector == nil else { return nil }
      (entity.tag, entity.selector) = (nil, .has(tag))
    }
    return entity
  }
}
