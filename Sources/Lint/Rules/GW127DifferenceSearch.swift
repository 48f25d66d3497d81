import Selector
import Simulator

/// Looks, for each early allow, for a forwarded packet that the two sets of semantics judge differently.
struct DifferenceSearch {
  /// Ways through hosts that are looked at for one rule: an example is wanted, not all.
  private static let mostWays = 4

  private let context: LintContext
  private var world: World { context.world }
  private var packets: RulePackets
  private var documented: Simulation
  private var felix: Simulation
  private var ways: [Way] = []

  /// A way through a host, and the packets that go it.
  private struct Way {
    var topology: Topology
    var crossing: Crossing
    var departureEndpoint: Int
    /// `nil` until they are needed.
    var packets: WayPackets?
  }

  private struct WayPackets {
    /// Those that arrive and leave as the way has it.
    var passing: PacketSet
    /// Those between addresses that a reader takes for what they are.
    var readable: PacketSet
    /// What the departure's normal egress might allow.
    var allowedOut: PacketSet
    /// Before DNAT: what is then led out by the departure.
    var translated: [PacketSet]
  }

  init(_ context: LintContext) {
    self.context = context
    packets = RulePackets(context.world)
    documented = context.simulation.under(.documented)
    felix = context.simulation.under(.calico24)
  }

  mutating func findings() -> [Finding] {
    let early = world.policies.indices.filter { index in
      let policy = world.policies[index]
      return policy.kind != .normal && !policy.isDisabled && policy.ingress.contains { $0.action == .allow && !$0.isDisabled }
    }
    guard !early.isEmpty else { return [] }
    ways = context.topologies.flatMap { topology in
      topology.crossings.compactMap { crossing in
        crossing.departureEndpoint.map { Way(topology: topology, crossing: crossing, departureEndpoint: $0) }
      }
    }
    return ways.isEmpty ? [] : early.flatMap { findings(of: $0) }
  }

  private mutating func findings(of index: Int) -> [Finding] {
    let policy = world.policies[index]
    let selected = world.labels.endpoints(matching: policy.selector)
    let ways = ways.indices.lazy.filter { [ways] in selected.contains(ways[$0].crossing.arrivalEndpoint) }.prefix(Self.mostWays)
    var decided = PacketSet.none
    var findings: [Finding] = []
    for (place, rule) in policy.ingress.enumerated() where !rule.isDisabled && rule.action != .log && !ways.isEmpty {
      let matching = packets.packets(of: rule)
      defer { decided = decided.union(matching) }
      guard rule.action == .allow else { continue }
      let new = matching.subtracting(decided)
      for way in ways {
        guard let finding = finding(index, place, new, way) else { continue }
        findings.append(finding)
        break
      }
    }
    return findings
  }

  private mutating func finding(_ policy: Int, _ rule: Int, _ matching: PacketSet, _ index: Int) -> Finding? {
    let way = ways[index]
    guard let asWritten = documented.walker(node: way.topology.node), let asBuilt = felix.walker(node: way.topology.node)
    else { return nil }
    for packet in examples(of: matching, isTranslated: world.policies[policy].kind == .preDNAT, index) {
      let flow = Flow(packet, entry: .interface(way.crossing.arrival))
      guard let paper = try? asWritten.judge(flow), let host = try? asBuilt.judge(flow) else { continue }
      let isAllowedHere = paper.matched.contains {
        $0.kind == .policy && Int($0.subject) == policy && Int($0.rule) == rule && $0.direction == .ingress
      }
      guard isAllowedHere, paper.forward.isAllowed, paper.forward.exit == .interface(way.crossing.departure) else { continue }
      let isDropped = !host.forward.isAllowed && host.forward.decidedBy.stage == .normal
      let isReplyDropped = host.forward.isAllowed && paper.reply?.isAllowed == true && host.reply?.isAllowed == false
      guard isDropped || isReplyDropped else { continue }
      return finding(
        policy, rule, packet, isDropped ? "Felix 2.4 drops it there" : "Felix 2.4 drops the reply",
        at: isDropped ? way.departureEndpoint : way.crossing.arrivalEndpoint,
        way.topology.interfaces[way.crossing.departure].name)
    }
    return nil
  }

  private func finding(
    _ policy: Int, _ rule: Int, _ packet: Packet, _ effect: String, at endpoint: Int, _ interface: ByteString
  ) -> Finding {
    let policy = world.policies[policy]
    return Finding(
      "GW127", .warning, at: policy.ingress[rule].location,
      "policy \(policy.name.quoted) ingress[\(rule)] allows \(packet.text): as documented that is enough to leave by "
        + "\(interface.quoted), \(effect)",
      help: "allow it in egress of a normal policy that selects \(context.words(endpoint)), too (D1 to D3)",
      subject: Subject(Resource.policy(policy).id, rule: Subject.RulePlace(.ingress, rule)),
      related: [context.related(endpoint)])
  }

  // MARK: Examples

  /// Packets that the rule allows in and that leave by the departure; first those that nothing there allows.
  private mutating func examples(of matching: PacketSet, isTranslated: Bool, _ way: Int) -> [Packet] {
    let known = packets(of: way)
    let direct = matching.intersection(known.passing)
    let unmentioned = direct.subtracting(known.allowedOut)
    var found = [unmentioned, direct].filter { !$0.isEmpty }.flatMap { [$0.intersection(known.readable).witness, $0.witness] }
    if isTranslated { found += known.translated.map { $0.intersection(matching).witness } }
    return found.compactMap(\.self)
  }

  private mutating func packets(of index: Int) -> WayPackets {
    let way = ways[index]
    if let known = way.packets { return known }
    let (crossing, topology) = (way.crossing, way.topology)
    let before = crossing.before.isEmpty ? PacketSet.all : PacketSet(PacketCriteria(source: crossing.before))
    let arriving = before.subtracting(PacketSet(PacketCriteria(source: topology.ownAddresses.map(IPNetwork.init(single:)))))
    let passing = arriving.intersection(PacketSet(PacketCriteria(destination: crossing.behind)))
      .subtracting(PacketSet(PacketCriteria(destination: elsewhere(crossing, topology))))
    let readable = PacketCriteria(
      source: topology.examples(in: crossing.before, behind: crossing.arrival).map(IPNetwork.init(single:)),
      destination: topology.examples(in: crossing.behind, behind: crossing.departure).map(IPNetwork.init(single:)))
    let translated = topology.dnatRules.filter { topology.route(to: $0.toAddress) == crossing.departure }.map { rule in
      PacketSet(
        PacketCriteria(
          protocols: rule.protocol.map { [$0] }, destination: [IPNetwork(single: rule.address)],
          destinationPorts: rule.port.map { [PortRange($0)] })
      ).intersection(arriving)
    }
    let made = WayPackets(
      passing: passing, readable: PacketSet(readable),
      allowedOut: allowedOut(at: way.departureEndpoint, topology), translated: translated)
    ways[index].packets = made
    return made
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

  /// What rules of an endpoint's normal egress allow, in whatever order, and its failsafes.
  private mutating func allowedOut(at endpoint: Int, _ topology: Topology) -> PacketSet {
    var rules: [Rule] = []
    for (index, policy) in world.policies.enumerated()
    where policy.kind == .normal && context.governed[index].contains(endpoint) {
      rules += policy.egress
    }
    for name in world.endpoints[endpoint].profiles {
      if let profile = world.profile(named: name) { rules += world.profiles[profile].egress }
    }
    var sets = rules.filter { $0.action == .allow }.map { packets.packets(of: $0) }
    sets += topology.failsafeOutbound.map {
      PacketSet(PacketCriteria(protocols: [$0.protocol], destinationPorts: [PortRange($0.port)]))
    }
    return PacketSet(unionOf: sets)
  }
}
