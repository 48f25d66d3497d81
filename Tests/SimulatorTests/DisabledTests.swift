import Selector
import Simulator
import Testing

/// What is disabled decides nothing, and everything else stands where it stood.
@Suite struct DisabledTests {
  /// A world with disabled parts judges as one without them, however the rules are tried, under both semantics.
  @Test(arguments: [(2, 3), (8, 4), (40, 6)])
  func disabledIsAsGood(asAbsent policies: Int, rulesUpTo: Int) throws {
    var allowed = 0
    for seed in 1...UInt64(20) {
      var drawn = RandomWorld(seed: seed &* 31 &+ UInt64(policies))
      let resources = try drawn.make(policies: policies, rulesUpTo: rulesUpTo).map { disableSome(of: $0, &drawn) }
      let absent = resources.compactMap(withoutDisabled)
      for semantics in Semantics.all {
        let walkers = [resources, absent].map { Walker(world: World($0), node: "h", semantics: semantics) }
        for _ in 0..<80 {
          let flow = drawn.flow(on: walkers[0])
          let verdicts = walkers.map { try? $0.judge(flow) }
          #expect(describe(verdicts[0], on: walkers[0]) == describe(verdicts[1], on: walkers[1]), "\(flow)")
          if verdicts[0]?.forward.isAllowed == true { allowed += 1 }
          #expect((try? walkers[0].trace(flow))?.verdict == verdicts[0], "\(flow)")
        }
      }
    }
    #expect(allowed > 200)
  }

  private func disableSome(of resource: Resource, _ drawn: inout RandomWorld) -> Resource {
    func some(_ rules: [Rule]) -> [Rule] {
      rules.map { rule in
        var rule = rule
        rule.isDisabled = drawn.random.oneIn(3)
        // Would make Felix drop the whole policy if it counted (D16).
        if rule.isDisabled, drawn.random.oneIn(2) { rule.icmp = ICMPMatch(type: 0) }
        return rule
      }
    }
    switch resource {
    case .policy(var policy):
      policy.isDisabled = drawn.random.oneIn(4)
      (policy.ingress, policy.egress) = (some(policy.ingress), some(policy.egress))
      return .policy(policy)
    case .profile(var profile):
      (profile.ingress, profile.egress) = (some(profile.ingress), some(profile.egress))
      return .profile(profile)
    default: return resource
    }
  }

  private func withoutDisabled(_ resource: Resource) -> Resource? {
    switch resource {
    case .policy(var policy):
      guard !policy.isDisabled else { return nil }
      policy.ingress.removeAll(where: \.isDisabled)
      policy.egress.removeAll(where: \.isDisabled)
      return .policy(policy)
    case .profile(var profile):
      profile.ingress.removeAll(where: \.isDisabled)
      profile.egress.removeAll(where: \.isDisabled)
      return .profile(profile)
    default: return resource
    }
  }

  /// A verdict in names, and rules by their rank among those that are not disabled, which is the same in both worlds.
  private func describe(_ verdict: Verdict?, on walker: Walker) -> String {
    guard let verdict else { return "error" }
    func describe(_ decision: Decision) -> String {
      let (name, rules): (ByteString, [Rule])
      switch decision.kind {
      case .policy:
        let policy = walker.world.policies[Int(decision.subject)]
        (name, rules) = (policy.name, policy.rules(decision.direction))
      case .profile:
        let profile = walker.world.profiles[Int(decision.subject)]
        (name, rules) = (profile.name, profile.rules(decision.direction))
      default: return decision.kind.name
      }
      let rank = rules[..<Int(decision.rule)].count { !$0.isDisabled }
      return "\(decision.kind.name) \(name) \(decision.direction.rawValue) \(rank) \(decision.action.rawValue)"
    }
    let judgements = [verdict.forward, verdict.reply].map { $0.map { "\($0.isAllowed) \(describe($0.decidedBy))" } ?? "none" }
    return (judgements + (verdict.matched + verdict.replyMatched).map(describe)).joined(separator: "; ")
  }

  @Test func aDisabledPolicyBringsNoDefaultDrop() throws {
    let address = try #require(IPAddress("10.0.0.1"))
    let sender = try #require(IPAddress("10.0.0.2"))
    let endpoint = HostEndpoint(
      node: "h", name: "e", labels: ["a": "b"], interfaceName: "eth0", expectedIPs: [address], profiles: ["open"])
    let open = Profile(name: "open", ingress: [Rule(.deny, isDisabled: true), Rule(.allow)])
    var policy = Policy(name: "p", selector: .all, ingress: [Rule(.deny)])
    for isDisabled in [false, true] {
      policy.isDisabled = isDisabled
      let world = World([.hostEndpoint(endpoint), .profile(open), .policy(policy)])
      let walker = Walker(world: world, node: "h", semantics: .documented)
      let place = try #require(walker.topology.interface(named: "eth0"))
      let flow = Flow(Packet(.tcp, from: sender, port: 1, to: address, port: 80), entry: .interface(place))
      let verdict = try walker.judge(flow)
      #expect(verdict.forward.isAllowed == isDisabled)
      guard isDisabled else { continue }
      // The disabled rule keeps its place.
      #expect(verdict.forward.decidedBy.kind == .profile && verdict.forward.decidedBy.rule == 1)
      let attempts = try walker.trace(flow).forward.steps.flatMap { step -> [GateStep.Attempt] in
        if case .gate(let gate) = step { gate.attempts } else { [] }
      }
      #expect(attempts.map(\.kind) == [.profile])
      #expect(attempts.first?.rules.map(\.failure) == [.disabled, nil])
    }
  }

  /// Nobody is warned of what a disabled rule would select.
  @Test func disabledRulesWarnOfNothing() throws {
    let blind = HostEndpoint(node: "h", name: "e", labels: ["a": "b"], interfaceName: "eth0")
    let source = EntityRule(selector: try Selector("has(a)"))
    let cases: [(rule: Bool, policy: Bool, warnings: Int)] = [(false, false, 1), (true, false, 0), (false, true, 0)]
    for (rule, policy, warnings) in cases {
      let resource = Policy(
        name: "p", selector: .all, ingress: [Rule(.allow, source: source, isDisabled: rule)], isDisabled: policy)
      #expect(World([.hostEndpoint(blind), .policy(resource)]).warnings().count == warnings)
    }
  }
}
