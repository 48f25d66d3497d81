import Selector
import Simulator

extension LintRule {
  static let failsafeDespite = LintRule(
    id: "GW113", name: "failsafe-despite", severity: .warning,
    summary: "a rule would close or narrow a failsafe port, which stays open to everybody",
    claims: ["S21", "S22", "S25", "S49", "S50", "S51", "S52"],
    basis: "failsafe ports stay open on all host endpoints, for any address, whatever the policies say",
    explanation: """
      Failsafe ports are looked at before any policy of a host endpoint, in every stage. A deny for such a port never meets a
      packet, and an allow that names who may use it does not keep anybody else out. For workloads there are no failsafes.

      ```yaml
      spec:
        selector: has(host-endpoint)
        ingress:
        - {action: deny, protocol: tcp, source: {notNets: [10.0.0.0/8]}, destination: {ports: [22]}}
      ```

      Where a policy allows what is needed, take the port out of the failsafes of Felix, and say so in the Host document:

      ```yaml
      apiVersion: gatewalk/v1
      kind: Host
      metadata: {name: my-host}
      spec:
        felix: {failsafeInboundHostPorts: []}
      ```
      """
  ) { context in
    context.world.policies.enumerated().flatMap { index, policy in
      let hosts = context.governed[index].intersection(context.hostEndpoints)
      if hosts.isEmpty { return [Finding]() }
      return Direction.allCases.flatMap { direction in
        policy.enabledRules(direction).compactMap { place, rule -> Finding? in
          guard rule.action == .deny || (rule.action == .allow && policy.kind == .normal && rule.narrows(direction)),
            context.areFailsafes(rule, direction, at: hosts)
          else { return nil }
          let isForWorkloads = !context.governed[index].isSubset(of: context.hostEndpoints)
          return context.failsafe(policy, .init(direction, place), rule, hosts, isForWorkloads: isForWorkloads)
        }
      }
    }
  }
}

extension LintContext {
  /// Are all packets that the rule may match to failsafe ports of all these hosts?
  fileprivate func areFailsafes(_ rule: Rule, _ direction: Direction, at hosts: Bitset) -> Bool {
    guard let proto = rule.protocol?.value, !rule.destination.ports.isEmpty else { return false }
    var known: Set<ByteString> = []
    return hosts.allSatisfy { endpoint in
      guard known.insert(world.endpoints[endpoint].node).inserted else { return true }
      guard let topology = topology(ofEndpoint: endpoint) else { return false }
      let ports = (direction == .ingress ? topology.failsafeInbound : topology.failsafeOutbound).filter { $0.protocol == proto }
      return rule.destination.ports.allSatisfy { range in
        range.upper - range.lower < ports.count
          && (range.lower...range.upper).allSatisfy { port in ports.contains { $0.port == port } }
      }
    }
  }

  fileprivate func failsafe(
    _ policy: Policy, _ place: Subject.RulePlace, _ rule: Rule, _ hosts: Bitset, isForWorkloads: Bool
  ) -> Finding {
    let isDeny = rule.action == .deny
    let ports = rule.destination.ports.map(\.description).joined(separator: ", ")
    let list = place.direction == .ingress ? "failsafeInboundHostPorts" : "failsafeOutboundHostPorts"
    let verb = isDeny ? "denies" : "narrows"
    return Finding(
      // A policy for both kinds of endpoint has its effect on workloads.
      "GW113", isDeny && !isForWorkloads ? .warning : .info, at: rule.location,
      "policy \"\(policy.name)\" \(place.direction)[\(place.index)] \(verb) failsafe port\(rule.destination.ports.count == 1 ? "" : "s") "
        + "\(rule.protocol?.description ?? "") \(ports): open all the same, for every address, at \(words(hosts))",
      help: "take the port out of \(list) of Felix, once a policy allows who needs it (S25, S52)",
      subject: Subject(Resource.policy(policy).id, rule: place, field: ["destination", "ports"]))
  }
}

extension Rule {
  /// Does an allow say who may use the port, so that it is meant to keep others out?
  fileprivate func narrows(_ direction: Direction) -> Bool {
    var peer = direction == .ingress ? source : destination
    peer.ports = []
    return !peer.isEmpty
  }
}
