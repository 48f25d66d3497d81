import Selector
import Simulator

extension LintRule {
  /// A piece of information: every gateway with the default failsafes does it, and to close ssh for that may be the worse lock-out.
  static let failsafeForwarded = LintRule(
    id: "GW126", name: "failsafe-forwarded", severity: .info,
    summary: "failsafe port of a gateway: forwarded traffic to it passes, too, whatever the policies say",
    claims: ["D8", "S21", "S49"],
    basis: """
      failsafe ports are open on all host endpoints from and to any address; they are looked up by the destination port alone, so \
      forwarded packets pass as well (SEMANTICS section 2, D8)
      """,
    explanation: """
      A failsafe port keeps a host reachable whatever its policies say. Calico looks at the destination port alone, not at whose
      port it is, so on a host that forwards, everything behind it can be reached on that port as well: the policies of neither
      interface are asked.

      ```yaml
      - apiVersion: gatewalk/v1
        kind: Host
        metadata: {name: gateway}
        spec:
          interfaces: [{name: eth0, addresses: [203.0.113.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}]
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: outside, node: gateway}
        spec: {interfaceName: eth0}
      ```

      Write a policy that allows ssh to the gateway's own addresses, and empty the list of failsafe ports:

      ```yaml
        spec:
          felix: {failsafeInboundHostPorts: []}
      ```
      """
  ) { context in
    var search = FailsafeSearch(context)
    return search.findings()
  }
}

private struct FailsafeSearch {
  /// Ways through a host, and networks at each end of one, that are tried for each port.
  private static let mostWays = 4
  private static let mostNetworks = 2

  private let context: LintContext
  private let gateways: [(topology: Topology, crossings: [Crossing])]

  init(_ context: LintContext) {
    self.context = context
    gateways = context.topologies.compactMap { topology in
      let crossings = topology.failsafeInbound.isEmpty ? [] : topology.crossings
      return crossings.isEmpty ? nil : (topology, crossings)
    }
  }

  mutating func findings() -> [Finding] {
    guard !gateways.isEmpty else { return [] }
    let closed = gateways.compactMap { gateway -> ResourceChange? in
      guard let host = gateway.topology.document else { return nil }
      var other = host
      other.felix.failsafeInbound = []
      return ResourceChange(Resource.host(host).id, from: .host(host), to: .host(other))
    }
    var real = context.simulation
    var without = Simulation(world: context.world.applying(closed), after: real, closed)
    return gateways.flatMap { gateway -> [Finding] in
      guard let open = real.walker(node: gateway.topology.node), let shut = without.walker(node: gateway.topology.node) else {
        return []
      }
      let ofEndpoint = Dictionary(grouping: gateway.crossings, by: \.arrivalEndpoint)
      return ofEndpoint.keys.sorted().compactMap { finding(at: $0, ofEndpoint[$0] ?? [], open, shut) }
    }
  }

  /// A forwarded packet that the failsafe alone lets through.
  private struct Passing {
    var port: Host.FailsafePort
    var packet: Packet
    var departure: Int
  }

  private func finding(at endpoint: Int, _ crossings: [Crossing], _ open: Walker, _ shut: Walker) -> Finding? {
    let found = open.topology.failsafeInbound.compactMap { port in
      crossings.prefix(Self.mostWays).lazy.compactMap { passing(port, $0, open, shut) }.first
    }
    guard let first = found.first else { return nil }
    let arrival = context.world.endpoints[endpoint]
    let ports = found.map { "\($0.port.protocol) \($0.port.port)" }.joined(separator: ", ")
    let departure = open.topology.interfaces[first.departure]
    return Finding(
      "GW126", .info, at: arrival.location,
      "failsafe \(found.count == 1 ? "port" : "ports") \(ports) at \(context.words(endpoint)): forwarded traffic passes, too, such as "
        + "\(first.packet.text) out of \(departure.name.quoted)",
      help: "replace the failsafe by a policy for the host's own addresses, and empty failsafeInboundHostPorts (D8)",
      subject: Subject(arrival.resource.id),
      related: departure.endpoint.map { [context.related($0)] } ?? [])
  }

  private func passing(_ port: Host.FailsafePort, _ crossing: Crossing, _ open: Walker, _ shut: Walker) -> Passing? {
    let targets = open.topology.examples(in: crossing.behind, behind: crossing.departure)
    for source in open.topology.examples(in: crossing.before, behind: crossing.arrival).prefix(Self.mostNetworks) {
      for target in targets.filter({ $0.family == source.family }).prefix(Self.mostNetworks) {
        let packet = Packet(port.protocol, from: source, port: FlowResolver.ephemeralPort, to: target, port: port.port)
        let flow = Flow(packet, entry: .interface(crossing.arrival))
        guard let passed = try? open.judge(flow), let stopped = try? shut.judge(flow) else { continue }
        if passed.forward.path == .forwarded, passed.forward.isAllowed, passed.forward.decidedBy.kind == .failsafe,
          !stopped.forward.isAllowed
        {
          return Passing(port: port, packet: packet, departure: crossing.departure)
        }
      }
    }
    return nil
  }
}
