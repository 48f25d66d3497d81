import Selector
import Simulator

extension LintRule {
  static let semanticsDiffer = LintRule(
    id: "GW127", name: "semantics-differ", severity: .warning,
    summary: "forwarded traffic that passes as documented and that Felix 2.4 drops where it leaves",
    claims: ["D1", "D2", "D3", "S95", "S96"],
    basis: """
      the documentation says that untracked or pre-DNAT policy that allows a forwarded packet spares it all normal policy; Felix \
      2.4 spares it the arrival's normal ingress alone (SEMANTICS section 2, D1 to D3)
      """,
    explanation: """
      An untracked or pre-DNAT rule at the interface where a packet arrives allows it. As the documentation has it, normal policy
      is then skipped at both interfaces. Felix 2.4 skips it only on the way in: the host endpoint where the packet leaves still
      asks its normal egress rules, default drop included. What works on paper is dropped on the host.

      ```yaml
      - apiVersion: v1
        kind: policy
        metadata: {name: web-in}
        spec:
          selector: gateway == "outside"
          preDNAT: true
          ingress: [{action: allow, protocol: tcp, destination: {ports: [443]}}]
      - apiVersion: v1
        kind: policy
        metadata: {name: inside}
        spec: {selector: gateway == "inside", egress: [{action: allow, protocol: udp}]}
      ```

      Allow the traffic at the departure's host endpoint as well:

      ```yaml
        spec: {selector: gateway == "inside", egress: [{action: allow, protocol: tcp, destination: {ports: [443]}}]}
      ```
      """
  ) { context in
    var search = DifferenceSearch(context)
    return search.findings()
  }
}

/// Looks, for each early allow, for a forwarded packet that the two sets of semantics judge differently.
private struct DifferenceSearch {
  /// Ways through hosts that are looked at for one rule: an example is wanted, not all.
  private static let mostCrossings = 8

  private let context: LintContext
  private var world: World { context.world }
  private var crossings: [(topology: Topology, crossing: Crossing)] = []
  private var packets: RulePackets
  private var documented: Simulation
  private var felix: Simulation
  private var allowedOut: [Int: PacketSet] = [:]

  init(_ context: LintContext) {
    self.context = context
    packets = RulePackets(context.world)
    documented = Simulation(world: context.world, semantics: .documented, isForMany: false)
    felix = documented.under(.calico24)
  }

  mutating func findings() -> [Finding] {
    let early = world.policies.indices.filter { index in
      let policy = world.policies[index]
      return policy.kind != .normal && !policy.isDisabled && policy.ingress.contains { $0.action == .allow && !$0.isDisabled }
    }
    guard !early.isEmpty else { return [] }
    for topology in context.topologies {
      crossings += topology.crossings.filter { $0.departureEndpoint != nil }.map { (topology, $0) }
    }
    guard !crossings.isEmpty else { return [] }
    return early.flatMap { findings(of: $0) }
  }

  private mutating func findings(of policy: Int) -> [Finding] {
    let selected = world.labels.endpoints(matching: world.policies[policy].selector)
    let ways = crossings.filter { selected.contains($0.crossing.arrivalEndpoint) }.prefix(Self.mostCrossings)
    return world.policies[policy].ingress.indices.compactMap { rule in
      for way in ways {
        if let finding = finding(policy, rule, way.crossing, way.topology) { return finding }
      }
      return nil
    }
  }

  private mutating func finding(_ policy: Int, _ index: Int, _ crossing: Crossing, _ topology: Topology) -> Finding? {
    let rule = world.policies[policy].ingress[index]
    guard rule.action == .allow, !rule.isDisabled, let departure = crossing.departureEndpoint,
      let asWritten = documented.walker(node: topology.node), let asBuilt = felix.walker(node: topology.node)
    else { return nil }
    for packet in examples(policy, index, crossing, topology) {
      let flow = Flow(packet, entry: .interface(crossing.arrival))
      guard let paper = try? asWritten.judge(flow), let host = try? asBuilt.judge(flow) else { continue }
      let isAllowedHere = paper.matched.contains {
        $0.kind == .policy && Int($0.subject) == policy && Int($0.rule) == index && $0.direction == .ingress
      }
      guard isAllowedHere, paper.forward.isAllowed, paper.forward.exit == .interface(crossing.departure) else { continue }
      let isDroppedOnTheWay = !host.forward.isAllowed && host.forward.decidedBy.stage == .normal
      let isReplyDropped = host.forward.isAllowed && paper.reply?.isAllowed == true && host.reply?.isAllowed == false
      guard isDroppedOnTheWay || isReplyDropped else { continue }
      return finding(
        policy, index, packet, isDroppedOnTheWay ? "Felix 2.4 drops it there" : "Felix 2.4 drops the reply",
        at: isDroppedOnTheWay ? departure : crossing.arrivalEndpoint, topology.interfaces[crossing.departure].name)
    }
    return nil
  }

  private func finding(
    _ policy: Int, _ index: Int, _ packet: Packet, _ effect: String, at endpoint: Int, _ interface: ByteString
  ) -> Finding {
    let policy = world.policies[policy]
    return Finding(
      "GW127", .warning, at: policy.ingress[index].location,
      "policy \(policy.name.quoted) ingress[\(index)] allows \(packet.text): as documented that is enough to leave by "
        + "\(interface.quoted), \(effect)",
      help: "allow it in egress of a normal policy that selects \(context.words(endpoint)), too (D1 to D3)",
      subject: Subject(Resource.policy(policy).id, rule: Subject.RulePlace(.ingress, index)),
      related: [context.related(endpoint)])
  }

  // MARK: Examples

  /// Packets that the rule allows in and that leave by the departure; first those that nothing there allows.
  private mutating func examples(_ policy: Int, _ index: Int, _ crossing: Crossing, _ topology: Topology) -> [Packet] {
    let rules = world.policies[policy].ingress
    var matching = packets.packets(of: rules[index])
    for rule in rules[..<index] where rule.action != .log { matching = matching.subtracting(packets.packets(of: rule)) }
    if !crossing.before.isEmpty { matching = matching.intersection(PacketSet(PacketCriteria(source: crossing.before))) }
    let direct = matching.intersection(PacketSet(PacketCriteria(destination: crossing.behind)))
      .subtracting(PacketSet(PacketCriteria(destination: elsewhere(crossing, topology))))
      .subtracting(PacketSet(PacketCriteria(source: topology.ownAddresses.map { IPNetwork(single: $0) })))
    let unmentioned = direct.subtracting(allowedOut(of: crossing, topology))
    let readable = PacketSet(readable(crossing, topology))
    var found = [unmentioned, direct].flatMap { [$0.intersection(readable).witness, $0.witness] }.compactMap(\.self)
    if world.policies[policy].kind == .preDNAT {
      found += topology.dnatRules.filter { topology.route(to: $0.toAddress) == crossing.departure }.compactMap { rule in
        matching.intersection(
          PacketSet(
            PacketCriteria(
              protocols: rule.protocol.map { [$0] }, destination: [IPNetwork(single: rule.address)],
              destinationPorts: rule.port.map { [PortRange($0)] }))
        ).witness
      }
    }
    return found
  }

  /// Packets between addresses that a reader takes for what they are.
  private func readable(_ crossing: Crossing, _ topology: Topology) -> PacketCriteria {
    PacketCriteria(
      source: topology.examples(in: crossing.before, behind: crossing.arrival).map { IPNetwork(single: $0) },
      destination: topology.examples(in: crossing.behind, behind: crossing.departure).map { IPNetwork(single: $0) })
  }

  /// What does not leave by the departure though one of its networks holds it.
  private func elsewhere(_ crossing: Crossing, _ topology: Topology) -> [IPNetwork] {
    let own = (topology.ownAddresses + topology.broadcastAddresses).map { IPNetwork(single: $0) }
    let workloads = topology.interfaces.compactMap(\.endpoint).flatMap { world.endpoints[$0].addresses }
    let connected = topology.interfaces.indices.filter { $0 != crossing.departure }.flatMap { place in
      topology.interfaces[place].addresses.filter { $0.prefixLength < $0.family.bits }
    }
    let special = ["0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3", "::/127", "ff00::/8"].compactMap { IPNetwork($0) }
    return own + workloads.map { IPNetwork(single: $0) } + connected + special
  }

  /// What rules of the departure's normal egress allow, in whatever order, and its failsafes.
  private mutating func allowedOut(of crossing: Crossing, _ topology: Topology) -> PacketSet {
    guard let endpoint = crossing.departureEndpoint else { return .none }
    if let known = allowedOut[endpoint] { return known }
    var rules: [Rule] = []
    for (index, policy) in world.policies.enumerated()
    where policy.kind == .normal && context.selected[index].contains(endpoint) {
      rules += policy.egress
    }
    for name in world.endpoints[endpoint].profiles {
      if let profile = world.profile(named: name) { rules += world.profiles[profile].egress }
    }
    var sets = rules.filter { $0.action == .allow }.map { packets.packets(of: $0) }
    sets += topology.failsafeOutbound.map {
      PacketSet(PacketCriteria(protocols: [$0.protocol], destinationPorts: [PortRange($0.port)]))
    }
    let all = PacketSet(unionOf: sets)
    allowedOut[endpoint] = all
    return all
  }
}
