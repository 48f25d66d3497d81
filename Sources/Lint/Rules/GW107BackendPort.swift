import Selector
import Simulator

extension LintRule {
  static let backendPort = LintRule(
    id: "GW107", name: "backend-port", severity: .warning,
    summary: "a pre-DNAT rule names the backend's port, while packets still carry the advertised one",
    claims: ["S67", "S69", "S109"],
    basis: "pre-DNAT policy is in terms of the original destination address and port, before DNAT",
    explanation: """
      Pre-DNAT policy sees a packet as the sender addressed it: to the NodePort, or to the load balancer's address and port. The
      backend's port stands in the packet only later, so a rule that names it says nothing about the service.

      ```yaml
      # tcp 10.0.0.1:30080 goes to 10.65.0.1:8080
      spec:
        preDNAT: true
        selector: host-endpoint == "ingress"
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [8080]}}
      ```

      Name the advertised port:

      ```yaml
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [30080]}}
      ```
      """
  ) { context in
    if context.services.isEmpty { return [] }
    return context.world.policies.indices.filter { context.world.policies[$0].kind == .preDNAT }.flatMap { index in
      context.world.policies[index].enabledRules(.ingress).compactMap { place, rule in
        BackendPort(context: context, policy: index, place: .init(.ingress, place), rule: rule).finding
      }
    }
  }
}

/// One rule of a pre-DNAT policy, held against the services whose backends' ports it names.
private struct BackendPort {
  let context: LintContext
  let policy: Int
  let place: Subject.RulePlace
  let rule: Rule

  var finding: Finding? {
    let services = context.services.backends(namedBy: rule)
    // On a host without such a service the rule is for something else.
    guard !services.isEmpty, context.hosts(of: context.governed[policy]).isSubset(of: services.map(\.topology)) else {
      return nil
    }
    for service in services {
      let siblings = services.filter { $0.isSameBackend(as: service) }
      for endpoint in hostEndpoints(of: service) {
        if let packet = missed(service, siblings, at: endpoint) { return finding(service, packet, at: endpoint) }
      }
    }
    return nil
  }

  private func hostEndpoints(of service: ServiceIndex.Service) -> [Int] {
    context.topologies[service.topology].interfaces.lazy.filter { !$0.isWorkload }.compactMap(\.endpoint)
      .filter(context.governed[policy].contains)
  }

  /// A packet as it arrives for the service, if the rule is about what it looks like after DNAT and nothing speaks of what it
  /// looks like before; else `nil`.
  private func missed(_ service: ServiceIndex.Service, _ siblings: [ServiceIndex.Service], at endpoint: Int) -> Packet? {
    guard service.toPort != service.port,
      // Whoever names the backend's address keeps those out who go past the service.
      rule.action != .deny || rule.destination.isOpenToAnyAddress,
      let direct = context.packet(
        to: service.toAddress, service.toPort, service.proto, matching: rule, at: place, of: policy)
    else { return nil }
    let isSpokenOf = siblings.contains { sibling in
      let before = direct.going(to: sibling.address, sibling.port)
      return matches(before) || context.namesPort(of: before, .preDNAT, at: endpoint, .ingress)
    }
    // The host may have a server of its own on that port.
    if isSpokenOf || context.namesPort(of: direct.going(to: service.address), .normal, at: endpoint, .ingress) { return nil }
    return direct.going(to: service.address, service.port)
  }

  private func matches(_ packet: Packet) -> Bool {
    context.simulation.matches(packet, policy: policy, .ingress, rule: place.index)
  }

  private func finding(_ service: ServiceIndex.Service, _ packet: Packet, at endpoint: Int) -> Finding {
    let policy = context.world.policies[policy]
    let host = context.topologies[service.topology]
    // What was to be let in is kept out.
    let isLockedOut =
      rule.action == .allow && context.ruling(on: packet, at: endpoint, .ingress, of: .preDNAT) == .deny
    return Finding(
      "GW107", isLockedOut ? .error : .warning, at: rule.location,
      "pre-DNAT policy \"\(policy.name)\" ingress[\(place.index)] names \(service.proto) port \(service.toPort), and at "
        + "\(context.words(endpoint)) packets for \(service.backend) still go to \(service.frontend): the rule does not "
        + "match them" + (isLockedOut ? ", and they are denied" : ""),
      help: "name the advertised port \(service.port) instead (S69)",
      subject: Subject(Resource.policy(policy).id, rule: place, field: ["destination", "ports"]),
      related: [.init("DNAT of \(host.node)", at: host.document?.location)])
  }
}

extension ServiceIndex.Service {
  fileprivate func isSameBackend(as other: Self) -> Bool {
    (topology, proto, toAddress, toPort) == (other.topology, other.proto, other.toAddress, other.toPort)
  }
}

extension Packet {
  fileprivate func going(to address: IPAddress, _ port: UInt16) -> Packet {
    var packet = going(to: address)
    packet.destinationPort = port
    return packet
  }
}

extension EntityRule {
  fileprivate var isOpenToAnyAddress: Bool { nets.isEmpty && selector == nil && tag == nil }
}
