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
    let workloads = LocalWorkloadClasses(context)
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
  let workloads: LocalWorkloadClasses

  private var rule: Rule { allow.rule }

  // MARK: Services

  func toServices(at site: UntrackedSearch.Site) -> [Flow] {
    let topology = context.topologies[site.topology]
    return context.services.on(site.topology).filter { rule.protocol == nil || rule.protocol?.value == $0.proto }.flatMap {
      service in
      context.samples(rule.source, service.address.family).filter { topology.isOutside($0) }.map { source in
        let packet = Packet(
          service.proto, from: source, port: rule.source.ports.first?.lower ?? 49_152, to: service.address, port: service.port)
        return Flow(packet, entry: .interface(site.interface))
      }
    }
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
    let topology = context.topologies[site.topology]
    return workloads.on(site.topology).flatMap { workload -> [Flow] in
      context.world.endpoints[workload].addresses.flatMap { address -> [Flow] in
        let ports = ports(of: workload, address)
        return context.samples(rule.source, address.family).filter { topology.isOutside($0) }.flatMap { source in
          allow.packets(from: source, to: address).flatMap { packet in
            ports.map { port in
              var packet = packet
              if packet.protocol.hasPorts { packet.destinationPort = port }
              return Flow(packet, entry: .interface(site.interface))
            }
          }
        }
      }
    }
  }

  private func ports(of workload: Int, _ address: IPAddress) -> [UInt16] {
    let own = workloads.ports(of: workload)
    let isNamed =
      rule.destination.selector != nil || rule.destination.tag != nil
      || rule.destination.nets.contains { $0 == IPNetwork(single: address) }
    if rule.destination.ports.isEmpty || isNamed {
      return own + (rule.destination.ports.isEmpty ? [80] : rule.destination.ports.map(\.lower))
    }
    return own.filter { port in rule.destination.ports.contains { $0.lower <= port && port <= $0.upper } }
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
    let topology = context.topologies[site.topology]
    let ports = rule.source.ports.isEmpty ? [443] : rule.source.ports.map(\.lower)
    return workloads.on(site.topology).flatMap { workload -> [Flow] in
      guard let place = topology.interface(ofEndpoint: workload) else { return [] }
      return context.world.endpoints[workload].addresses.flatMap { address in
        context.samples(rule.source, address.family).filter { topology.isOutside($0) }.flatMap { peer in
          [IPProtocol.tcp, .udp].flatMap { proto in
            ports.map { port in
              Flow(
                Packet(proto, from: address, port: 49_152, to: peer, port: port), entry: .interface(place),
                out: site.interface)
            }
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

/// Local workloads of each host, one for all that have the same policies and profiles.
private struct LocalWorkloadClasses {
  private struct Key: Hashable {
    var policies: UInt64
    var profiles: [ByteString]
  }

  private let context: LintContext
  private var members: [[Int]] = []

  /// - Complexity: linear in the matches of policies and workloads; nothing where there is no untracked policy.
  init(_ context: LintContext) {
    self.context = context
    let policies = context.world.policies
    guard policies.indices.contains(where: { policies[$0].kind == .untracked && !context.governed[$0].isEmpty }) else { return }
    var classes = Array(repeating: UInt64(0), count: context.world.endpoints.count)
    for policy in policies.indices where policies[policy].kind == .normal {
      for endpoint in context.governed[policy].intersection(context.workloadEndpoints) {
        classes[endpoint] = (classes[endpoint] &+ UInt64(policy) &+ 1) &* 0x9e37_79b9_7f4a_7c15
      }
    }
    members = context.topologies.map { topology in
      var known: Set<Key> = []
      return topology.interfaces.lazy.filter(\.isWorkload).compactMap(\.endpoint).filter { endpoint in
        known.insert(Key(policies: classes[endpoint], profiles: context.world.endpoints[endpoint].profiles)).inserted
      }
    }
  }

  func on(_ topology: Int) -> [Int] { members.isEmpty ? [] : members[topology] }

  /// The ports that the workload's own rules allow one by one.
  func ports(of workload: Int) -> [UInt16] {
    let policies = context.world.policies.indices.filter {
      context.world.policies[$0].kind == .normal && context.governed[$0].contains(workload)
    }
    let profiles = context.world.endpoints[workload].profiles.compactMap { context.world.profile(named: $0) }
    let rules =
      policies.flatMap { context.world.policies[$0].ingress } + profiles.flatMap { context.world.profiles[$0].ingress }
    let ports = rules.lazy.filter { $0.action == .allow && !$0.isDisabled }.flatMap(\.destination.ports).map(\.lower)
    return Array(Set(ports)).sorted()
  }
}
