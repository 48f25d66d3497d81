import Selector
import Simulator

extension LintRule {
  static let lockOut = LintRule(
    id: "GW114", name: "lock-out", severity: .error,
    summary: "nobody can reach ssh, or Felix cannot reach etcd, or DHCP, DNS or BGP stop; or would, without the failsafes",
    claims: ["S20", "S23", "S24", "S25", "S30", "S42", "S49", "S50", "S51", "S53", "S54", "S55"],
    basis: """
      as soon as a host endpoint stands for an interface, everything is dropped but what policies, profiles or failsafe ports allow; \
      without failsafes a mistake can cut the host off, and Felix from the etcd that would tell it of the correction
      """,
    explanation: """
      Taken together, the policies, profiles and failsafe ports of a host leave some service no packet at all, from whatever address
      and by whatever interface. If that is ssh, nobody can log in to mend it; if it is etcd, Felix never hears that it was mended.
      DHCP and DNS are not among the documented failsafe ports: they need policies of their own.

      ```yaml
      - apiVersion: gatewalk/v1
        kind: Host
        metadata: {name: my-host}
        spec:
          interfaces: [{name: eth0, addresses: [10.0.0.1/24]}]
          felix: {failsafeInboundHostPorts: none, failsafeOutboundHostPorts: none}
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: eth0, node: my-host, labels: {role: web}}
        spec: {interfaceName: eth0}
      - apiVersion: v1
        kind: policy
        metadata: {name: web}
        spec:
          selector: role == 'web'
          ingress:
          - {action: allow, protocol: tcp, destination: {ports: [80]}}
      ```

      Allow what keeps the host in reach before the failsafes go: ssh from where you administer it, etcd, DHCP, DNS.

      ```yaml
      apiVersion: v1
      kind: policy
      metadata: {name: keep-in-reach}
      spec:
        order: 0
        selector: has(role)
        ingress:
        - {action: allow, protocol: tcp, source: {nets: [10.9.0.0/16]}, destination: {ports: [22]}}
        - {action: allow, protocol: udp, destination: {ports: [68]}}
        egress:
        - {action: allow, protocol: tcp, destination: {ports: [2379]}}
        - {action: allow, protocol: udp, destination: {ports: [53, 67]}}
      ```
      """
  ) { context in
    var search = LockOutSearch(context)
    return search.findings()
  }
}

/// What a host needs to be kept in reach.
private enum VitalService: CaseIterable {
  case ssh, etcd, dhcp, dns, bgp

  /// One of the packets that it needs: by direction, protocol and ports, of which one is enough.
  struct Need {
    var direction: Direction
    var `protocol`: IPProtocol
    var ports: [UInt16]
  }

  /// All of them have to get through.
  var needs: [Need] {
    switch self {
    case .ssh: [Need(direction: .ingress, protocol: .tcp, ports: [22])]
    case .etcd: [Need(direction: .egress, protocol: .tcp, ports: [2379, 4001])]
    case .dhcp:
      [Need(direction: .egress, protocol: .udp, ports: [67]), Need(direction: .ingress, protocol: .udp, ports: [68])]
    case .dns: [Need(direction: .egress, protocol: .udp, ports: [53])]
    case .bgp:
      [Need(direction: .egress, protocol: .tcp, ports: [179]), Need(direction: .ingress, protocol: .tcp, ports: [179])]
    }
  }

  /// Without it nobody can mend what is wrong.
  var isLifeline: Bool { self == .ssh || self == .etcd }

  /// What is so when nothing of it gets through.
  var loss: String {
    switch self {
    case .ssh: "nobody can reach ssh (tcp 22 in)"
    case .etcd: "Felix cannot reach etcd (tcp 2379 or 4001 out)"
    case .dhcp: "DHCP stops (udp 67 out, udp 68 in)"
    case .dns: "DNS stops (udp 53 out)"
    case .bgp: "BGP stops (tcp 179 in and out)"
    }
  }

  /// The same, if it were so.
  var possibleLoss: String {
    switch self {
    case .ssh: "nobody could reach ssh (tcp 22 in)"
    case .etcd: "Felix could not reach etcd (tcp 2379 or 4001 out)"
    case .dhcp, .dns, .bgp: loss
    }
  }
}

private struct LockOutSearch {
  private let context: LintContext
  private var analysis: GateAnalysis
  private var withoutFailsafes: GateAnalysis
  private let bgpNodes: Set<ByteString>

  init(_ context: LintContext) {
    self.context = context
    analysis = GateAnalysis(world: context.world, semantics: context.semantics)
    withoutFailsafes = GateAnalysis(world: context.world, semantics: context.semantics, hasFailsafes: false)
    bgpNodes = Set(
      context.resources.compactMap { resource in
        if case .node(let node) = resource, node.bgp != nil { node.name } else { nil }
      })
  }

  mutating func findings() -> [Finding] {
    context.topologies.flatMap { topology -> [Finding] in
      let outward = topology.interfaces.filter { !$0.isWorkload && $0.name != "lo" }
      // Where an interface is left alone, everything gets through there (S10).
      guard !outward.isEmpty, outward.allSatisfy({ $0.endpoint != nil }) else { return [] }
      var seen: Set<Int> = []
      let endpoints = outward.compactMap(\.endpoint).filter { seen.insert($0).inserted }
      return findings(on: topology, endpoints)
    }
  }

  private mutating func findings(on topology: Topology, _ endpoints: [Int]) -> [Finding] {
    let services = VitalService.allCases.filter { $0 != .bgp || bgpNodes.contains(topology.node) }
    let lost = services.filter { service in isLost(service, on: topology, endpoints, hasFailsafes: true) }
    let kept = services.filter { service in
      service.isLifeline && !lost.contains(service) && isLost(service, on: topology, endpoints, hasFailsafes: false)
    }
    let place = context.world.endpoints[endpoints[0]]
    func finding(_ severity: Severity, _ message: String, _ help: String) -> Finding {
      Finding(
        "GW114", severity, at: place.location, "on host \"\(topology.node)\" \(message)", help: help,
        subject: Subject(place.resource.id), related: context.related(endpoints.dropFirst()))
    }
    var findings: [Finding] = []
    let lifelines = lost.filter(\.isLifeline)
    if !lifelines.isEmpty {
      findings.append(
        finding(
          .error, Self.list(lifelines.map(\.loss)) + ": no policy, profile or failsafe port of its host endpoints lets such a packet through",
          "allow it in a policy, or list its port among the failsafes (S54, S55)"))
    }
    let others = lost.filter { !$0.isLifeline }
    if !others.isEmpty {
      findings.append(
        finding(
          .info, Self.list(others.map(\.loss)) + ": its host endpoints let no such packet through",
          "allow it in a policy, if the host uses it (S23, S30)"))
    }
    if !kept.isEmpty {
      findings.append(
        finding(
          .info, "failsafe ports alone keep it in reach: without them \(Self.list(kept.map(\.possibleLoss)))",
          "allow it in a policy before the failsafes go (S25)"))
    }
    return findings
  }

  private mutating func isLost(
    _ service: VitalService, on topology: Topology, _ endpoints: [Int], hasFailsafes: Bool
  ) -> Bool {
    service.needs.contains { need in
      !endpoints.contains { endpoint in
        let reaching = Self.packets(need, on: topology, isBroadcast: service == .dhcp)
        return hasFailsafes
          ? Self.lets(reaching, at: endpoint, need.direction, &analysis)
          : Self.lets(reaching, at: endpoint, need.direction, &withoutFailsafes)
      }
    }
  }

  /// Packets of a service between the host and anybody else.
  private static func packets(_ need: VitalService.Need, on topology: Topology, isBroadcast: Bool) -> PacketSet {
    let all = PacketSet(
      PacketCriteria(protocols: [need.protocol], destinationPorts: need.ports.map { PortRange($0) }))
    let own = topology.interfaces.filter { $0.name != "lo" }.flatMap { $0.addresses.map { IPNetwork(single: $0.address) } }
    guard !own.isEmpty, !isBroadcast else { return all }
    let (near, far) =
      need.direction == .ingress
      ? (PacketCriteria(destination: own), PacketCriteria(source: own)) : (PacketCriteria(source: own), PacketCriteria(destination: own))
    return all.intersection(PacketSet(near)).subtracting(PacketSet(far))
  }

  /// Does any of these packets, new to connection tracking, pass an endpoint on its way between the host and its interface?
  private static func lets(
    _ packets: PacketSet, at endpoint: Int, _ direction: Direction, _ analysis: inout GateAnalysis
  ) -> Bool {
    var rest = packets
    for stage in [Stage.untracked, .preDNAT] {
      let gate = analysis.gate(ofEndpoint: endpoint, stage, direction)
      guard gate.isAsked else { continue }
      if !rest.isDisjoint(with: gate.allowed) { return true }
      rest = rest.intersection(gate.undecided)
    }
    return !rest.isDisjoint(with: analysis.gate(ofEndpoint: endpoint, .normal, direction).allowed)
  }

  private static func list(_ losses: [String]) -> String { losses.joined(separator: ", and ") }
}
