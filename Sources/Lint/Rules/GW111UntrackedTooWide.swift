import Selector
import Simulator

extension LintRule {
  static let untrackedTooWide = LintRule(
    id: "GW111", name: "untracked-too-wide", severity: .error,
    summary: "an untracked rule allows traffic of services or workloads, which breaks it",
    claims: ["S58", "S64", "S81", "S82", "S83", "S84", "S85", "S86", "D4", "D5", "D6"],
    basis:
      "untracked ingress rules see all traffic that comes in, wherever it goes; for a local workload they are of no use, since "
      + "its replies find no connection and are dropped",
    explanation: """
      Untracked ingress rules are asked about everything that arrives through the host endpoint. What they allow is not tracked,
      and what is not tracked is not DNATed: a packet to a NodePort ends at the host itself. A packet to a local workload gets
      there, but the reply belongs to no connection and is dropped; so is the answer to a connection that a workload began.

      ```yaml
      spec:
        doNotTrack: true
        selector: role == "cache"
        ingress:
        - {action: allow, protocol: tcp, source: {nets: [10.0.0.0/8]}}
      ```

      Name the port, and where it helps the address, of the server that runs on the host itself:

      ```yaml
        ingress:
        - {action: allow, protocol: tcp, source: {nets: [10.0.0.0/8]}, destination: {nets: [10.0.0.20], ports: [11211]}}
      ```
      """
  ) { context in
    var search = UntrackedSearch(context)
    let workloads = LocalWorkloads(context)
    return search.allows.filter { $0.place.direction == .ingress }.compactMap { allow in
      let traffic = PassingTraffic(context: context, allow: allow, workloads: workloads)
      return search.first(allow, { traffic.toServices(at: $0) }) { site, flow, _ in traffic.lostTranslation(of: flow, at: site)
      }
        ?? search.first(allow, { traffic.toWorkloads(at: $0) }) { site, flow, verdict in
          traffic.brokenReply(to: flow, verdict, at: site)
        }
        ?? search.first(allow, about: .reply, { traffic.fromWorkloads(at: $0) }) { site, flow, verdict in
          traffic.brokenAnswer(to: flow, verdict, at: site)
        }
    }
  }
}

/// Traffic that an untracked ingress rule is hardly meant for.
private struct PassingTraffic {
  let context: LintContext
  let allow: UntrackedSearch.Allow
  let workloads: LocalWorkloads
  /// What workloads want of what the rule allows.
  private let wishes: [LocalWorkloads.Wish]
  /// The workloads that the rule may be felt at; `nil` for all.
  private let candidates: Bitset?

  init(context: LintContext, allow: UntrackedSearch.Allow, workloads: LocalWorkloads) {
    self.context = context
    self.allow = allow
    self.workloads = workloads
    let end = allow.rule.destination
    wishes = workloads.wishes(within: end)
    if let selector = end.selector ?? end.tag.map(Selector.has) {
      candidates = context.endpoints(matching: selector)
    } else if end.ports.isEmpty || end.namesAddresses {
      candidates = nil
    } else {
      candidates = wishes.reduce(into: Bitset()) { $0.formUnion($1.workloads) }
    }
  }

  private var rule: Rule { allow.rule }

  // MARK: Services

  func toServices(at site: UntrackedSearch.Site) -> [Flow] {
    let services = context.services.on(site.topology).filter { service in
      (rule.protocol == nil || rule.protocol?.value == service.proto) && rule.destination.admits(service.address)
        && rule.destination.admits(service.port)
    }
    return services.flatMap { service in
      sources(service.address.family, at: site).map { source in
        let packet = Packet(
          service.proto, from: source, port: rule.source.ports.first?.lower ?? 49_152, to: service.address, port: service.port)
        return Flow(packet, entry: .interface(site.interface))
      }
    }
  }

  /// A few senders beyond the host endpoint.
  private func sources(_ family: IPFamily, at site: UntrackedSearch.Site) -> some Sequence<IPAddress> {
    let topology = context.topologies[site.topology]
    return context.samples(rule.source, family).lazy.filter { topology.isOutside($0) }.prefix(4)
  }

  func lostTranslation(of flow: Flow, at site: UntrackedSearch.Site) -> Finding? {
    let topology = context.topologies[site.topology]
    guard let after = topology.translated(flow.packet) else { return nil }
    let port = after.protocol.hasPorts ? ":\(after.destinationPort)" : ""
    return finding(
      "\(flow.packet.words) is not tracked, so it is not DNATed to \(after.destination)\(port) at "
        + context.words(site.endpoint), related: [.init("DNAT of \(topology.node)", at: topology.document?.location)])
  }

  // MARK: Workloads

  /// Packets to ports that a workload wants packets at, where the rule names its address, or the port as its own policy does,
  /// or no port at all.
  func toWorkloads(at site: UntrackedSearch.Site) -> [Flow] {
    workloads.some(on: site.topology, among: candidates) { rule.destination.admits($0) }.flatMap { workload, address in
      sources(address.family, at: site).flatMap { source in
        allow.packets(from: source, to: address).flatMap { packet in
          ports(of: workload).map { port in
            var packet = packet
            if packet.protocol.hasPorts { packet.destinationPort = port }
            return Flow(packet, entry: .interface(site.interface))
          }
        }
      }
    }
  }

  private func ports(of workload: Int) -> [UInt16] {
    let wanted = Set(wishes.lazy.filter { $0.workloads.contains(workload) }.flatMap(\.ports)).sorted()
    if rule.destination.ports.isEmpty { return wanted + [80] }
    return wanted + (rule.destination.namesAddresses ? rule.destination.ports.map(\.lower) : [])
  }

  func brokenReply(to flow: Flow, _ verdict: Verdict, at site: UntrackedSearch.Site) -> Finding? {
    guard verdict.forward.isAllowed, verdict.forward.path == .toWorkload, let reply = verdict.reply, !reply.isAllowed,
      case .interface(let place) = verdict.forward.exit,
      let workload = context.topologies[site.topology].interfaces[place].endpoint
    else { return nil }
    return finding(
      "\(flow.packet.words) reaches \(context.words(workload)) untracked, and the reply is dropped",
      related: [.init(context.words(workload), at: context.world.endpoints[workload].location)])
  }

  /// Connections of workloads whose answers come in from a port that the rule names, or from any.
  func fromWorkloads(at site: UntrackedSearch.Site) -> [Flow] {
    // Answers go to an ephemeral port.
    guard rule.destination.admits(49_152) else { return [] }
    let topology = context.topologies[site.topology]
    let ports = rule.source.ports.isEmpty ? [443] : rule.source.ports.map(\.lower)
    return workloads.some(on: site.topology) { rule.destination.admits($0) }.flatMap { workload, address -> [Flow] in
      guard let place = topology.interface(ofEndpoint: workload) else { return [] }
      return sources(address.family, at: site).flatMap { peer in
        [IPProtocol.tcp, .udp].flatMap { proto in
          ports.map { port in
            Flow(
              Packet(proto, from: address, port: 49_152, to: peer, port: port), entry: .interface(place), out: site.interface)
          }
        }
      }
    }
  }

  func brokenAnswer(to flow: Flow, _ verdict: Verdict, at site: UntrackedSearch.Site) -> Finding? {
    guard verdict.forward.isAllowed, verdict.forward.path == .fromWorkload, let reply = verdict.reply, !reply.isAllowed,
      case .interface(let place) = flow.entry,
      let workload = context.topologies[site.topology].interfaces[place].endpoint
    else { return nil }
    return finding(
      "the answer to \(flow.packet.words), which \(context.words(workload)) sends, comes in untracked and is dropped",
      related: [.init(context.words(workload), at: context.world.endpoints[workload].location)])
  }

  private func finding(_ harm: String, related: [Finding.Related]) -> Finding {
    let policy = context.world.policies[allow.policy]
    return Finding(
      "GW111", .error, at: rule.location,
      "untracked policy \"\(policy.name)\" \(allow.place.direction)[\(allow.place.index)] allows more than traffic of the host: "
        + harm, help: "name the addresses of the host and the ports of its own servers in the rule's destination (S58)",
      subject: Subject(Resource.policy(policy).id, rule: allow.place, field: ["destination"]), related: related)
  }
}

extension EntityRule {
  /// Does it say for which addresses it is, one by one?
  fileprivate var namesAddresses: Bool {
    selector != nil || tag != nil || (!nets.isEmpty && nets.allSatisfy { $0.prefixLength == $0.family.bits })
  }
}
