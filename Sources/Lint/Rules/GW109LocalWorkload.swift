import Selector
import Simulator

extension LintRule {
  static let localWorkload = LintRule(
    id: "GW109", name: "local-workload", severity: .warning,
    summary: "a rule of host endpoints is for traffic of workloads on the same host, which skips it",
    claims: ["S16", "S73", "S77", "S79", "S101"],
    basis: "normal policy of host endpoints is skipped for traffic that comes from or goes to a workload on the same host",
    explanation: """
      A packet that arrives on a host interface for a local workload is judged by pre-DNAT policy and by the workload's own
      ingress policy, never by normal policy of the host endpoint. A packet that a local workload sends is judged by the
      workload's own egress policy alone. A rule of normal policy for such traffic never matches: an allow is not needed there,
      a deny stops nothing.

      ```yaml
      # the pod 10.65.0.1 runs on my-host
      spec:
        selector: host == "my-host"
        ingress:
        - {action: deny, protocol: tcp, destination: {selector: app == "shop"}}
      ```

      Select the workload instead, or use pre-DNAT policy:

      ```yaml
      spec:
        selector: app == "shop"
        ingress:
        - {action: deny, protocol: tcp}
      ```
      """
  ) { context in
    let locals = LocalEnds(context)
    return context.world.policies.enumerated().flatMap { index, policy -> [Finding] in
      let hosts = context.governed[index]
      guard policy.kind == .normal, !hosts.isEmpty, context.selected[index].isSubset(of: context.hostEndpoints) else {
        return []
      }
      return Direction.allCases.flatMap { direction in
        policy.enabledRules(direction).compactMap { place, rule -> Finding? in
          let end = direction == .ingress ? rule.destination : rule.source
          guard hosts.allSatisfy({ locals.areAll(of: end, on: context.world.endpoints[$0].node) }) else { return nil }
          return context.skipped(policy, .init(direction, place), rule, hosts)
        }
      }
    }
  }
}

extension LintContext {
  fileprivate func skipped(_ policy: Policy, _ place: Subject.RulePlace, _ rule: Rule, _ hosts: Bitset) -> Finding {
    let end = place.direction == .ingress ? "destination" : "source"
    let traffic = place.direction == .ingress ? "traffic to workloads" : "traffic from workloads"
    let isDeny = rule.action == .deny
    return Finding(
      "GW109", isDeny ? .error : .warning, at: rule.location,
      "policy \"\(policy.name)\" \(place.direction)[\(place.index)] is for \(traffic) on the same host, which skips normal policy "
        + "of \(words(hosts)): the rule \(isDeny ? "stops nothing" : "never matches")",
      help: "put the rule into a policy that selects the workloads"
        + (place.direction == .ingress ? ", or into a pre-DNAT policy (S78, S80)" : " (S101)"),
      subject: Subject(Resource.policy(policy).id, rule: place, field: [end]))
  }
}

/// The workloads of each host.
private struct LocalEnds {
  private let context: LintContext
  private var endpoints: [ByteString: Bitset] = [:]
  private var addresses: [ByteString: Set<IPAddress>] = [:]

  init(_ context: LintContext) {
    self.context = context
    for topology in context.topologies {
      let local = topology.interfaces.lazy.filter(\.isWorkload).compactMap(\.endpoint)
      endpoints[topology.node] = Bitset(local)
      addresses[topology.node] = Set(local.flatMap { context.world.endpoints[$0].addresses })
    }
  }

  /// Does one end of a rule stand for nothing but workloads of this host? What it names must all be there, by address or by
  /// selector; a network may hold other addresses.
  func areAll(of end: EntityRule, on node: ByteString) -> Bool {
    guard let endpoints = endpoints[node], let addresses = addresses[node] else { return false }
    if !end.nets.isEmpty,
      end.nets.allSatisfy({ $0.prefixLength == $0.family.bits && addresses.contains($0.address) })
    {
      return true
    }
    return [end.selector, end.tag.map(Selector.has)].compactMap(\.self).contains { selector in
      let matching = context.endpoints(matching: selector)
      return !matching.isEmpty && matching.isSubset(of: endpoints)
    }
  }
}
