import Selector

extension RemedyEdit {
  var isInsertion: Bool {
    if case .insert = self { true } else { false }
  }

  /// The resources that the edit changes.
  var targets: [ResourceID] {
    switch self {
    case .enable(.policy(let name)): [ResourceID(.policy, name)]
    case .enable(.rule(let list, _)): [list.resource]
    case .insert(let insertion): [insertion.list.resource]
    case .createPolicy(let policy, _): [ResourceID(.policy, policy.name)]
    case .createProfile(let profile): [ResourceID(.profile, profile.name)]
    case .addProfile(let profile, let endpoint, _): [ResourceID(.profile, profile.name), endpoint]
    case .correctProfileName(let endpoint, _, _, _): [endpoint]
    case .setEndpointToHostAction(let node, _), .removeFailsafe(let node, _, _, _): [ResourceID(.host, node)]
    }
  }

  /// One of the edit's targets after it; `nil` if the edit does not fit what is there.
  func applied(to resource: Resource?, _ id: ResourceID) -> Resource? {
    switch (self, resource) {
    case (.createPolicy(let policy, _), nil): return .policy(policy)
    case (.createProfile(let profile), nil): return .profile(profile)
    case (.addProfile(let profile, _, _), nil) where id.kind == .profile: return .profile(profile)
    case (.enable(let disabled), let owner?): return owner.enabling(disabled)
    case (.insert(let insertion), .policy(var policy)?):
      guard policy.insert(insertion) else { return nil }
      return .policy(policy)
    case (.insert(let insertion), .profile(var profile)?):
      guard profile.insert(insertion) else { return nil }
      return .profile(profile)
    case (.addProfile(let profile, _, let place), let endpoint?):
      return endpoint.changingProfiles { $0.insert(profile.name, at: min(place, $0.count)) }
    case (.correctProfileName(_, let place, let from, let to), let endpoint?):
      return endpoint.changingProfiles { names in
        if names.indices.contains(place), names[place] == from { names[place] = to }
      }
    case (.setEndpointToHostAction(_, let action), .host(var host)?):
      host.felix.defaultEndpointToHostAction = action
      return .host(host)
    case (.removeFailsafe(_, let direction, _, let left), .host(var host)?):
      if direction == .ingress { host.felix.failsafeInbound = left } else { host.felix.failsafeOutbound = left }
      return .host(host)
    default: return nil
    }
  }

  /// A creation with one rule more in what it creates.
  func inserting(_ insertion: RuleInsertion) -> RemedyEdit {
    switch self {
    case .createPolicy(var policy, let endpoint):
      _ = policy.insert(insertion)
      return .createPolicy(policy, for: endpoint)
    case .createProfile(var profile):
      _ = profile.insert(insertion)
      return .createProfile(profile)
    case .addProfile(var profile, let endpoint, let place):
      _ = profile.insert(insertion)
      return .addProfile(profile, to: endpoint, place: place)
    default: return self
    }
  }
}

extension Resource {
  /// The resource with itself or one of its rules switched on; `nil` for what cannot be.
  fileprivate func enabling(_ disabled: Disabled) -> Resource? {
    switch (self, disabled) {
    case (.policy(var policy), .policy):
      policy.isDisabled = false
      return .policy(policy)
    case (.policy(var policy), .rule(let list, let index)) where policy.rules(list.direction).indices.contains(index):
      policy[list.direction][index].isDisabled = false
      return .policy(policy)
    case (.profile(var profile), .rule(let list, let index)) where profile.rules(list.direction).indices.contains(index):
      profile[list.direction][index].isDisabled = false
      return .profile(profile)
    default: return nil
    }
  }
}

extension Policy {
  /// Puts a rule in its place; `false` if the list is too short for that.
  fileprivate mutating func insert(_ insertion: RuleInsertion) -> Bool {
    guard insertion.index <= rules(insertion.list.direction).count else { return false }
    self[insertion.list.direction].insert(insertion.rule, at: insertion.index)
    return true
  }
}

extension Profile {
  /// Puts a rule in its place; `false` if the list is too short for that.
  fileprivate mutating func insert(_ insertion: RuleInsertion) -> Bool {
    guard insertion.index <= rules(insertion.list.direction).count else { return false }
    self[insertion.list.direction].insert(insertion.rule, at: insertion.index)
    return true
  }
}

extension Resource {
  /// An endpoint with other profiles; `nil` for what is no endpoint.
  fileprivate func changingProfiles(_ change: (inout [ByteString]) -> Void) -> Resource? {
    switch self {
    case .hostEndpoint(var endpoint):
      change(&endpoint.profiles)
      return .hostEndpoint(endpoint)
    case .workloadEndpoint(var endpoint):
      change(&endpoint.profiles)
      return .workloadEndpoint(endpoint)
    default: return nil
    }
  }
}
