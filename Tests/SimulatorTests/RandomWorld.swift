import Selector
import Simulator

/// Worlds drawn at random, small in their choices so that rules, selectors and packets meet often.
struct RandomWorld {
  var random: SeededGenerator
  let isV6: Bool

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    isV6 = seed % 4 == 0
  }

  private static let keys: [ByteString] = ["role", "env", "app"]
  private static let values: [ByteString] = ["a", "b", "c"]
  static let ports: [UInt16] = [22, 53, 80, 443, 2379, 8080]

  /// Host addresses: the host's two, its neighbours, its workloads, the world outside.
  var addresses: [IPAddress] {
    (isV6
      ? ["fd00::1", "fd01::1", "fd00::2", "fd01::2", "fd02::1", "fd02::2", "2001:db8::9", "fd00::7"]
      : ["10.0.0.1", "10.1.0.1", "10.0.0.2", "10.1.0.2", "10.65.0.1", "10.65.0.2", "203.0.113.9", "10.0.0.7"])
      .compactMap { IPAddress($0) }
  }

  private var networks: [IPNetwork] {
    (isV6
      ? ["fd00::/64", "fd01::/64", "fd02::/16", "::/0", "fd02::1/128", "2001:db8::/32"]
      : ["10.0.0.0/24", "10.1.0.0/24", "10.65.0.0/16", "0.0.0.0/0", "10.65.0.1/32", "203.0.113.0/24"])
      .compactMap { IPNetwork($0) }
  }

  mutating func make(policies: Int, rulesUpTo: Int) throws -> [Resource] {
    let known = addresses
    var resources: [Resource] = [.host(host())]
    for (index, interface) in ["eth0", "eth1"].enumerated() where !random.oneIn(6) {
      resources.append(
        .hostEndpoint(
          HostEndpoint(
            node: "h", name: ByteString("hep\(index)"), labels: labels(), interfaceName: ByteString(interface),
            expectedIPs: random.oneIn(4) ? [] : [known[index]], profiles: profiles())))
    }
    for index in 1...2 where !random.oneIn(6) {
      resources.append(
        .workloadEndpoint(
          WorkloadEndpoint(
            node: "h", orchestrator: "k8s", workload: ByteString("w\(index)"), name: "eth0", labels: labels(),
            interfaceName: ByteString("cali\(index)"), ipNetworks: [IPNetwork(single: known[3 + index])],
            profiles: profiles())))
    }
    for name in ["p1", "p2"] where !random.oneIn(4) {
      resources.append(
        .profile(
          Profile(
            name: ByteString(name), labels: labels(), tags: random.oneIn(2) ? [random.pick(Self.keys)] : [],
            ingress: try rules(3), egress: try rules(3))))
    }
    for index in 0..<policies { resources.append(.policy(try policy(index, rulesUpTo))) }
    return resources
  }

  private mutating func host() -> Host {
    let known = addresses
    let length = isV6 ? 64 : 24
    return Host(
      name: "h",
      interfaces: [
        .init(name: "eth0", addresses: [IPNetwork(address: known[0], prefixLength: length)]),
        .init(name: "eth1", addresses: [IPNetwork(address: known[1], prefixLength: length)]),
        .init(name: "cali1"), .init(name: "cali2"),
      ],
      routes: [
        .init(to: networks[3], interface: "eth0"), .init(to: IPNetwork(single: known[4]), interface: "cali1"),
        .init(to: IPNetwork(single: known[5]), interface: "cali2"),
      ],
      dnat: [
        .init(protocol: .tcp, address: known[0], port: 8080, toAddress: known[4], toPort: 80),
        .init(protocol: .udp, address: known[0], port: 8080, toAddress: known[3], toPort: nil),
      ],
      felix: .init(defaultEndpointToHostAction: random.pick(Host.EndpointToHostAction.allCases)))
  }

  mutating func labels() -> LabelSet {
    var labels = LabelSet()
    for key in Self.keys where random.oneIn(2) { labels[key] = random.pick(Self.values) }
    return labels
  }

  mutating func profiles() -> [ByteString] {
    random.oneIn(3) ? [] : [random.pick(["p1", "p2"])]
  }

  mutating func policy(_ index: Int, _ rulesUpTo: Int) throws -> Policy {
    let kind = random.below(5)
    return Policy(
      name: ByteString("policy-\(index)"), selector: try selector(), order: random.pick([nil, 1, 2, 3.5]),
      doNotTrack: kind == 0, preDNAT: kind == 1, ingress: try rules(rulesUpTo),
      egress: kind == 1 ? [] : try rules(rulesUpTo))
  }

  private mutating func selector() throws -> Selector {
    let key = random.pick(Self.keys)
    let value = random.pick(Self.values)
    return try Selector(
      ByteString(
        random.pick(["all()", "has(\(key))", "\(key) == '\(value)'", "\(key) != '\(value)'", "!has(\(key))"])))
  }

  mutating func rules(_ limit: Int) throws -> [Rule] {
    try (0..<random.below(limit + 1)).map { _ in try rule() }
  }

  private mutating func rule() throws -> Rule {
    let proto = random.pick([nil, nil, IPProtocol.tcp, .udp, .icmp, .icmpv6])
    let hasPorts = proto == .tcp || proto == .udp
    var rule = Rule(
      random.pick([.allow, .allow, .deny, .log, .pass]), ipVersion: random.oneIn(9) ? (isV6 ? .v6 : .v4) : nil,
      protocol: proto.map { ProtocolMatch($0, isName: random.oneIn(2)) },
      notProtocol: random.oneIn(9) ? ProtocolMatch(.udp, isName: true) : nil,
      source: try entity(hasPorts), destination: try entity(hasPorts))
    if proto?.isICMP == true, random.oneIn(2) { rule.icmp = ICMPMatch(type: isV6 ? 128 : 8) }
    return rule
  }

  private mutating func entity(_ hasPorts: Bool) throws -> EntityRule {
    var entity = EntityRule()
    if random.oneIn(3) { entity.nets = [random.pick(networks), random.pick(networks)] }
    if random.oneIn(6) { entity.notNets = [random.pick(networks)] }
    if random.oneIn(6) { entity.selector = try selector() }
    if random.oneIn(9) { entity.notSelector = try selector() }
    if random.oneIn(12) { entity.tag = random.pick(Self.keys) }
    if hasPorts, random.oneIn(2) { entity.ports = [PortRange(random.pick(Self.ports)), PortRange(50, 90)] }
    if hasPorts, random.oneIn(6) { entity.notPorts = [PortRange(random.pick(Self.ports))] }
    return entity
  }

  mutating func flow(on walker: Walker) -> Flow {
    let proto: IPProtocol = random.pick([.tcp, .tcp, .udp, isV6 ? .icmpv6 : .icmp, IPProtocol(rawValue: 50)])
    let place = random.below(5)
    let packet = Packet(
      proto, from: random.pick(addresses), port: proto.hasPorts ? random.pick(Self.ports) : 0, to: random.pick(addresses),
      port: proto.hasPorts ? random.pick(Self.ports) : 0,
      icmpType: proto.isICMP ? random.pick(isV6 ? [128, 129, 135] : [8, 0, 13]) : 0)
    return Flow(packet, entry: place == 4 ? .host : .interface(place))
  }
}
