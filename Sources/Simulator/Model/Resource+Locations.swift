extension Resource {
  /// The same resource as if it had been made in memory: to compare what two files say, not where they say it.
  package var withoutLocations: Resource {
    switch self {
    case .policy(var policy):
      policy.location = nil
      policy.ingress = policy.ingress.map(\.withoutLocation)
      policy.egress = policy.egress.map(\.withoutLocation)
      return .policy(policy)
    case .profile(var profile):
      profile.location = nil
      profile.ingress = profile.ingress.map(\.withoutLocation)
      profile.egress = profile.egress.map(\.withoutLocation)
      return .profile(profile)
    case .hostEndpoint(var endpoint):
      endpoint.location = nil
      return .hostEndpoint(endpoint)
    case .workloadEndpoint(var endpoint):
      endpoint.location = nil
      return .workloadEndpoint(endpoint)
    case .node(var node):
      node.location = nil
      return .node(node)
    case .ipPool(var pool):
      pool.location = nil
      return .ipPool(pool)
    case .bgpPeer(var peer):
      peer.location = nil
      return .bgpPeer(peer)
    case .host(var host):
      host.location = nil
      return .host(host)
    }
  }
}

extension Rule {
  package var withoutLocation: Rule {
    var rule = self
    rule.location = nil
    return rule
  }
}
