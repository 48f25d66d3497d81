import Selector
import Simulator

/// Random scenarios whose texts YAML would like to misread.
struct ScenarioGenerator {
  private var random: SplitMix64
  private var resources: ResourceGenerator

  init(seed: UInt64) {
    random = SplitMix64(state: seed)
    resources = ResourceGenerator(seed: seed)
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func maybe<Value>(_ make: (inout ScenarioGenerator) -> Value) -> Value? {
    Bool.random(using: &random) ? make(&self) : nil
  }

  private mutating func some<Value>(_ limit: Int, _ make: (inout ScenarioGenerator) -> Value) -> [Value] {
    (0..<Int.random(in: 0...limit, using: &random)).map { _ in make(&self) }
  }

  mutating func scenario() -> Scenario {
    Scenario(
      name: pick(["a", "1.10", "yes", "a/b", "-", "what it: shows"]),
      about: maybe { $0.pick(["text", "two\nlines", "a: b", "# no", " ", "~", "å\u{1}"]) },
      claims: pick([[], ["S1"], ["S109", "D16"]]),
      world: some(2) { $0.pick(["../a", "b c.yaml", "#", "[x]"]) },
      resources: some(2) { $0.resource() },
      semantics: pick([[], ["documented"], Semantics.all.map(\.name)]),
      steps: [.flow(flow())] + some(4) { $0.step() },
      invariants: some(2) { $0.invariant() }
    )
  }

  private mutating func resource() -> Resource { resources.resource().withoutLocations }

  private mutating func step() -> Scenario.Step {
    guard Bool.random(using: &random) else { return .flow(flow()) }
    return .change(
      Scenario.WorldChange([
        .command(pick(Scenario.WorldChange.commands), pick(["policy a", "policy a order 5", "w1 a=b", "true", "in: #"])),
        .apply([resource()]), .apply([resource(), resource()]), .applyFile(pick(["a.yaml", "1", "a b"])),
      ]))
  }

  private mutating func flow() -> Scenario.ExpectedFlow {
    let texts: [ByteString] = [
      "tcp a -> b:80", "tcp 10.0.0.1:1 -> [fd00::1]:80 in eth0 out eth1 on h", " udp #a -> b:1", "icmp a -> b type 8 code 0",
      "1 fd00::1 -> fd00::2 from host", "tcp \"a' -> {b}:1 from *w", "TCP a\t->\nb:1", "tcp å -> e\u{301}:1",
    ]
    return Scenario.ExpectedFlow(pick(texts), expectation())
  }

  private mutating func expectation() -> Simulator.Expectation {
    let verdict = pick(Simulator.Expectation.Verdict.allCases)
    guard verdict != .error else { return Simulator.Expectation(.error) }
    var expectation = Simulator.Expectation(verdict, by: decision(), path: maybe { $0.pick(Path.allCases) })
    guard verdict == .allow else { return expectation }
    expectation.exit = maybe { $0.pick(["eth0", "host", "1", "a: b"]) }
    expectation.reply = maybe { $0.reply() }
    return expectation
  }

  private mutating func reply() -> Simulator.Expectation.Reply {
    let verdict = pick(Simulator.Expectation.Verdict.allCases)
    return pick([.unanswered, .ruling(.init(verdict)), .ruling(.init(verdict, by: verdict == .error ? .init() : decision()))])
  }

  private mutating func decision() -> DecisionPattern {
    let names: [ByteString] = ["web", "1.10", "no", "a/b", "k8s_ns.default", ByteString(String(repeating: "n", count: 90))]
    var decision = DecisionPattern(
      kind: maybe { $0.pick(Decision.Kind.allCases) }, stage: maybe { $0.pick(Stage.allCases) },
      endpoint: maybe { $0.pick(names) })
    switch decision.kind {
    case .policy, .profile:
      decision.name = maybe { $0.pick(names) }
      decision.direction = decision.name == nil ? nil : maybe { $0.pick(Direction.allCases) }
      decision.rule = decision.direction == nil ? nil : maybe { $0.pick([0, 7, Int(Int32.max)]) }
    case .missingProfile: decision.name = maybe { $0.pick(names) }
    case .endpointToHostAction: decision.action = maybe { $0.pick([.allow, .deny, .pass]) }
    default: break
    }
    return decision
  }

  private mutating func invariant() -> Invariant {
    let ends: [[Invariant.End]] = [
      [.any], [.name("w1"), .name("1.10")], [.network(IPNetwork(address: IPAddress(v4: 0x0a00_0000), prefixLength: 8))],
      [.name("h/k8s/w1/eth0")], [.network(IPNetwork(single: IPAddress(family: .v6, high: 1, low: 1)))],
    ]
    return Invariant(
      pick(Invariant.Demand.allCases), from: pick(ends), to: pick(ends),
      protocols: pick([[], [.tcp], [.udp, IPProtocol(rawValue: 50)]]),
      ports: pick([[], [PortRange(80)], [PortRange(1, 2), PortRange(65535)]]), interface: maybe { $0.pick(["eth0", "1"]) },
      node: maybe { $0.pick(["n", "no"]) })
  }
}
