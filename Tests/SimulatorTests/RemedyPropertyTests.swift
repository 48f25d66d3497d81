import Selector
import Simulator
import Testing

/// What must hold of every remedy, on worlds and flows drawn at random.
@Suite struct RemedyPropertyTests {
  private struct Count {
    var flows = 0
    var remedies: [RemedyGoal: Int] = [:]
    var ofSeveralEdits = 0
    var limits: [String: Int] = [:]
  }

  /// The fate of a flow in a world that is made of nothing but its resources.
  private func fate(_ flow: Flow, _ resources: some Sequence<Resource>, _ semantics: Semantics) -> Verdict? {
    try? Walker(world: World(Array(resources)), node: "h", semantics: semantics).judge(flow)
  }

  private func works(_ verdict: Verdict?) -> Bool {
    guard let verdict, verdict.forward.isAllowed, verdict.replyError == nil else { return false }
    return verdict.reply.map(\.isAllowed) ?? true
  }

  private func does(_ goal: RemedyGoal, _ verdict: Verdict?) -> Bool {
    goal == .pass ? works(verdict) : verdict?.forward.isAllowed == false
  }

  /// Applied to the resources themselves, a remedy turns the fate, and none of its edits can be left out.
  @Test(arguments: [(0, 1), (2, 3), (6, 4), (14, 5)])
  func aRemedyDoesWhatItSays(policies: Int, rulesUpTo: Int) throws {
    var count = Count()
    for seed in 1...UInt64(60) {
      var drawn = RandomWorld(seed: seed &* 6151 &+ UInt64(policies))
      let resources = try drawn.make(policies: policies, rulesUpTo: rulesUpTo)
      for semantics in Semantics.all {
        let walker = Walker(world: World(resources), node: "h", semantics: semantics)
        for _ in 0..<2 {
          let flow = drawn.flow(on: walker)
          check(walker.remedy(for: flow), flow, resources, walker, &count)
        }
      }
    }
    #expect(count.remedies[.pass, default: 0] > 60 && count.ofSeveralEdits > 12, "\(count)")
    #expect(count.remedies[.stop, default: 0] > 2 && count.limits.count > 3, "\(count)")
  }

  private func check(
    _ answer: RemedyAnswer, _ flow: Flow, _ resources: [Resource], _ walker: Walker, _ count: inout Count
  ) {
    count.flows += 1
    let now = fate(flow, resources, walker.semantics)
    switch answer {
    case .remedy(let remedy):
      count.remedies[remedy.goal, default: 0] += 1
      #expect(remedy.goal == (works(now) ? .stop : .pass))
      let after = applied(remedy.changes, to: resources)
      let then = fate(flow, after, walker.semantics)
      #expect(remedy.goal == .pass ? works(then) : then?.forward.isAllowed == false, "\(remedy.edits)")
      checkExtent(remedy)
      if remedy.edits.count > 1 { count.ofSeveralEdits += 1 }
      let disputing = Semantics.all.filter { !does(remedy.goal, fate(flow, after, $0)) }.map(\.name)
      #expect(disputing == [remedy.dispute?.walker.semantics.name].compactMap(\.self))
      for place in remedy.edits.indices where remedy.edits.count > 1 {
        // An edit may be there for the other semantics.
        let fewer = without(remedy.edits[place], after, resources)
        let agreeing = Semantics.all.filter { does(remedy.goal, fate(flow, fewer, $0)) }
        #expect(
          agreeing.count + disputing.count < 2 || !does(remedy.goal, fate(flow, fewer, walker.semantics)), "\(remedy.edits)")
      }
    case .none(let none):
      count.limits["\(none.goal) \(none.limit)", default: 0] += 1
      #expect(none.goal == (works(now) ? .stop : .pass))
      #expect(none.limit != .noneFound, "\(flow)")
    }
  }

  private func applied(_ changes: [ResourceChange], to resources: [Resource]) -> [Resource] {
    var byID = Dictionary(uniqueKeysWithValues: resources.map { ($0.id, $0) })
    for change in changes {
      #expect(byID[change.id] == change.before, "a change begins with what is there")
      byID[change.id] = change.after
    }
    return Array(byID.values)
  }

  /// The resources after a change with one edit of it taken back by hand.
  private func without(_ edit: RemedyEdit, _ after: [Resource], _ before: [Resource]) -> [Resource] {
    after.compactMap { resource -> Resource? in
      guard edit.named.contains(resource.id) else { return resource }
      switch (edit, resource) {
      case (.insert(let insertion), .policy(var policy)):
        if insertion.list.direction == .ingress {
          policy.ingress.remove(at: insertion.index)
        } else {
          policy.egress.remove(at: insertion.index)
        }
        return .policy(policy)
      case (.insert(let insertion), .profile(var profile)):
        if insertion.list.direction == .ingress {
          profile.ingress.remove(at: insertion.index)
        } else {
          profile.egress.remove(at: insertion.index)
        }
        return .profile(profile)
      default: return before.first { $0.id == resource.id }
      }
    }
  }

  /// The change touches what the edits name, and nothing else; what was there stays there in its order.
  private func checkExtent(_ remedy: Remedy) {
    #expect(!remedy.edits.isEmpty)
    #expect(Set(remedy.changes.map(\.id)) == Set(remedy.edits.flatMap(\.named)))
    #expect(Set(remedy.changes.map(\.id)).count == remedy.changes.count)
    for change in remedy.changes {
      let inserted = remedy.edits.compactMap { edit -> RuleInsertion? in
        if case .insert(let insertion) = edit, insertion.list.resource == change.id { insertion } else { nil }
      }
      for direction in Direction.allCases {
        let placed = inserted.filter { $0.list.direction == direction }.sorted { $0.index < $1.index }
        guard change.before != nil, change.id.kind == .policy || change.id.kind == .profile else { continue }
        var rules = change.after?.rules(direction) ?? []
        for insertion in placed.reversed() { #expect(rules.remove(at: insertion.index) == insertion.rule) }
        #expect(rules == change.before?.rules(direction))
      }
    }
  }
}

extension RemedyEdit {
  /// The resources that the edit speaks of.
  fileprivate var named: [ResourceID] {
    switch self {
    case .enable(.policy(let name)): [ResourceID(.policy, name)]
    case .enable(.rule(let list, _)): [list.resource]
    case .insert(let insertion): [insertion.list.resource]
    case .createPolicy(let policy, _): [Resource.policy(policy).id]
    case .createProfile(let profile): [Resource.profile(profile).id]
    case .addProfile(let profile, let endpoint, _): [Resource.profile(profile).id, endpoint]
    case .correctProfileName(let endpoint, _, _, _): [endpoint]
    case .setEndpointToHostAction(let node, _), .removeFailsafe(let node, _, _, _): [ResourceID(.host, node)]
    }
  }
}

extension Resource {
  fileprivate func rules(_ direction: Direction) -> [Rule] {
    switch self {
    case .policy(let policy): policy.rules(direction)
    case .profile(let profile): profile.rules(direction)
    default: []
    }
  }
}
