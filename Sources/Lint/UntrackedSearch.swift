import Selector
import Simulator

/// Walks packets that an untracked rule allows, to see what becomes of their replies.
///
/// What is found is true, since it happens to a packet. What nobody tried is not found: of a rule that many hosts and
/// workloads meet only so many packets are tried.
struct UntrackedSearch {
  /// A host endpoint and the interface that it governs.
  struct Site {
    var endpoint: Int
    /// Index in the context's topologies.
    var topology: Int
    /// Index in the topology.
    var interface: Int
  }

  /// An untracked rule that allows.
  struct Allow {
    /// Index in the world.
    var policy: Int
    var place: Subject.RulePlace
    var rule: Rule
  }

  /// So many packets of a rule are tried at most.
  private static let mostTries = 500

  let context: LintContext
  private var simulation: Simulation
  /// The site of each host endpoint that an untracked policy governs.
  private var sites: [Int: Site] = [:]
  /// Equal for endpoints that the same policies select.
  private var classes: [Int: UInt64] = [:]

  /// - Complexity: linear in the interfaces, and in the matches of policies and host endpoints with untracked policy.
  init(_ context: LintContext) {
    self.context = context
    let policies = context.world.policies
    let rules = policies.lazy.filter { $0.kind == .untracked }.map { $0.ingress.count + $0.egress.count }.reduce(0, +)
    // Where every packet meets many rules, it pays to have them filtered.
    simulation =
      rules > 500 ? Simulation(world: context.world, semantics: context.semantics) : context.simulation
    let concerned = policies.indices.filter { policies[$0].kind == .untracked }.reduce(into: Bitset()) {
      $0.formUnion(context.governed[$1])
    }
    if concerned.isEmpty { return }
    for (topology, host) in context.topologies.enumerated() {
      for (interface, link) in host.interfaces.enumerated() {
        guard let endpoint = link.endpoint, concerned.contains(endpoint), sites[endpoint] == nil else { continue }
        sites[endpoint] = Site(endpoint: endpoint, topology: topology, interface: interface)
      }
    }
    for policy in policies.indices {
      for endpoint in context.governed[policy].intersection(concerned) {
        classes[endpoint, default: 0] = (classes[endpoint, default: 0] &+ UInt64(policy) &+ 1) &* 0x9e37_79b9_7f4a_7c15
      }
    }
  }

  /// All untracked rules that allow, where there is an endpoint that they are asked at.
  var allows: [Allow] {
    context.world.policies.enumerated().flatMap { index, policy -> [Allow] in
      guard policy.kind == .untracked, !context.governed[index].isEmpty else { return [] }
      return Direction.allCases.flatMap { direction in
        policy.enabledRules(direction).filter { $0.rule.action == .allow }.map { place, rule in
          Allow(policy: index, place: .init(direction, place), rule: rule)
        }
      }
    }
  }

  /// Where a rule is asked.
  func sites(of allow: Allow) -> [Site] { context.governed[allow.policy].compactMap { sites[$0] } }

  /// Which packet of a flow the rule is about.
  enum Part {
    case packet, reply
  }

  /// Tries packets at the endpoints that a rule is asked at, of endpoints with the same policies only until one has let a
  /// packet of the rule pass, and gives the first that something is found of.
  ///
  /// - Parameter flows: flows that the rule may be about at a site.
  mutating func first<Found>(
    _ allow: Allow, about part: Part = .packet, _ flows: (Site) -> some Sequence<Flow>,
    _ found: (Site, Flow, Verdict) -> Found?
  ) -> Found? {
    var settled: Set<UInt64> = []
    var tries = 0
    for endpoint in context.governed[allow.policy] {
      guard let site = sites[endpoint], !settled.contains(classes[endpoint] ?? 0) else { continue }
      var isSettled = false
      for flow in flows(site) {
        tries += 1
        if tries > Self.mostTries { return nil }
        guard let verdict = verdict(on: flow, at: site, allow, about: part) else { continue }
        isSettled = true
        if let found = found(site, flow, verdict) { return found }
      }
      if isSettled, let own = classes[endpoint] { settled.insert(own) }
    }
    return nil
  }

  /// What becomes of a packet and of its reply, if the rule is what allows the one that is meant; `nil` if it is not, and
  /// where the flow cannot be judged.
  private mutating func verdict(on flow: Flow, at site: Site, _ allow: Allow, about part: Part) -> Verdict? {
    let place = allow.place
    guard let packet = part == .packet ? flow.packet : flow.packet.reply,
      simulation.matches(packet, policy: allow.policy, place.direction, rule: place.index),
      let walker = simulation.walker(node: context.topologies[site.topology].node), let verdict = try? walker.judge(flow)
    else { return nil }
    let matched = part == .packet ? verdict.matched : verdict.replyMatched
    return matched.contains(where: allow.took) ? verdict : nil
  }
}

extension UntrackedSearch.Allow {
  /// Is this the rule that a decision names?
  func took(_ decision: Decision) -> Bool {
    decision.kind == .policy && decision.stage == .untracked && Int(decision.subject) == policy
      && decision.direction == place.direction && Int(decision.rule) == place.index
  }

  /// Packets between two addresses that the rule may match, one for each protocol and port that it names.
  func packets(from source: IPAddress, to destination: IPAddress) -> [Packet] {
    let protocols = rule.protocol.map { [$0.value] } ?? [.tcp, .udp]
    let sourcePorts = rule.source.ports.isEmpty ? [49_152] : rule.source.ports.map(\.lower)
    let destinationPorts = rule.destination.ports.isEmpty ? [49_151] : rule.destination.ports.map(\.lower)
    return protocols.flatMap { proto -> [Packet] in
      guard proto.hasPorts else {
        let echo: UInt8 = proto == .icmp ? 8 : proto == .icmpv6 ? 128 : 0
        return [
          Packet(
            proto, from: source, to: destination, icmpType: rule.icmp?.type ?? echo, icmpCode: rule.icmp?.code ?? 0)
        ]
      }
      return sourcePorts.flatMap { sourcePort in
        destinationPorts.map { Packet(proto, from: source, port: sourcePort, to: destination, port: $0) }
      }
    }
  }
}

extension Packet {
  /// `tcp 10.0.0.2 -> 10.0.0.1:80`, as a person types a flow.
  var words: String {
    let port = self.protocol.hasPorts ? ":\(destinationPort)" : ""
    let brackets = destination.family == .v6 && !port.isEmpty
    return "\(self.protocol) \(source) -> \(brackets ? "[\(destination)]" : "\(destination)")\(port)"
  }
}
