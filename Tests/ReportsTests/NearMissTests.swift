import Reports
import Selector
import Simulator
import Testing

/// What nearly matched is tried out: without the one criterion the rule decides, and a denial that comes first denies.
@Suite struct NearMissTests {
  private struct Count {
    var allowed = 0
    var denied = 0
  }

  @Test func eachHoldsWhenItIsTried() throws {
    var count = Count()
    for seed in 1...UInt64(40) {
      var drawn = RandomWorld(seed: seed &* 104_729)
      let resources = try drawn.make(policies: 8, rulesUpTo: 4)
      for semantics in Semantics.all {
        let walker = Walker(world: World(resources), node: "h", semantics: semantics)
        for _ in 0..<40 {
          let flow = drawn.flow(on: walker)
          guard let trace = try? walker.trace(flow) else { continue }
          try check(NearMisses(trace, on: walker), of: flow, resources, walker, &count)
        }
      }
    }
    #expect(count.allowed > 300 && count.denied > 30, "too few to tell: \(count)")
  }

  private func check(
    _ found: NearMisses, of flow: Flow, _ resources: [Resource], _ walker: Walker, _ count: inout Count
  ) throws {
    #expect(found.misses.count <= NearMisses.limit && found.more >= 0)
    #expect(found.prose(on: walker).count == (found.misses.isEmpty ? 1 : found.misses.count + (found.more > 0 ? 2 : 1)))
    for miss in found.misses {
      let name = miss.decision.kind == .policy ? walker.world.policies[Int(miss.decision.subject)].name : ""
      guard miss.decision.kind == .policy, !found.isOfReply else { continue }
      let changed = resources.map { resource -> Resource in
        guard case .policy(var policy) = resource, policy.name == name else { return resource }
        let index = Int(miss.decision.rule)
        if let failure = miss.failure {
          policy[miss.decision.direction][index] = without(failure, policy[miss.decision.direction][index])
        } else {
          // It comes first of all.
          policy.order = -1
          policy[miss.decision.direction] = [policy[miss.decision.direction][index]]
        }
        return .policy(policy)
      }
      let other = Walker(world: World(changed), node: "h", semantics: walker.semantics)
      let trace = try other.trace(flow)
      if miss.failure != nil {
        count.allowed += 1
        let matched = trace.forward.matched.contains { self.name(of: $0, other) == name && $0.rule == miss.decision.rule }
        #expect(matched, "\(found.prose(on: walker).map(\.text))")
      } else if !miss.isUnasked {
        count.denied += 1
        #expect(!trace.forward.judgement.isAllowed, "\(found.prose(on: walker).map(\.text))")
        #expect(name == self.name(of: trace.forward.judgement.decidedBy, other))
      }
    }
  }

  private func name(of decision: Decision, _ walker: Walker) -> ByteString? {
    decision.kind == .policy ? walker.world.policies[Int(decision.subject)].name : nil
  }

  /// The rule, asking for one thing less.
  private func without(_ criterion: Criterion, _ rule: Rule) -> Rule {
    var rule = rule
    switch criterion {
    case .disabled: rule.isDisabled = false
    case .ipVersion: rule.ipVersion = nil
    case .protocol, .protocolFamily: rule.protocol = nil
    case .notProtocol: rule.notProtocol = nil
    case .icmp: rule.icmp = nil
    case .notICMP: rule.notICMP = nil
    case .portProtocol: rule.protocol = nil
    case .netFamily: break
    case .sourceNets: rule.source.nets = []
    case .sourceNotNets: rule.source.notNets = []
    case .sourceTag: rule.source.tag = nil
    case .sourceNotTag: rule.source.notTag = nil
    case .sourceSelector: rule.source.selector = nil
    case .sourceNotSelector: rule.source.notSelector = nil
    case .sourcePorts: rule.source.ports = []
    case .sourceNotPorts: rule.source.notPorts = []
    case .destinationNets: rule.destination.nets = []
    case .destinationNotNets: rule.destination.notNets = []
    case .destinationTag: rule.destination.tag = nil
    case .destinationNotTag: rule.destination.notTag = nil
    case .destinationSelector: rule.destination.selector = nil
    case .destinationNotSelector: rule.destination.notSelector = nil
    case .destinationPorts: rule.destination.ports = []
    case .destinationNotPorts: rule.destination.notPorts = []
    }
    return rule
  }
}
