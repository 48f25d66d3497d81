import Selector
import Simulator

/// Worlds of several hosts, drawn at random, and edits of them. Addresses are few, so that hosts and workloads share some.
struct RandomCluster {
  private(set) var drawn: RandomWorld
  /// What the world holds now.
  private(set) var present: [ResourceID: Resource] = [:]

  static let nodes: [ByteString] = ["h", "m", "n"]
  private static let workloadInterfaces: [ByteString] = ["cali1", "cali2", "tap1"]

  init(seed: UInt64) throws {
    drawn = RandomWorld(seed: seed)
    for slot in Self.slots where !drawn.random.oneIn(3) {
      let resource = try draw(slot)
      present[resource.id] = resource
    }
  }

  /// The resources in an order drawn anew.
  mutating func shuffled() -> [Resource] {
    present.values.sorted { $0.id.name < $1.id.name }.shuffled(using: &drawn.random)
  }

  mutating func oneIn(_ chance: Int) -> Bool { drawn.random.oneIn(chance) }

  // MARK: Resources

  private enum Slot: CaseIterable {
    case named, byAddress, workload, host, profile, policy
  }

  /// A resource that may be there or not.
  private static let slots: [(slot: Slot, node: ByteString, number: Int)] =
    nodes.flatMap { node in
      [(.host, node, 0)] + [Slot.named, .byAddress, .workload].flatMap { slot in (0..<2).map { (slot, node, $0) } }
    } + (0..<3).map { (.profile, "", $0) } + (0..<8).map { (.policy, "", $0) }

  private mutating func draw(_ place: (slot: Slot, node: ByteString, number: Int)) throws -> Resource {
    let (node, number) = (place.node, place.number)
    switch place.slot {
    case .named:
      return .hostEndpoint(
        HostEndpoint(
          node: node, name: ByteString("hep\(number)"), labels: drawn.labels(), interfaceName: ByteString("eth\(number)"),
          expectedIPs: addresses(), profiles: profiles()))
    case .byAddress:
      return .hostEndpoint(
        HostEndpoint(
          node: node, name: ByteString("by-ip\(number)"), labels: drawn.labels(), expectedIPs: addresses(),
          profiles: profiles()))
    case .workload:
      return .workloadEndpoint(
        WorkloadEndpoint(
          node: node, orchestrator: "k8s", workload: ByteString("w\(number)"), name: "eth0", labels: drawn.labels(),
          interfaceName: drawn.random.pick(Self.workloadInterfaces),
          ipNetworks: addresses().map { IPNetwork(single: $0) }, profiles: profiles()))
    case .host: return .host(host(node))
    case .profile:
      return .profile(
        Profile(
          name: Self.profiles[number], labels: drawn.labels(), tags: drawn.random.oneIn(2) ? ["role"] : [],
          ingress: withICMPZero(try drawn.rules(3)), egress: try drawn.rules(3)))
    case .policy:
      var policy = try drawn.policy(number, 4)
      policy.ingress = withICMPZero(policy.ingress)
      policy.isDisabled = drawn.random.oneIn(6)
      return .policy(policy)
    }
  }

  /// One name with a slash, for which Felix 2.4 leaves a host endpoint out.
  private static let profiles: [ByteString] = ["p1", "p2", "p/3"]

  private mutating func profiles() -> [ByteString] {
    drawn.random.oneIn(6) ? ["p/3", "p1"] : drawn.random.oneIn(6) ? ["p2", "p1"] : drawn.profiles()
  }

  private mutating func addresses() -> [IPAddress] {
    let count = drawn.random.pick([0, 1, 1, 1, 2])
    return Array(drawn.addresses.shuffled(using: &drawn.random).prefix(count))
  }

  /// Felix 2.4 leaves out what has such a rule (D16).
  private mutating func withICMPZero(_ rules: [Rule]) -> [Rule] {
    guard drawn.random.oneIn(6), let last = rules.last else { return rules }
    var odd = last
    odd.protocol = ProtocolMatch(drawn.isV6 ? .icmpv6 : .icmp, isName: true)
    odd.icmp = ICMPMatch(type: 0)
    return rules + [odd]
  }

  private mutating func host(_ node: ByteString) -> Host {
    let known = drawn.addresses
    let length = drawn.isV6 ? 64 : 24
    let lists = !drawn.random.oneIn(3)
    let first = drawn.random.below(4)
    return Host(
      name: node,
      interfaces: lists
        ? [
          .init(name: "eth0", addresses: [IPNetwork(address: known[first], prefixLength: length)]),
          .init(name: "eth1", addresses: [IPNetwork(address: known[(first + 1) % 4], prefixLength: length)]),
        ] : [],
      routes: lists && drawn.random.oneIn(2)
        ? [.init(to: IPNetwork(address: known[6], prefixLength: length), interface: "eth0")] : nil,
      dnat: drawn.random.oneIn(2)
        ? [.init(protocol: .tcp, address: known[first], port: 8080, toAddress: known[4], toPort: 80)] : [],
      felix: .init(
        interfacePrefixes: drawn.random.pick([nil, ["cali"], ["tap"], ["cali", "tap"]]),
        defaultEndpointToHostAction: drawn.random.pick(Host.EndpointToHostAction.allCases),
        failsafeInbound: drawn.random.pick([nil, [], [.init(.tcp, 443)]]),
        failsafeOutbound: drawn.random.pick([nil, [], [.init(.udp, 80)]])))
  }

  // MARK: Edits

  /// One to three changes, one after the other; a resource may go and come again in one step.
  mutating func edit() throws -> [ResourceChange] {
    var changes: [ResourceChange] = []
    for _ in 0...drawn.random.below(3) {
      let place = drawn.random.pick(Self.slots)
      let fresh = try draw(place)
      let before = present[fresh.id]
      var steps: [Resource?] = [fresh]
      if let before {
        switch drawn.random.below(6) {
        case 0: steps = [nil]
        case 1: steps = [nil, before]
        case 2: break
        default: steps = [slightly(before)]
        }
      }
      for after in steps {
        changes.append(ResourceChange(fresh.id, from: present[fresh.id], to: after))
        present[fresh.id] = after
      }
    }
    return changes
  }

  /// The edits of an interactive session that leave the network alone: labels, and what is disabled.
  private mutating func slightly(_ resource: Resource) -> Resource {
    switch resource {
    case .policy(var policy):
      if let rule = policy.ingress.indices.randomElement(using: &drawn.random), drawn.random.oneIn(2) {
        policy.ingress[rule].isDisabled.toggle()
      } else {
        policy.isDisabled.toggle()
      }
      return .policy(policy)
    case .profile(var profile):
      profile.labels = drawn.labels()
      return .profile(profile)
    case .hostEndpoint(var endpoint):
      endpoint.labels = drawn.labels()
      return .hostEndpoint(endpoint)
    case .workloadEndpoint(var endpoint):
      endpoint.labels = drawn.labels()
      return .workloadEndpoint(endpoint)
    case .host(var host):
      host.felix.failsafeInbound = drawn.random.pick([nil, [], [.init(.tcp, 80)]])
      return .host(host)
    default: return resource
    }
  }

  // MARK: Flows

  /// A packet on a host, with interfaces by name so that it can be asked in several worlds.
  struct NamedFlow {
    var packet: Packet
    var entry: ByteString?
    var out: ByteString?
  }

  mutating func flow(on topology: Topology) -> NamedFlow {
    let names = topology.interfaces.map(\.name)
    let proto: IPProtocol = drawn.random.pick([.tcp, .tcp, .udp, drawn.isV6 ? .icmpv6 : .icmp])
    let packet = Packet(
      proto, from: drawn.random.pick(drawn.addresses), port: proto.hasPorts ? drawn.random.pick(RandomWorld.ports) : 0,
      to: drawn.random.pick(drawn.addresses), port: proto.hasPorts ? drawn.random.pick(RandomWorld.ports) : 0,
      icmpType: proto.isICMP ? drawn.random.pick(drawn.isV6 ? [128, 129, 0] : [8, 0, 13]) : 0)
    return NamedFlow(
      packet: packet, entry: drawn.random.oneIn(4) ? nil : names.randomElement(using: &drawn.random),
      out: drawn.random.oneIn(4) ? names.randomElement(using: &drawn.random) : nil)
  }
}
