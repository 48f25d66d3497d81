import Selector
import Simulator

/// A small random number generator that gives the same numbers for the same seed everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}

/// Random valid resources, with a taste for text that YAML would misread.
struct ResourceGenerator {
  var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(state: seed)
  }

  mutating func resource() -> Resource {
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1: .policy(policy())
    case 2: .profile(profile())
    case 3: .hostEndpoint(hostEndpoint())
    case 4: .workloadEndpoint(workloadEndpoint())
    case 5: .node(Node(name: name(), bgp: maybe { $0.bgp() }))
    case 6: Bool.random(using: &random) ? .ipPool(ipPool()) : .bgpPeer(bgpPeer())
    default: .host(host())
    }
  }

  // MARK: Parts

  private mutating func maybe<Value>(_ make: (inout ResourceGenerator) -> Value) -> Value? {
    Bool.random(using: &random) ? make(&self) : nil
  }

  private mutating func several<Value>(_ most: Int, _ make: (inout ResourceGenerator) -> Value) -> [Value] {
    (0..<Int.random(in: 0...most, using: &random)).map { _ in make(&self) }
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private static let names: [ByteString] = [
    "yes", "n", "1.10", "080", "010", "0x1f", "1e3", "null", "true", "-x", "a.b_c", "2017-01-01", "1_000", ".5", "-",
    "_",
    "9", "web", "k8s_ns.default", "off", "0b1", ".inf", "12-3-4",
  ]

  private mutating func name() -> ByteString { pick(Self.names) }

  private mutating func interface() -> ByteString {
    pick(["eth0", "cali1", "010", "yes", "-", "a_b-c", "123456789012345"])
  }

  private mutating func labels() -> LabelSet {
    LabelSet(
      several(4) {
        (key: $0.pick(Self.names + ["a/b", "in", "/"]), value: $0.pick(["", "x", "1.0", "no", "-x", "010", "_1e3"]))
      }
    )
  }

  private mutating func text() -> ByteString {
    pick([
      "", " ", "a", " a", "a ", "a: b", "a #b", "#", "- a", "? x", "key:", "'", "\"", "a\nb", "\n", "\r\n", "\t",
      "\u{0}\u{1}\u{7f}",
      "\u{85}\u{a0}\u{2028}\u{feff}\u{fffe}", "åß→𝄞", "{a}", "[a]", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a", "=",
      "<<",
      "yes", "~", "1.10", "0o7", "---", "...", "a\\b\"c'd", "e\u{301}", "10:20", "1:2:3", "{\"json\": [1, 2]}", "x, y",
    ])
  }

  private mutating func address(_ family: IPFamily? = nil) -> IPAddress {
    switch family ?? pick([.v4, .v6]) {
    case .v4: IPAddress(v4: UInt32.random(in: 0...UInt32.max, using: &random))
    case .v6:
      IPAddress(
        family: .v6,
        high: pick([0, 0xfe80 << 48, UInt64.random(in: 0...UInt64.max, using: &random)]),
        low: pick([0, 1, 0xffff_0a00_0001, UInt64.random(in: 0...UInt64.max, using: &random)])
      )
    }
  }

  private mutating func network(_ family: IPFamily? = nil) -> IPNetwork {
    let address = address(family)
    return IPNetwork(address: address, prefixLength: Int.random(in: 0...address.family.bits, using: &random))
  }

  private mutating func selector() -> Selector {
    let texts: [ByteString] = [
      "all()", "a == 'x'", "role in {\"a\", 'b'} && !has(x)", "a == \"it's\"", "a == '\"'", "has(yes)", " a == 'b'",
      "! has(a)",
      "a == 'å # : \\'", "(a == 'b')",
    ]
    guard let selector = try? Selector(pick(texts), generation: .v2) else { preconditionFailure("these are valid") }
    return selector
  }

  private mutating func port() -> UInt16 { UInt16.random(in: 1...UInt16.max, using: &random) }

  // MARK: Policies

  private mutating func rule(ofProfile: Bool = false) -> Rule {
    let family: IPFamily = pick([.v4, .v6])
    let withPorts = Bool.random(using: &random)
    let protocols = [ProtocolMatch(.tcp, isName: true), ProtocolMatch(.udp, isName: false)]
    let others = [
      ProtocolMatch(.icmp, isName: true), ProtocolMatch(.icmpv6, isName: false), ProtocolMatch(.sctp, isName: true),
    ]
    return Rule(
      pick(Action.allCases),
      ipVersion: maybe { _ in family },
      protocol: withPorts ? pick(protocols) : maybe { $0.pick(others) },
      notProtocol: maybe { $0.pick(protocols + others) },
      icmp: maybe { $0.icmp() },
      notICMP: maybe { $0.icmp() },
      source: entity(family, withPorts),
      destination: entity(family, withPorts)
    )
  }

  private mutating func icmp() -> ICMPMatch {
    ICMPMatch(
      type: UInt8.random(in: 0...254, using: &random),
      code: maybe { UInt8.random(in: 0...255, using: &$0.random) }
    )
  }

  private mutating func entity(_ family: IPFamily, _ withPorts: Bool) -> EntityRule {
    EntityRule(
      tag: maybe { $0.name() },
      notTag: maybe { $0.name() },
      nets: several(12) { $0.network(family) },
      notNets: several(2) { $0.network(family) },
      selector: maybe { $0.selector() },
      notSelector: maybe { $0.selector() },
      ports: withPorts ? several(30) { $0.ports() } : [],
      notPorts: withPorts ? several(2) { $0.ports() } : []
    )
  }

  private mutating func ports() -> PortRange {
    let (left, right) = (port(), port())
    return Bool.random(using: &random) ? PortRange(left) : PortRange(min(left, right), max(left, right))
  }

  mutating func policy() -> Policy {
    var policy = Policy(
      name: name(),
      annotations: LabelSet(several(4) { (key: $0.text(), value: $0.text()) }),
      selector: selector(),
      order: maybe { $0.pick([0, 10, -1.5, 0.1, 1e300, 2.5e-300, 1e21, 123456789]) },
      doNotTrack: Bool.random(using: &random),
      ingress: several(4) { $0.rule() },
      egress: several(4) { $0.rule() }
    )
    policy.preDNAT = !policy.doNotTrack && policy.egress.isEmpty
    return policy
  }

  private mutating func profile() -> Profile {
    Profile(
      name: name(),
      labels: labels(),
      tags: several(3) { $0.name() },
      ingress: several(3) { $0.rule(ofProfile: true) },
      egress: several(3) { $0.rule(ofProfile: true) }
    )
  }

  // MARK: Endpoints and the rest

  private mutating func hostEndpoint() -> HostEndpoint {
    HostEndpoint(
      node: name(),
      name: name(),
      labels: labels(),
      interfaceName: interface(),
      expectedIPs: several(3) { $0.address() },
      profiles: several(3) { $0.pick(Self.names + ["a/b"]) }
    )
  }

  private mutating func workloadEndpoint() -> WorkloadEndpoint {
    let networks = several(3) { IPNetwork(single: $0.address()) }
    return WorkloadEndpoint(
      node: name(),
      orchestrator: name(),
      workload: pick(["default.pod", "a/b", "010"]),
      name: name(),
      activeInstanceID: maybe { $0.name() },
      labels: labels(),
      interfaceName: interface(),
      ipNetworks: networks,
      ipNATs: networks.map { WorkloadEndpoint.NAT(internalIP: $0.address, externalIP: address($0.family)) },
      ipv4Gateway: maybe { $0.address(.v4) },
      ipv6Gateway: maybe { $0.address(.v6) },
      profiles: several(3) { $0.name() },
      mac: maybe { $0.pick(["02:00:00:00:00:01", "12:34:56:78:90:12", "aa:bb:cc:dd:ee:ff"]) }
    )
  }

  private mutating func bgp() -> Node.BGP {
    Node.BGP(
      asNumber: maybe { $0.pick([0, 64512, UInt32.max]) },
      ipv4Address: network(.v4),
      ipv6Address: maybe { $0.network(.v6) }
    )
  }

  private mutating func ipPool() -> IPPool {
    IPPool(
      cidr: pick([IPNetwork("10.0.0.0/8")!, IPNetwork("192.168.0.0/26")!]),
      ipip: maybe {
        IPPool.IPIP(enabled: Bool.random(using: &$0.random), mode: $0.maybe { $0.pick(IPPool.IPIP.Mode.allCases) })
      },
      natOutgoing: Bool.random(using: &random),
      disabled: Bool.random(using: &random)
    )
  }

  private mutating func bgpPeer() -> BGPPeer {
    Bool.random(using: &random)
      ? BGPPeer(scope: .global, peerIP: address(), asNumber: 1)
      : BGPPeer(scope: .node, node: name(), peerIP: address(), asNumber: 65536)
  }

  private mutating func host() -> Host {
    let withPort = Bool.random(using: &random)
    return Host(
      name: name(),
      interfaces: [
        Host.Interface(name: "eth0.100", addresses: several(8) { $0.network() }), Host.Interface(name: interface()),
      ],
      routes: maybe { $0.several(3) { Host.Route(to: $0.network(), interface: $0.interface()) } },
      dnat: several(3) {
        Host.DNAT(
          protocol: withPort ? $0.pick([.tcp, .udp]) : $0.maybe { $0.pick([.icmp, IPProtocol(rawValue: 99)]) },
          address: $0.address(.v6),
          port: withPort ? $0.port() : nil,
          toAddress: $0.address(.v6),
          toPort: withPort ? $0.maybe { $0.port() } : nil
        )
      },
      felix: Host.FelixConfiguration(
        interfacePrefixes: maybe { [$0.pick(["cali", "010"]), "tap"] },
        defaultEndpointToHostAction: maybe { $0.pick(Host.EndpointToHostAction.allCases) },
        failsafeInbound: maybe { $0.several(3) { Host.FailsafePort($0.pick([.tcp, .udp, .sctp]), $0.port()) } },
        failsafeOutbound: maybe { _ in [] }
      )
    )
  }
}
