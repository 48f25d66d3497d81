import Selector
import Simulator

extension LintRule {
  static let unguardedEndpoint = LintRule(
    id: "GW103", name: "unguarded-endpoint", severity: .error,
    summary: "host endpoint without policy and profile: everything but failsafes is dropped",
    claims: ["S20", "S42", "S74", "S75"],
    basis: "a host endpoint with neither policy nor profile drops all traffic, failsafe ports apart",
    explanation: """
      As soon as a host endpoint exists, Calico polices its interface. If no normal policy selects it and it lists no profile,
      nothing accepts a packet, so everything in both directions is dropped but the failsafe ports. Untracked and pre-DNAT
      policies may let some packets past; where there are only those, this is a warning, since all that they do not allow is
      still dropped, what the host itself sends among it.

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
    let ofNormal = context.endpointsGoverned(by: { _ in true })
    let ofAny = context.governed.reduce(into: Bitset()) { $0.formUnion($1) }
    // One that governs no interface drops nothing.
    return context.governing.intersection(context.hostEndpoints).subtracting(ofNormal).compactMap { index in
      let endpoint = context.world.endpoints[index]
      guard endpoint.profiles.isEmpty else { return nil }
      let hasOther = ofAny.contains(index)
      let passes = hasOther ? "failsafe ports and what untracked or pre-DNAT policy allows" : "failsafe ports"
      let hasWorkloads = context.topology(ofEndpoint: index)?.interfaces.contains { $0.isWorkload } == true
      return Finding(
        "GW103", hasOther ? .warning : .error, at: endpoint.location,
        "host endpoint \"\(endpoint.name)\" has no normal policy and no profile: everything but \(passes) is dropped"
          + (hasWorkloads ? ", traffic of local workloads apart" : ""),
        help: "select it with a policy, or list a profile in spec.profiles (S42)", subject: Subject(endpoint.resource.id))
    }
  }
}
