import Simulator

extension LintRule {
  static let unguardedEndpoint = LintRule(
    id: "GW103", name: "unguarded-endpoint", severity: .error,
    summary: "host endpoint without policy and profile: everything but failsafes is dropped",
    claims: ["S20", "S42"],
    basis: "a host endpoint with neither policy nor profile drops all traffic, failsafe ports apart",
    explanation: """
      As soon as a host endpoint exists, Calico polices its interface. If no normal policy selects it and it lists no profile,
      nothing accepts a packet, so everything in both directions is dropped but the failsafe ports.

      ```yaml
      apiVersion: v1
      kind: hostEndpoint
      metadata: {name: eth0, node: my-host}
      spec: {interfaceName: eth0}
      ```

      Apply the policies first and the host endpoint last, or give it labels that a policy selects, or a profile that allows
      what it needs.
      """
  ) { context in
    context.world.endpoints.enumerated().compactMap { index, endpoint in
      guard endpoint.isHost, endpoint.profiles.isEmpty else { return nil }
      let isGuarded = context.world.policies.indices.contains { policy in
        context.world.policies[policy].kind == .normal && context.selected[policy].contains(index)
      }
      if isGuarded { return nil }
      return Finding(
        "GW103", .error, at: endpoint.location,
        "host endpoint \"\(endpoint.name)\" has no normal policy and no profile: everything but failsafe ports is dropped",
        help: "select it with a policy, or list a profile in spec.profiles (S42)", subject: Subject(endpoint.resource.id))
    }
  }
}
