import Selector

/// A rule for an endpoint that has no list to put it in: a policy for this endpoint alone, or a profile that it lists.
///
/// A policy brings the default drop to both directions of what it selects (S75). It is offered only for an endpoint that
/// drops everything anyway, and only if labels tell that endpoint apart from all others; a profile does without labels.
struct NewRules {
  let world: World
  /// Its names are taken too: the trial world may lack policies that the flow does not meet.
  let whole: World
  let decision: Decision
  let rule: Rule

  private var endpoint: Endpoint { world.endpoints[Int(decision.endpoint)] }

  /// For an endpoint with neither policies nor profiles.
  var creations: [RemedyEdit] {
    policy + addedProfile(place: endpoint.profiles.count)
  }

  private var policy: [RemedyEdit] {
    guard let selector = EndpointSelector(endpoint: Int(decision.endpoint), world: world).selector else { return [] }
    let name = freshName { name in
      world.policies.contains { $0.name == name } || whole.policies.contains { $0.name == name }
    }
    let policy = Policy(
      name: name, selector: selector, ingress: rules(.ingress), egress: rules(.egress))
    return [.createPolicy(policy, for: endpoint.resource.id)]
  }

  /// A profile that does not exist denies everything: the name that was meant, else a profile of that name.
  var forMissingProfile: [RemedyEdit] {
    let place = Int(decision.subject)
    let name = endpoint.profiles[place]
    // A profile that Felix refuses is there all the same (D16).
    guard world.profile(named: name) == nil else { return [] }
    var edits: [RemedyEdit] = []
    if let close = closestName(to: name.text, among: world.profiles.lazy.map(\.name.text)),
      world.profile(named: ByteString(close)) != nil, !endpoint.profiles.contains(ByteString(close))
    {
      edits.append(
        .correctProfileName(of: endpoint.resource.id, place: place, from: name, to: ByteString(close)))
    }
    let profile = Profile(name: name, ingress: rules(.ingress), egress: rules(.egress))
    return edits + [.createProfile(profile)]
  }

  func addedProfile(place: Int) -> [RemedyEdit] {
    let name = freshName { name in
      world.profile(named: name) != nil || world.endpoints.contains { $0.profiles.contains(name) }
    }
    let profile = Profile(name: name, ingress: rules(.ingress), egress: rules(.egress))
    return [.addProfile(profile, to: endpoint.resource.id, place: place)]
  }

  private func rules(_ direction: Direction) -> [Rule] {
    direction == decision.direction ? [rule] : []
  }

  /// `allow-tcp-8080`, with a number behind it if that is taken.
  private func freshName(isTaken: (ByteString) -> Bool) -> ByteString {
    let protocolName = rule.protocol?.value.description ?? "any"
    let port = (rule.destination.ports + rule.source.ports).first.map { "-\($0.lower)" } ?? ""
    let stem = "allow-\(protocolName)\(port)"
    var name = ByteString(stem)
    var number = 2
    while isTaken(name) {
      name = ByteString("\(stem)-\(number)")
      number += 1
    }
    return name
  }
}
