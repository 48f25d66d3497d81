import Reports
import Scenarios
import Selector
import Simulator
import Testing

/// Verdicts change only at the values that something in the world mentions. So an invariant is violated by one of the few flows
/// that are tried exactly if it is violated by one of all.
@Suite struct InvariantPropertyTests {
  @Test(arguments: 0..<60) func `as brute force`(seed: UInt64) throws {
    var random = SeededRandom(state: seed &* 77 &+ 5)
    let resources = try Self.resources(&random)
    let invariant = Self.invariant(&random)
    let loaded = LoadedScenario(
      scenario: Scenario(name: "s", invariants: [invariant]), resources: resources, diagnostics: [])
    let found = ScenarioRun(loaded, semantics: .documented).outcome().suite.hasFailed
    #expect(found == (try Self.isViolated(invariant, World(resources))), "\(invariant)")
  }

  /// Both answers occur, or the test above shows little.
  @Test func `both answers occur`() throws {
    let found = try (0..<60).map { seed in
      var random = SeededRandom(state: UInt64(seed) &* 77 &+ 5)
      let resources = try Self.resources(&random)
      return try Self.isViolated(Self.invariant(&random), World(resources))
    }
    #expect(found.count { $0 } >= 10 && found.count { !$0 } >= 10, "\(found)")
  }

  // MARK: Worlds of a few addresses and ports

  private static let firstPort: UInt16 = 65516

  private static func resources(_ random: inout SeededRandom) throws -> [Resource] {
    let everybody = try Selector("all()")
    let host = Host(
      name: "h",
      interfaces: [
        Host.Interface(name: "eth0", addresses: [IPNetwork(address: IPAddress(v4: 0x0a00_0001), prefixLength: 24)])
      ],
      routes: [Host.Route(to: IPNetwork(address: IPAddress(v4: 0), prefixLength: 0), interface: "eth0")])
    let endpoint = HostEndpoint(node: "h", name: "e", labels: LabelSet(), interfaceName: "eth0", expectedIPs: [])
    let policies = (0..<3).map { number in
      Resource.policy(
        Policy(
          name: ByteString("p\(number)"), selector: everybody, order: Double(number), preDNAT: random.below(3) == 0,
          ingress: (0...random.below(4)).map { _ in rule(&random) }))
    }
    return [.host(host), .hostEndpoint(endpoint)] + policies
  }

  private static func rule(_ random: inout SeededRandom) -> Rule {
    var rule = Rule(random.below(2) == 0 ? .allow : .deny, protocol: ProtocolMatch(.tcp, isName: true))
    if random.below(2) == 0 { rule.source.nets = [network(&random)] }
    if random.below(3) == 0 { rule.source.notNets = [network(&random)] }
    if random.below(3) > 0 { rule.destination.ports = [ports(&random)] }
    if random.below(4) == 0 { rule.destination.notPorts = [ports(&random)] }
    return rule
  }

  /// Somewhere in 192.0.2.0/26.
  private static func network(_ random: inout SeededRandom) -> IPNetwork {
    IPNetwork(address: IPAddress(v4: 0xc000_0200 + UInt32(random.below(64))), prefixLength: 27 + random.below(6)).masked
  }

  private static func ports(_ random: inout SeededRandom) -> PortRange {
    let lower = firstPort + UInt16(random.below(16))
    return PortRange(lower, lower + UInt16(random.below(4)))
  }

  private static func invariant(_ random: inout SeededRandom) -> Invariant {
    Invariant(
      random.below(3) == 0 ? .always : .never, from: [.network(network(&random))], to: [.name("h")], protocols: [.tcp],
      ports: [ports(&random)])
  }

  private static func isViolated(_ invariant: Invariant, _ world: World) throws -> Bool {
    let walker = Walker(world: world, node: "h", semantics: .documented)
    let place = try #require(walker.topology.interface(named: "eth0"))
    let target = IPAddress(v4: 0x0a00_0001)
    for last in 0..<UInt32(64) {
      let source = IPAddress(v4: 0xc000_0200 + last)
      guard invariant.from.contains(where: { if case .network(let network) = $0 { network.contains(source) } else { false } })
      else { continue }
      for port in invariant.ports.flatMap({ $0.lower...$0.upper }) {
        let packet = Packet(.tcp, from: source, port: 49152, to: target, port: port)
        let isAllowed = try walker.judge(Flow(packet, entry: .interface(place))).forward.isAllowed
        if isAllowed == (invariant.demand == .never) { return true }
      }
    }
    return false
  }
}

/// A repeatable source of random numbers (xorshift64*, Vigna 2016).
private struct SeededRandom {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    if state == 0 { state = 0x9e37_79b9 }
    for _ in 0..<2 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
    }
    return Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % limit
  }
}
