import Selector

extension Remedy {
  /// The endpoints at which the change can be felt, those that the flow meets included: indices in the world.
  func governedEndpoints() -> Bitset {
    edits.reduce(into: Bitset()) { $0.formUnion(endpoints(governedBy: $1)) }
  }

  private func endpoints(governedBy edit: RemedyEdit) -> Bitset {
    switch edit {
    case .enable(.policy(let name)): endpoints(withPolicy: name)
    case .enable(.rule(let list, _)): endpoints(with: list)
    case .insert(let insertion): endpoints(with: insertion.list)
    case .createPolicy(let policy, _): endpoints(with: policy)
    case .createProfile(let profile): endpoints { $0.profiles.contains(profile.name) }
    case .addProfile(_, let id, _), .correctProfileName(let id, _, _, _):
      walker.world.endpoint(id).map { [$0] } ?? []
    // The action speaks to what workloads send, failsafes to host endpoints.
    case .setEndpointToHostAction(let node, _): endpoints { $0.node == node && !$0.isHost }
    case .removeFailsafe(let node, _, _, _): endpoints { $0.node == node && $0.isHost }
    }
  }

  private func endpoints(with list: RuleList) -> Bitset {
    switch list.owner {
    case .policy: endpoints(withPolicy: list.name)
    case .profile: endpoints { $0.profiles.contains(list.name) }
    }
  }

  private func endpoints(withPolicy name: ByteString) -> Bitset {
    policy(name).map(endpoints(with:)) ?? []
  }

  /// Untracked and pre-DNAT policies never apply to workloads (D15).
  private func endpoints(with policy: Policy) -> Bitset {
    let world = walker.world
    let matching = world.labels.endpoints(matching: policy.selector)
    return policy.kind == .normal ? matching : Bitset(matching.lazy.filter { world.endpoints[$0].isHost })
  }

  private func endpoints(where holds: (Endpoint) -> Bool) -> Bitset {
    Bitset(walker.world.endpoints.indices.filter { holds(walker.world.endpoints[$0]) })
  }

  /// The endpoints that the flow itself meets.
  var endpointsMet: Bitset {
    let decisions =
      [obstacle.decision, verdict.forward.decidedBy] + before.matched + before.replyMatched
      + verdict.matched + verdict.replyMatched
    return Bitset(decisions.lazy.map { Int($0.endpoint) }.filter { $0 >= 0 })
  }

  /// The rules near the change: those of the changed policies and profiles, and of the profiles of a changed endpoint.
  var rulesAtHand: [Rule] {
    let world = walker.world
    return changes.flatMap { change -> [Rule] in
      switch change.after {
      case .policy(let policy): return policy.ingress + policy.egress
      case .profile(let profile): return profile.ingress + profile.egress
      case .hostEndpoint(let endpoint): return rules(of: endpoint.profiles, in: world)
      case .workloadEndpoint(let endpoint): return rules(of: endpoint.profiles, in: world)
      default: return []
      }
    }
  }

  /// The rules that the change brings.
  var newRules: [Rule] {
    edits.flatMap { edit -> [Rule] in
      switch edit {
      case .enable(.policy(let name)): policy(name).map { $0.ingress + $0.egress } ?? []
      case .enable(.rule(let list, let index)): [rules(of: list)[index]]
      case .insert(let insertion): [insertion.rule]
      case .createPolicy(let policy, _): policy.ingress + policy.egress
      case .createProfile(let profile), .addProfile(let profile, _, _): profile.ingress + profile.egress
      case .correctProfileName, .setEndpointToHostAction, .removeFailsafe: []
      }
    }
  }

  private func policy(_ name: ByteString) -> Policy? { walker.world.policies.first { $0.name == name } }

  private func rules(of list: RuleList) -> [Rule] {
    switch list.owner {
    case .policy: policy(list.name)?.rules(list.direction) ?? []
    case .profile: walker.world.profile(named: list.name).map { walker.world.profiles[$0].rules(list.direction) } ?? []
    }
  }

  private func rules(of profiles: [ByteString], in world: World) -> [Rule] {
    profiles.compactMap { world.profile(named: $0) }.flatMap { world.profiles[$0].ingress + world.profiles[$0].egress }
  }
}
