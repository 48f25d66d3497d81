import Selector
import Simulator

/// Rules with every criterion that there is, drawn at random, over a few endpoints of both families; and packets on the
/// borders of what they ask.
struct RandomRule {
  var random: SeededGenerator

  private static let addresses: [IPAddress] = [
    "10.0.0.1", "10.0.0.2", "10.0.1.0", "10.0.0.255", "9.255.255.255", "192.0.2.9", "fd00::1", "fd00::2", "fd01::", "::1",
  ].compactMap { IPAddress($0) }
  private static let networks: [IPNetwork] = [
    "0.0.0.0/0", "10.0.0.0/24", "10.0.0.1/32", "10.0.0.7/8", "128.0.0.0/1", "::/0", "fd00::/16", "fd00::1/128", "fd00::/7",
  ].compactMap { IPNetwork($0) }
  private static let protocols: [IPProtocol] = [
    .tcp, .udp, .icmp, .icmpv6, .sctp, .udplite, IPProtocol(rawValue: 50), IPProtocol(rawValue: 0),
  ]

  /// Endpoints that have no address, one, or several, and share some.
  mutating func endpoints() -> [Resource] {
    (0..<6).map { index in
      var labels = LabelSet()
      for key: ByteString in ["a", "b"] where random.oneIn(2) { labels[key] = random.pick(["x", "y"]) }
      return .hostEndpoint(
        HostEndpoint(
          node: "h", name: ByteString("hep\(index)"), labels: labels, interfaceName: ByteString("eth\(index)"),
          expectedIPs: (0..<random.below(3)).map { _ in random.pick(Self.addresses) }))
    }
  }

  /// - Parameter hasEnds: does it ask of addresses and ports? Without, what it asks of family and protocol is seen better.
  mutating func rule(hasEnds: Bool = true) throws -> Rule {
    var rule = Rule(random.pick(Action.allCases), isDisabled: random.oneIn(25))
    if random.oneIn(6) { rule.ipVersion = random.pick([.v4, .v6]) }
    if random.oneIn(2) { rule.protocol = ProtocolMatch(random.pick(Self.protocols), isName: random.oneIn(2)) }
    if random.oneIn(6) { rule.notProtocol = ProtocolMatch(random.pick(Self.protocols), isName: random.oneIn(2)) }
    if random.oneIn(6) { rule.icmp = icmp() }
    if random.oneIn(6) { rule.notICMP = icmp() }
    if hasEnds {
      rule.source = try entity()
      rule.destination = try entity()
    }
    return rule
  }

  private mutating func icmp() -> ICMPMatch {
    ICMPMatch(type: random.pick([nil, 0, 8, 8, 128]), code: random.pick([nil, nil, 0, 3]))
  }

  private mutating func entity() throws -> EntityRule {
    var entity = EntityRule()
    if random.oneIn(4) { entity.nets = nets() }
    if random.oneIn(5) { entity.notNets = nets() }
    if random.oneIn(6) { entity.selector = try selector() }
    if random.oneIn(7) { entity.notSelector = try selector() }
    if random.oneIn(9) { entity.tag = random.pick(["a", "b", "c"]) }
    if random.oneIn(9) { entity.notTag = random.pick(["a", "b", "c"]) }
    if random.oneIn(5) { entity.ports = ports() }
    if random.oneIn(7) { entity.notPorts = ports() }
    return entity
  }

  private mutating func nets() -> [IPNetwork] { (0...random.below(2)).map { _ in random.pick(Self.networks) } }

  private mutating func ports() -> [PortRange] {
    (0...random.below(2)).map { _ in random.pick([PortRange(22), PortRange(80, 90), PortRange(1, 65_535), PortRange(85, 443)]) }
  }

  private mutating func selector() throws -> Selector {
    try Selector(random.pick(["all()", "has(a)", "a == 'x'", "b != 'y'", "!has(b)", "has(nothing)"]))
  }

  mutating func packet() -> Packet {
    let isV4 = random.oneIn(2)
    let addresses = Self.addresses.filter { ($0.family == .v4) == isV4 }
    let proto = random.pick(Self.protocols)
    func port(_ random: inout SeededGenerator) -> UInt16 {
      proto.hasPorts ? random.pick([0, 1, 21, 22, 23, 79, 80, 84, 85, 90, 91, 443, 444, 65_535]) : 0
    }
    return Packet(
      proto, from: random.pick(addresses), port: port(&random), to: random.pick(addresses), port: port(&random),
      icmpType: proto.isICMP ? random.pick([0, 7, 8, 128]) : 0, icmpCode: proto.isICMP ? random.pick([0, 3, 4]) : 0)
  }
}
