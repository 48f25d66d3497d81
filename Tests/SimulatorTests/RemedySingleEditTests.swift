import Selector
import Simulator
import Testing

/// Where one more rule in a list that is there would do, no remedy takes more than one edit: a rule that does under both
/// sets of semantics, and that makes no tracked flow untracked. All rules that name the packet or its reply as some gate
/// sees them are put at every place of every list.
@Suite struct RemedySingleEditTests {
  @Test(arguments: [(1, 2), (2, 2), (4, 3)])
  func oneEditWhereOneRuleSuffices(policies: Int, rulesUpTo: Int) throws {
    var (sufficed, asked) = (0, 0)
    for seed in 1...UInt64(45) {
      var drawn = RandomWorld(seed: seed &* 104_729 &+ UInt64(policies))
      let resources = try drawn.make(policies: policies, rulesUpTo: rulesUpTo)
      let semantics = Semantics.all[Int(seed % 2)]
      let walker = Walker(world: World(resources), node: "h", semantics: semantics)
      for _ in 0..<2 {
        let flow = drawn.flow(on: walker)
        guard let now = try? walker.judge(flow), now.replyError == nil else { continue }
        asked += 1
        guard suffices(flow, now, resources) else { continue }
        sufficed += 1
        guard case .remedy(let remedy) = walker.remedy(for: flow) else {
          Issue.record("one rule would do, and no remedy was found for \(flow)")
          continue
        }
        #expect(remedy.edits.count == 1, "\(remedy.edits)")
      }
    }
    #expect(sufficed * 5 > asked, "\(sufficed) of \(asked)")
  }

  private func works(_ verdict: Verdict) -> Bool { verdict.forward.isAllowed && verdict.reply?.isAllowed != false }

  private func suffices(_ flow: Flow, _ now: Verdict, _ resources: [Resource]) -> Bool {
    let action: Action = works(now) ? .deny : .allow
    var views = [flow.packet, now.forward.delivered]
    views += views.compactMap(\.reply) + [now.reply?.delivered].compactMap(\.self)
    let rules = Set(views).map { rule(action, $0) }
    for (place, resource) in resources.enumerated() {
      if case .policy(let policy) = resource, policy.kind == .untracked, action == .allow,
        now.forward.state != .untracked
      {
        continue
      }
      for changed in resource.withOneMore(of: rules) {
        var others = resources
        others[place] = changed
        let world = World(others)
        if Semantics.all.allSatisfy({ turns(flow, action, Walker(world: world, node: "h", semantics: $0)) }) { return true }
      }
    }
    return false
  }

  private func turns(_ flow: Flow, _ action: Action, _ walker: Walker) -> Bool {
    guard let then = try? walker.judge(flow) else { return false }
    return action == .allow ? works(then) && then.replyError == nil : !then.forward.isAllowed
  }

  /// Exactly this packet, ports and all.
  private func rule(_ action: Action, _ packet: Packet) -> Rule {
    var rule = Rule(action, protocol: ProtocolMatch(packet.protocol, isName: false))
    rule.source.nets = [IPNetwork(single: packet.source)]
    rule.destination.nets = [IPNetwork(single: packet.destination)]
    if packet.protocol.hasPorts {
      rule.source.ports = [PortRange(packet.sourcePort)]
      rule.destination.ports = [PortRange(packet.destinationPort)]
    }
    return rule
  }
}

extension Resource {
  /// The resource with one of these rules at each place of each of its lists.
  fileprivate func withOneMore(of rules: [Rule]) -> [Resource] {
    func lists(_ list: [Rule]) -> [[Rule]] {
      rules.flatMap { rule in
        (0...list.count).map { place in list[..<place] + [rule] + list[place...] }
      }
    }
    switch self {
    case .policy(let policy):
      let ingress = lists(policy.ingress).map { list in
        var changed = policy
        changed.ingress = list
        return Resource.policy(changed)
      }
      // Pre-DNAT policies have no egress rules (S70).
      return ingress
        + (policy.kind == .preDNAT ? [] : lists(policy.egress)).map { list in
          var changed = policy
          changed.egress = list
          return .policy(changed)
        }
    case .profile(let profile):
      return lists(profile.ingress).map { list in
        var changed = profile
        changed.ingress = list
        return Resource.profile(changed)
      }
        + lists(profile.egress).map { list in
          var changed = profile
          changed.egress = list
          return .profile(changed)
        }
    default: return []
    }
  }
}
