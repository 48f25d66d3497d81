import Selector
import Simulator

extension LintRule {
  static let translatedPort = LintRule(
    id: "GW106", name: "translated-port", severity: .warning,
    summary: "a normal or workload rule names a port that DNAT has changed by the time the rule is asked",
    claims: ["S67", "S69", "S73"],
    basis: "kube-proxy's DNAT changes address and port of what was sent to a NodePort or a load balancer, and only pre-DNAT "
      + "policy sees what was there before",
    explanation: """
      A packet to a NodePort or a load balancer's address is rewritten before routing. Normal policy of host endpoints and
      policy of workloads come after that and see the backend's address and port, so a rule for the port that is advertised
      never matches: an allow opens nothing, a deny stops nothing.

      ```yaml
      spec:
        selector: host-endpoint == "ingress"
        ingress:
        - {action: deny, protocol: tcp, destination: {ports: [30080]}}      # a NodePort
      ```

      Match the advertised port before DNAT, or the backend's port in the workload's policy:

      ```yaml
      spec:
        selector: host-endpoint == "ingress"
        preDNAT: true
        ingress:
        - {action: deny, protocol: tcp, destination: {ports: [30080]}}
      ```
      """
  ) { context in
    if context.services.isEmpty { return [] }
    return context.world.policies.indices.filter { context.world.policies[$0].kind == .normal }.flatMap { index in
      Direction.allCases.flatMap { direction in
        context.world.policies[index].enabledRules(direction).compactMap { place, rule in
          TranslatedPort(context: context, policy: index, place: .init(direction, place), rule: rule).finding
        }
      }
    }
  }
}

/// One rule of a normal policy, held against the services whose ports it names.
private struct TranslatedPort {
  let context: LintContext
  let policy: Int
  let place: Subject.RulePlace
  let rule: Rule

  var finding: Finding? {
    for service in context.services.named(by: rule) {
      guard let endpoint = place.direction == .ingress ? receiver(of: service) : sender(to: service) else { continue }
      return finding(service, at: endpoint)
    }
    return nil
  }

  private func finding(_ service: ServiceIndex.Service, at endpoint: Int) -> Finding {
    let policy = context.world.policies[policy]
    let host = context.topologies[service.topology]
    let effect = rule.action == .deny ? "stops nothing" : "never matches"
    let isHost = context.world.endpoints[endpoint].isHost
    let remedy =
      place.direction == .ingress && isHost
      ? "match port \(service.port) in a pre-DNAT policy (S69)"
      : "name the backend instead, port \(service.toPort) of \(service.toAddress)"
    return Finding(
      "GW106", rule.action == .deny ? .error : .warning, at: rule.location,
      "policy \"\(policy.name)\" \(place.direction)[\(place.index)] names \(service.proto) port \(service.port), and at "
        + "\(context.words(endpoint)) packets to \(service.frontend) already go to \(service.backend): the rule \(effect)",
      help: remedy, subject: Subject(Resource.policy(policy).id, rule: place, field: ["destination", "ports"]),
      related: [.init("DNAT of \(host.node)", at: host.document?.location)])
  }

  /// The endpoint at which a packet that came for the service is held against the rule, where that is all the rule is for.
  private func receiver(of service: ServiceIndex.Service) -> Int? {
    let topology = context.topologies[service.topology]
    let governed = context.governed[policy]
    let host = topology.interfaces.lazy.filter { !$0.isWorkload }.compactMap(\.endpoint).first(where: governed.contains)
    let workload = context.workloads.first(with: service.toAddress, in: governed)
    guard host != nil || workload != nil, let translation = translation(by: service) else { return nil }
    if let host, !isNeededByHosts(translation.before) { return host }
    guard let workload, !context.services.isBackend(service.proto, service.toAddress, service.port),
      !isForOthers(than: workload)
    else { return nil }
    // It may well listen on that port, too. Where the service works as the rule says, nothing is wrong.
    let isAllowed = context.ruling(on: translation.after, at: workload, .ingress) == .allow
    return isAllowed == (rule.action == .deny) ? workload : nil
  }

  /// The endpoint whose packets to the service are held against the rule: only if the rule is for nothing but services.
  private func sender(to service: ServiceIndex.Service) -> Int? {
    let topology = context.topologies[service.topology]
    let networks = rule.destination.nets
    guard !networks.isEmpty, networks.allSatisfy({ $0.prefixLength == $0.family.bits }),
      let sender = topology.interfaces.lazy.compactMap(\.endpoint).first(where: context.governed[policy].contains),
      let before = translation(by: service)?.before,
      // On another host the address may be reached as it is.
      context.hosts(of: context.governed[policy]).allSatisfy({ host in
        networks.allSatisfy { context.topologies[host].translated(before.going(to: $0.address)) != nil }
      })
    else { return nil }
    return sender
  }

  /// A packet to the service that the rule would match, and what DNAT makes of it, which the rule does not match.
  private func translation(by service: ServiceIndex.Service) -> (before: Packet, after: Packet)? {
    guard
      let before = context.packet(
        to: service.address, service.port, service.proto, matching: rule, at: place, of: policy),
      let after = context.topologies[service.topology].translated(before), !matches(after)
    else { return nil }
    return (before, after)
  }

  /// Does the rule match the same port of an address of a host that it is for, or of one that it names, which DNAT there
  /// leaves alone? Something may listen there.
  private func isNeededByHosts(_ packet: Packet) -> Bool {
    let named = rule.destination.nets.filter { $0.prefixLength == $0.family.bits }.map(\.address)
    let hosts = context.hosts(of: context.governed[policy].intersection(context.hostEndpoints))
    return hosts.contains { host in
      let topology = context.topologies[host]
      return (topology.ownAddresses + named).filter { $0.family == packet.family }.contains { address in
        let other = packet.going(to: address)
        return matches(other) && topology.translated(other) == nil
      }
    }
  }

  /// Does the policy select workloads of another kind, which may listen on that port?
  private func isForOthers(than workload: Int) -> Bool {
    let labels = context.world.endpoints[workload].labels
    return context.governed[policy].intersection(context.workloadEndpoints).contains {
      context.world.endpoints[$0].labels != labels
    }
  }

  private func matches(_ packet: Packet) -> Bool {
    context.simulation.matches(packet, policy: policy, place.direction, rule: place.index)
  }
}

extension Packet {
  /// The same packet to another address.
  func going(to address: IPAddress) -> Packet {
    var packet = self
    packet.destination = address
    return packet
  }
}
