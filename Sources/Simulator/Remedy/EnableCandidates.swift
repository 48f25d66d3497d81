import Selector

/// What is switched off where a flow can meet it: rules, and whole policies. To switch one on again is the smallest change
/// of all, since nothing new comes into the world.
struct EnableCandidates {
  /// Each costs a trial.
  private static let most = 32

  /// The world of the policies that the flow can meet.
  let slim: World
  /// The endpoints that it can meet.
  let endpoints: Bitset

  var edits: [RemedyEdit] {
    let disabled =
      slim.policies.flatMap { policy in
        policy.isDisabled
          ? [.policy(policy.name)] : rules(.policy, policy.name, policy.ingress, policy.egress)
      }
      + profiles.flatMap { rules(.profile, $0.name, $0.ingress, $0.egress) }
    return disabled.prefix(Self.most).map { .enable($0) }
  }

  private var profiles: [Profile] {
    let listed = Set(endpoints.lazy.flatMap { slim.endpoints[$0].profiles })
    return listed.sorted().compactMap { slim.profile(named: $0) }.map { slim.profiles[$0] }
  }

  private func rules(_ owner: RuleList.Owner, _ name: ByteString, _ ingress: [Rule], _ egress: [Rule]) -> [Disabled] {
    [(Direction.ingress, ingress), (.egress, egress)].flatMap { direction, rules in
      let list = RuleList(owner: owner, name: name, direction: direction)
      return rules.indices.filter { rules[$0].isDisabled }.map { Disabled.rule(list, index: $0) }
    }
  }
}
