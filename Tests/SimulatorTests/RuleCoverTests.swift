import Selector
import Testing

@testable import Simulator

/// Covers of rules against gates, which find out in another way what is left for a rule.
@Suite struct RuleCoverTests {
  /// Small nets and few ports, so that rules hide each other often, whole or in part.
  private static func rule(_ random: inout SeededGenerator) -> Rule {
    var rule = Rule(random.pick([.allow, .deny, .allow, .deny, .log, .pass]))
    if !random.oneIn(3) { rule.protocol = ProtocolMatch(random.pick([.tcp, .tcp, .udp]), isName: true) }
    if rule.protocol != nil, random.oneIn(2) {
      rule.destination.ports = [random.pick([PortRange(22), PortRange(1, 100), PortRange(1, 50), PortRange(51, 100)])]
    }
    if !random.oneIn(4) {
      let net = random.pick(["10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.0.0.0/9", "10.128.0.0/9"])
      rule.source.nets = [IPNetwork(net)].compactMap { $0 }
    }
    return rule
  }

  private static func world(_ random: inout SeededGenerator) throws -> World {
    // No failsafes: they are no rules, and would take packets at a gate.
    var resources: [Resource] = ["m", "n"].map { node in
      .host(Host(name: node, felix: .init(failsafeInbound: [], failsafeOutbound: [])))
    }
    for index in 0..<5 {
      var labels = LabelSet()
      for key: ByteString in ["a", "b"] where random.oneIn(2) { labels[key] = "x" }
      let node: ByteString = index % 2 == 0 ? "m" : "n"
      resources.append(
        index < 3
          ? .hostEndpoint(
            HostEndpoint(node: node, name: ByteString("h\(index)"), labels: labels, interfaceName: ByteString("eth\(index)")))
          : .workloadEndpoint(
            WorkloadEndpoint(
              node: node, orchestrator: "k8s", workload: ByteString("w\(index)"), name: "eth0", labels: labels,
              interfaceName: ByteString("cali\(index)"))))
    }
    for index in 0..<7 {
      let kind = random.below(4)
      resources.append(
        .policy(
          Policy(
            name: ByteString("p\(index)"), selector: try Selector(random.pick(["all()", "has(a)", "has(b)", "!has(a)"])),
            order: random.pick([nil, 1, 2]), doNotTrack: kind == 0, preDNAT: kind == 1,
            ingress: (0..<random.below(5)).map { _ in rule(&random) },
            egress: kind == 1 ? [] : (0..<random.below(5)).map { _ in rule(&random) }, isDisabled: random.oneIn(8))))
    }
    return World(resources)
  }

  private static func all(_ world: World) -> [PolicyRule] {
    world.policies.indices.flatMap { policy in
      Direction.allCases.flatMap { direction in
        world.policies[policy].rules(direction).indices.map {
          PolicyRule(policy: policy, direction: direction, rule: $0)
        }
      }
    }
  }

  private static func stage(_ world: World, _ policy: Int, _ endpoint: Int) -> Stage {
    switch world.policies[policy].kind {
    case .untracked: .untracked
    case .preDNAT: .preDNAT
    case .normal: world.endpoints[endpoint].isHost ? .normal : .workload
    }
  }

  @Test func coversAreWhatGatesLeave() throws {
    var count = (covered: 0, open: 0, several: 0, inPolicy: 0)
    for seed in 1...UInt64(60) {
      var random = SeededGenerator(seed: seed)
      let world = try Self.world(&random)
      var analysis = GateAnalysis(world: world, semantics: .documented)
      for rule in Self.all(world) {
        let packets = analysis.packets(ofPolicy: rule.policy, rule.direction)[rule.rule]
        let endpoints = analysis.endpoints(governedBy: rule.policy)
        var left = PacketSet.none
        var found: [PolicyRule: PacketSet] = [:]
        for endpoint in endpoints {
          let gate = analysis.gate(ofEndpoint: endpoint, Self.stage(world, rule.policy, endpoint), rule.direction)
          for step in gate.steps {
            guard case .policy(let policy, let index) = step.subject else { continue }
            if policy == rule.policy, index == rule.rule {
              left = left.union(step.matching)
              break
            }
            let common = step.deciding.intersection(packets)
            let taker = PolicyRule(policy: policy, direction: rule.direction, rule: index)
            if !common.isEmpty { found[taker, default: .none] = found[taker, default: .none].union(common) }
          }
        }
        let cover = analysis.coverEverywhere(of: rule)
        #expect((cover != nil) == (!endpoints.isEmpty && left.isEmpty), "seed \(seed), \(rule)")
        if analysis.coverInPolicy(of: rule) != nil {
          count.inPolicy += 1
          #expect(cover != nil || endpoints.isEmpty)
        }
        guard let cover else {
          count.open += 1
          continue
        }
        count.covered += 1
        #expect(Dictionary(uniqueKeysWithValues: cover.takers.map { ($0.rule, $0.packets) }) == found)
        #expect(cover.takers.map(\.rule) == found.keys.sorted { ($0.policy, $0.rule) < ($1.policy, $1.rule) })
        #expect(
          cover.takers.allSatisfy { $0.action == world.policies[$0.rule.policy].rules(rule.direction)[$0.rule.rule].action })
        if cover.rules.count > 1 { count.several += 1 }
      }
    }
    #expect(min(count.covered, count.open, count.several, count.inPolicy) > 15, "too little happens to tell: \(count)")
  }

  /// Within a policy the list that explains a cover holds all of the rule's packets, and does not without any one of it.
  @Test func theListOfCoveringRulesIsMinimal() throws {
    var several = 0
    for seed in 1...UInt64(250) {
      var random = SeededGenerator(seed: seed &* 13)
      let rules = (0..<9).map { _ in Self.rule(&random) }
      let world = World([.policy(Policy(name: "p", selector: try Selector("all()"), ingress: rules))])
      var analysis = GateAnalysis(world: world, semantics: .documented)
      let packets = analysis.packets(ofPolicy: 0, .ingress)
      for index in rules.indices {
        let earlier = (0..<index).filter { rules[$0].action != .log }
        let cover = analysis.coverInPolicy(of: PolicyRule(policy: 0, direction: .ingress, rule: index))
        #expect((cover != nil) == packets[index].isSubset(of: PacketSet(unionOf: earlier.map { packets[$0] })))
        guard let cover else { continue }
        let named = cover.rules.map(\.rule)
        func isCovered(by rules: [Int]) -> Bool {
          packets[index].isSubset(of: rules.reduce(.none) { $0.union(packets[$1]) })
        }
        #expect(isCovered(by: named) && Set(named).isSubset(of: earlier) && named == named.sorted())
        for one in named { #expect(!isCovered(by: named.filter { $0 != one })) }
        #expect((named.count == 1) == earlier.contains { isCovered(by: [$0]) })
        if named.count > 1 { several += 1 }
        #expect(cover.differs(from: .allow) == cover.takers.contains { rules[$0.rule.rule].action != .allow })
      }
    }
    #expect(several > 10, "too few covers take several rules to tell")
  }
}
