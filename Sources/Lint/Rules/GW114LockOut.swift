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

  /// Hosts that lose the same get one finding, or a cluster would get hundreds.
  mutating func findings() -> [Finding] {
    var hosts: [Loss: [Host]] = [:]
    for topology in context.topologies {
      guard let host = Host(topology) else { continue }
      for loss in losses(of: host) { hosts[loss, default: []].append(host) }
    }
    return hosts.map { finding($0, on: $1) }
  }

  /// A host all of whose outward interfaces are policed: where one is left alone, everything gets through there (S10).
  private struct Host {
    let topology: Topology
    /// Those of its interfaces, each once.
    let endpoints: [Int]

    init?(_ topology: Topology) {
      let outward = topology.interfaces.filter { !$0.isWorkload && $0.name != "lo" }
      guard !outward.isEmpty, outward.allSatisfy({ $0.endpoint != nil }) else { return nil }
      var seen: Set<Int> = []
      self.topology = topology
      endpoints = outward.compactMap(\.endpoint).filter { seen.insert($0).inserted }
    }
  }

  private struct Loss: Hashable {
    enum Kind: Hashable {
      /// The host cannot be mended from afar.
      case lockedOut
      /// Something else stops.
      case stopped
      /// It would be locked out, were there no failsafe ports.
      case keptByFailsafes
    }

    var kind: Kind
    var services: [VitalService]
  }

  private mutating func losses(of host: Host) -> [Loss] {
    let services = VitalService.allCases.filter { $0 != .bgp || bgpNodes.contains(host.topology.node) }
    let lost = services.filter { isLost($0, on: host, hasFailsafes: true) }
    let kept = services.filter { $0.isLifeline && !lost.contains($0) && isLost($0, on: host, hasFailsafes: false) }
    return [
      Loss(kind: .lockedOut, services: lost.filter(\.isLifeline)),
      Loss(kind: .stopped, services: lost.filter { !$0.isLifeline }),
      Loss(kind: .keptByFailsafes, services: kept),
    ].filter { !$0.services.isEmpty }
  }

  private func finding(_ loss: Loss, on hosts: [Host]) -> Finding {
    let place = context.world.endpoints[hosts[0].endpoints[0]]
    let first = "\"\(hosts[0].topology.node)\""
    let names = hosts.count == 1 ? "host \(first)" : "\(hosts.count) hosts such as \(first)"
    let lost = loss.services.map(loss.kind == .keptByFailsafes ? \.possibleLoss : \.loss).joined(separator: ", and ")
    let (severity, message, help): (Severity, String, String) =
      switch loss.kind {
      case .lockedOut:
        (
          .error, "\(lost): no policy, profile or failsafe port lets such a packet through",
          "allow it in a policy, or list its port among the failsafes (S54, S55)"
        )
      case .stopped:
        (.info, "\(lost): nothing lets such a packet through", "allow it in a policy, if it is used (S23, S30)")
      case .keptByFailsafes:
        (
          .info, "failsafe ports alone keep the way open: without them \(lost)",
          "allow it in a policy before the failsafes go (S25)"
        )
      }
    return Finding(
      "GW114", severity, at: place.location, "on \(names) \(message)", help: help, subject: Subject(place.resource.id),
      related: context.related((hosts[0].endpoints.dropFirst() + hosts.dropFirst().map { $0.endpoints[0] })))
  }

  private mutating func isLost(_ service: VitalService, on host: Host, hasFailsafes: Bool) -> Bool {
    service.needs.contains { need in
      let reaching = Self.packets(need, on: host.topology, isBroadcast: service == .dhcp)
      return !host.endpoints.contains { endpoint in
        hasFailsafes
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
      ? (PacketCriteria(destination: own), PacketCriteria(source: own))
      : (PacketCriteria(source: own), PacketCriteria(destination: own))
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
}
