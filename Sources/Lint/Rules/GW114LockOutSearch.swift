import Selector
import Simulator

/// Finds what hosts all of whose outward interfaces are policed are cut off from.
struct LockOutSearch {
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
    var hosts: [Loss: [LockOutHost]] = [:]
    for topology in context.topologies {
      guard let host = LockOutHost(topology) else { continue }
      for loss in losses(of: host) { hosts[loss, default: []].append(host) }
    }
    return hosts.map { finding($0, on: $1) }
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
    var cause: Cause
    var services: [VitalService]
    var isOpenToWorkloads: Bool
  }

  private enum Cause: Hashable, CaseIterable {
    /// No packet that begins it gets through.
    case packets
    /// Some do, and untracked policy denies whatever answers them.
    case answers
  }

  private mutating func losses(of host: LockOutHost) -> [Loss] {
    let services = VitalService.allCases.filter { service in
      switch service {
      case .bgp: bgpNodes.contains(host.topology.node)
      // Of IPv6 it has other ports.
      case .dhcp: host.addresses.isEmpty || host.addresses.contains { $0.family == .v4 }
      case .ssh, .etcd, .dns: true
      }
    }
    var lost: [VitalService: Cause] = [:]
    for service in services { lost[service] = cause(of: service, on: host, &analysis) }
    let kept = services.filter {
      $0.isLifeline && lost[$0] == nil && cause(of: $0, on: host, &withoutFailsafes) == .packets
    }
    var losses = [Loss(kind: .keptByFailsafes, cause: .packets, services: kept, isOpenToWorkloads: false)]
    for cause in Cause.allCases {
      let alike = services.filter { lost[$0] == cause }
      losses.append(Loss(kind: .lockedOut, cause: cause, services: alike.filter(\.isLifeline), isOpenToWorkloads: false))
      losses.append(Loss(kind: .stopped, cause: cause, services: alike.filter { !$0.isLifeline }, isOpenToWorkloads: false))
    }
    for index in losses.indices where losses[index].services.contains(.ssh) {
      losses[index].isOpenToWorkloads = isOpenToWorkloads(host)
    }
    return losses.filter { !$0.services.isEmpty }
  }

  private func finding(_ loss: Loss, on hosts: [LockOutHost]) -> Finding {
    let place = context.world.endpoints[hosts[0].endpoints[0]]
    let first = "\"\(hosts[0].topology.node)\""
    let names = hosts.count == 1 ? "host \(first)" : "\(hosts.count) hosts such as \(first)"
    let lost = loss.services.map { service in
      loss.kind == .keptByFailsafes
        ? service.possibleLoss(isOpenToWorkloads: loss.isOpenToWorkloads)
        : service.loss(isOpenToWorkloads: loss.isOpenToWorkloads)
    }.joined(separator: ", and ")
    let (message, help): (String, String) =
      switch (loss.kind, loss.cause) {
      case (.keptByFailsafes, _):
        ("failsafe ports alone keep the way open: without them \(lost)", "allow it in a policy before the failsafes go (S25)")
      case (_, .answers):
        (
          "\(lost): untracked policy denies every answer",
          "let untracked policy deny less, so that answers get to connection tracking (S64, S65)"
        )
      case (.lockedOut, .packets):
        (
          "\(lost): no policy, profile or failsafe port lets such a packet through",
          "allow it in a policy, or list its port among the failsafes (S54, S55)"
        )
      case (.stopped, .packets):
        ("\(lost): nothing lets such a packet through", "allow it in a policy, if it is used (S23, S30)")
      }
    return Finding(
      "GW114", loss.kind == .lockedOut ? .error : .info, at: place.location, "on \(names) \(message)", help: help,
      subject: Subject(place.resource.id),
      related: context.related((hosts[0].endpoints.dropFirst() + hosts.dropFirst().map { $0.endpoints[0] })))
  }

  // MARK: What gets through

  private func cause(of service: VitalService, on host: LockOutHost, _ analysis: inout GateAnalysis) -> Cause? {
    let open = service.openings.filter { opening in
      let ways = host.ways(of: opening, isBroadcast: service == .dhcp)
      return host.endpoints.contains { endpoint in
        ways.contains { Self.lets($0, at: endpoint, opening.direction, &analysis) }
      }
    }
    if open.isEmpty { return .packets }
    let isAnswered = open.contains { opening in
      let answers = host.answers(to: opening)
      let direction: Direction = opening.direction == .ingress ? .egress : .ingress
      return host.endpoints.contains { endpoint in
        !answers.isSubset(of: analysis.gate(ofEndpoint: endpoint, .untracked, direction).denied)
      }
    }
    return isAnswered ? nil : .answers
  }

  /// Does any of these packets, new to connection tracking, pass an endpoint on its way between the host and its interface?
  private static func lets(
    _ way: LockOutHost.Way, at endpoint: Int, _ direction: Direction, _ analysis: inout GateAnalysis
  ) -> Bool {
    var rest = way.before
    for stage in [Stage.untracked, .preDNAT] {
      let gate = analysis.gate(ofEndpoint: endpoint, stage, direction)
      guard gate.isAsked else { continue }
      if !rest.isDisjoint(with: gate.allowed) { return true }
      rest = rest.intersection(gate.undecided)
    }
    guard !rest.isEmpty else { return false }
    return !(way.after ?? rest).isDisjoint(with: analysis.gate(ofEndpoint: endpoint, .normal, direction).allowed)
  }

  /// Can a workload of the host reach its ssh? No host endpoint has a say in that (K8).
  private mutating func isOpenToWorkloads(_ host: LockOutHost) -> Bool {
    guard host.topology.endpointToHostAction != .drop else { return false }
    return host.topology.interfaces.contains { interface in
      guard interface.isWorkload, let endpoint = interface.endpoint else { return false }
      let packets = PacketSet(
        PacketCriteria(
          protocols: [.tcp], source: context.world.endpoints[endpoint].addresses.map { IPNetwork(single: $0) },
          destination: host.networks, destinationPorts: [PortRange(22)]))
      return !packets.isDisjoint(with: analysis.gate(ofEndpoint: endpoint, .workload, .egress).allowed)
    }
  }
}
