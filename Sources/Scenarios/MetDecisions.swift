import Selector
package import Simulator

/// A rule by what does not change when others come before it: its resource, direction and place in a file, or, if it was made
/// in memory, its number.
package struct RuleIdentity: Hashable, Sendable {
  package var resource: ResourceID
  package var direction: Direction
  package var location: SourceLocation?
  package var index: Int
  /// The rule itself, to show.
  package var rule: Rule

  package static func == (left: RuleIdentity, right: RuleIdentity) -> Bool {
    left.resource == right.resource && left.direction == right.direction && left.location == right.location
      && (left.location != nil || left.index == right.index)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(resource)
    hasher.combine(direction)
    hasher.combine(location)
  }
}

/// What flows were decided by, and what there was to decide them.
package struct MetDecisions: Sendable {
  /// Rules that decided a packet or a reply at a gate; of `log` and `pass`, that matched one.
  package private(set) var rules: Set<RuleIdentity> = []
  package private(set) var kinds: Set<Decision.Kind> = []
  /// Policies without rules that a default drop followed.
  package private(set) var emptyPolicies: Set<ResourceID> = []
  /// Every rule that stood in a world.
  package private(set) var known: Set<RuleIdentity> = []
  package private(set) var knownEmptyPolicies: Set<ResourceID> = []

  mutating func note(_ verdict: Verdict, on walker: Walker) {
    note(verdict.forward.decidedBy, on: walker)
    if let reply = verdict.reply { note(reply.decidedBy, on: walker) }
    // A rule that let a packet through one gate on its way to the next has decided there.
    for decision in verdict.matched + verdict.replyMatched { note(decision, on: walker) }
  }

  private mutating func note(_ decision: Decision, on walker: Walker) {
    kinds.insert(decision.kind)
    let world = walker.world
    switch decision.kind {
    case .policy:
      let policy = world.policies[Int(decision.subject)]
      rules.insert(RuleIdentity(.policy(policy), policy.rules(decision.direction), decision))
    case .profile:
      let profile = world.profiles[Int(decision.subject)]
      rules.insert(RuleIdentity(.profile(profile), profile.rules(decision.direction), decision))
    case .noPolicyMatched:
      for policy in world.policies where policy.hasNoRules && policy.kind == .normal {
        if world.labels.endpoints(matching: policy.selector).contains(Int(decision.endpoint)) {
          emptyPolicies.insert(Resource.policy(policy).id)
        }
      }
    default: break
    }
  }

  /// Takes note of all rules that a world has.
  mutating func note(_ world: World) {
    for policy in world.policies {
      let id = Resource.policy(policy).id
      if policy.hasNoRules { knownEmptyPolicies.insert(id) }
      note(id, policy.ingress, .ingress)
      note(id, policy.egress, .egress)
    }
    for profile in world.profiles {
      let id = Resource.profile(profile).id
      note(id, profile.ingress, .ingress)
      note(id, profile.egress, .egress)
    }
  }

  private mutating func note(_ id: ResourceID, _ rules: [Rule], _ direction: Direction) {
    for (index, rule) in rules.enumerated() where !rule.isDisabled {
      known.insert(RuleIdentity(resource: id, direction: direction, location: rule.location, index: index, rule: rule))
    }
  }

  mutating func formUnion(_ other: MetDecisions) {
    rules.formUnion(other.rules)
    kinds.formUnion(other.kinds)
    emptyPolicies.formUnion(other.emptyPolicies)
    known.formUnion(other.known)
    knownEmptyPolicies.formUnion(other.knownEmptyPolicies)
  }
}

extension RuleIdentity {
  fileprivate init(_ resource: Resource, _ rules: [Rule], _ decision: Decision) {
    let rule = rules[Int(decision.rule)]
    self.init(
      resource: resource.id, direction: decision.direction, location: rule.location, index: Int(decision.rule), rule: rule)
  }
}

extension Policy {
  /// Such a policy is there for the default drop alone.
  fileprivate var hasNoRules: Bool { ingress.isEmpty && egress.isEmpty }
}
