import Selector
import Simulator
import Testing

/// What must hold of every walk, on worlds and packets drawn at random.
@Suite struct WalkPropertyTests {
  private struct Count {
    var flows = 0
    var allowed = 0
    var replies = 0
    var errors = 0
  }

  /// Judging for speed looks only at rules that a packet can match; tracing tries each. They must agree in everything.
  /// Worlds with long lists of rules take the filter, worlds with short ones do not.
  @Test(arguments: [(1, 4), (5, 3), (30, 6), (90, 8)])
  func judgingAndTracingAgree(policies: Int, rulesUpTo: Int) throws {
    var count = Count()
    for seed in 1...UInt64(24) {
      var world = RandomWorld(seed: seed &* 7919 &+ UInt64(policies))
      let snapshot = World(try world.make(policies: policies, rulesUpTo: rulesUpTo))
      for semantics in Semantics.all {
        let walker = Walker(world: snapshot, node: "h", semantics: semantics)
        for _ in 0..<120 { compare(world.flow(on: walker), on: walker, &count) }
      }
    }
    #expect(count.allowed * 20 > count.flows && count.replies > 0, "too few packets get through to tell: \(count)")
  }

  private func compare(_ flow: Flow, on walker: Walker, _ count: inout Count) {
    count.flows += 1
    do throws(FlowError) {
      let verdict = try walker.judge(flow)
      let trace = try walker.trace(flow)
      #expect(trace.verdict == verdict, "\(flow)")
      check(trace.forward, on: walker)
      if let reply = trace.reply { check(reply, on: walker) }
      if verdict.forward.isAllowed { count.allowed += 1 }
      if verdict.reply != nil { count.replies += 1 }
    } catch {
      count.errors += 1
      #expect(throws: error) { try walker.trace(flow) }
    }
  }

  /// The steps tell the verdict: a denial is the last gate's, an allow is the last accept's, and nothing is asked after
  /// a denial.
  private func check(_ journey: Journey, on walker: Walker) {
    let gates = journey.steps.compactMap { step -> GateStep? in if case .gate(let gate) = step { gate } else { nil } }
    let outcomes = gates.compactMap { gate -> GateOutcome? in if case .asked(let outcome) = gate.result { outcome } else { nil }
    }
    let judgement = journey.judgement
    if judgement.isAllowed {
      let accepts = outcomes.compactMap { outcome -> Decision? in if case .accepted(let by) = outcome { by } else { nil } }
      #expect(judgement.decidedBy == accepts.last ?? .notPoliced)
      #expect(!outcomes.contains { if case .denied = $0 { true } else { false } })
      #expect(judgement.exit != nil)
    } else {
      #expect(outcomes.last == .denied(judgement.decidedBy))
      #expect(judgement.exit == nil)
    }
    for decision in journey.matched {
      #expect(decision.isListed)
      #expect(decision.interface >= 0)
    }
    if !journey.matched.isEmpty, judgement.decidedBy.isListed { #expect(journey.matched.contains(judgement.decidedBy)) }
  }

  /// A world is its resources, not the order in which they came.
  @Test func orderOfInputDoesNotMatter() throws {
    for seed in 1...UInt64(30) {
      var drawn = RandomWorld(seed: seed)
      let resources = try drawn.make(policies: 8, rulesUpTo: 4)
      let walkers = [resources, resources.reversed(), resources.shuffled(using: &drawn.random)].map {
        Walker(world: World($0), node: "h", semantics: .documented)
      }
      for _ in 0..<60 {
        let flow = drawn.flow(on: walkers[0])
        let answers = walkers.map { walker in
          do throws(FlowError) {
            let verdict = try walker.judge(flow)
            return [verdict.forward, verdict.reply].map { judgement in
              judgement.map { "\($0.isAllowed) \($0.path) \(name($0.decidedBy, walker))" } ?? "none"
            }
          } catch {
            return ["\(error)"]
          }
        }
        #expect(answers[0] == answers[1] && answers[0] == answers[2])
      }
    }
  }

  private func name(_ decision: Decision, _ walker: Walker) -> String {
    let subject =
      decision.kind == .policy
      ? walker.world.policies[Int(decision.subject)].name
      : decision.kind == .profile ? walker.world.profiles[Int(decision.subject)].name : ""
    return "\(decision.kind) \(subject) \(decision.rule) \(decision.direction) \(decision.stage?.rawValue ?? "")"
  }

  /// A policy that selects nothing, at any place in the order, changes no verdict.
  @Test func anUnselectedPolicyChangesNothing() throws {
    for seed in 1...UInt64(20) {
      var drawn = RandomWorld(seed: seed &+ 500)
      let resources = try drawn.make(policies: 6, rulesUpTo: 4)
      let idle = Policy(
        name: "idle", selector: try Selector("no-such-label == 'x'"), order: 0, ingress: [Rule(.deny)],
        egress: [Rule(.deny)])
      let plain = Walker(world: World(resources), node: "h", semantics: .calico24)
      let more = Walker(world: World(resources + [.policy(idle)]), node: "h", semantics: .calico24)
      for _ in 0..<60 {
        let flow = drawn.flow(on: plain)
        let (left, right) = (try? plain.judge(flow), try? more.judge(flow))
        #expect(left?.forward.isAllowed == right?.forward.isAllowed && left?.reply?.isAllowed == right?.reply?.isAllowed)
      }
    }
  }
}
