import Selector

/// Looks for the cheapest edits that turn a flow's fate, level by level: all single edits, then pairs, and so on. Each
/// edit answers what stands in the way after the edits before it, and each candidate is tried out.
struct RemedySearch {
  private static let mostEdits = 8
  /// How many plans of one length are followed further: of those that leave a tracked flow tracked, and of the others.
  private static let width = 6
  private static let mostTrials = 128

  private let walker: Walker
  private let flow: Flow
  private let goal: RemedyGoal
  private let start: RemedyState
  /// The other set of semantics, which a remedy should do for as well.
  private let other: Semantics?
  private let slim: World
  private var trials = 0
  private var found: [Found] = []
  private var deadEnds: [RemedyState] = []

  /// A plan that does it.
  private struct Found {
    var plan: RemedyPlan
    var cost: RemedyCost
  }

  init(_ flow: Flow, on walker: Walker) throws(FlowError) {
    self.walker = walker
    self.flow = flow
    let trace = try walker.trace(flow)
    goal = trace.verdict.getsThrough ? .stop : .pass
    start = RemedyState(trace, after: RemedyPlan(), goal: goal, on: walker, of: walker.world)
    other = Semantics.all.first { $0.name != walker.semantics.name }
    slim = walker.worldMet(by: flow)
  }

  mutating func run() -> RemedyAnswer {
    if let error = start.verdict.replyError { return .none(noRemedy(.replyCannotBeJudged(error), after: RemedyPlan())) }
    enable()
    var level = found.isEmpty ? [start] : []
    for length in 1...Self.mostEdits where !level.isEmpty && !isSettled(for: length) {
      var next: [RemedyState] = []
      for state in level where !isSettled(for: length) { next += follow(state, length) }
      level = worthFollowing(next)
    }
    // Of equals the one found first.
    let cheapestFirst = found.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
    for (_, found) in cheapestFirst {
      if let remedy = finish(found.plan) { return .remedy(remedy) }
    }
    for state in [start] + deadEnds {
      if let limit = state.limit { return .none(noRemedy(limit, after: state.plan)) }
    }
    return .none(noRemedy(.noneFound, after: RemedyPlan()))
  }

  /// Where something that is switched off does it, switched on alone, nothing else is looked for.
  private mutating func enable() {
    for edit in EnableCandidates(slim: slim, endpoints: walker.endpointsMet(by: flow)).edits {
      guard let child = attempt(RemedyPlan().appending(edit)), child.isReached(goal) else { continue }
      _ = keep(child.plan)
    }
  }

  /// Is a plan found that none of this length can better?
  private func isSettled(for length: Int) -> Bool { found.contains { $0.cost.isLeast(of: length) } }

  /// Tries all that may help after a plan; what did not do yet is returned.
  private mutating func follow(_ state: RemedyState, _ length: Int) -> [RemedyState] {
    var further: [RemedyState] = []
    for edit in state.candidates where !isSettled(for: length) {
      guard trials < Self.mostTrials, let child = attempt(state.plan.appending(edit)) else { continue }
      if child.isReached(goal) {
        if let disputed = keep(child.plan), !disputed.isStuck(since: state) { further.append(disputed) }
      } else if !child.isStuck(since: state) {
        // An edit after which the same decision stands in the way did nothing.
        further.append(child)
      }
    }
    if further.isEmpty { deadEnds.append(state) }
    return further
  }

  /// Takes down a plan that does it; if the other semantics see it otherwise, what then stands in the way is returned.
  private mutating func keep(_ plan: RemedyPlan) -> RemedyState? {
    let disputed = dispute(plan)
    let plan = withoutIdle(plan, isDisputed: disputed != nil)
    let cost = RemedyCost(plan, isUntracked: isUntracked, isDisputed: disputed != nil, in: slim)
    found.append(Found(plan: plan, cost: cost))
    return disputed
  }

  /// How the flow fares under the other semantics, if a plan does not turn its fate there.
  private mutating func dispute(_ plan: RemedyPlan) -> RemedyState? {
    guard let other, let state = attempt(plan, under: other), !state.isReached(goal) else { return nil }
    return state
  }

  /// The plan without what it does not need.
  private mutating func withoutIdle(_ plan: RemedyPlan, isDisputed: Bool) -> RemedyPlan {
    var plan = plan
    // Without the last edit the plan was tried before, and did not do.
    for place in plan.edits.indices.dropLast().reversed() where plan.edits.count > 1 {
      let fewer = plan.removing(at: place)
      if attempt(fewer)?.isReached(goal) == true, isDisputed || dispute(fewer) == nil { plan = fewer }
    }
    return plan
  }

  private var isUntracked: Bool { start.verdict.forward.state == .untracked }

  private mutating func attempt(_ plan: RemedyPlan, under semantics: Semantics? = nil) -> RemedyState? {
    let base = plan.changesLabels ? walker.world : slim
    guard let changes = plan.changes(in: base) else { return nil }
    trials += 1
    let trial = self.trial(base.applying(changes), under: semantics)
    guard let trace = try? trial.trace(flow) else { return nil }
    return RemedyState(trace, after: plan, goal: goal, on: trial, of: walker.world)
  }

  private func trial(_ world: World, under semantics: Semantics? = nil) -> Walker {
    Walker(world: world, node: walker.topology.node, semantics: semantics ?? walker.semantics)
  }

  /// Plans that bring the packet further go first; of equals the one found first. Those that make the flow untracked get
  /// far with little and must not crowd out the others.
  private func worthFollowing(_ states: [RemedyState]) -> [RemedyState] {
    let furthestFirst = states.enumerated().sorted { left, right in
      (-left.element.progress, left.offset) < (-right.element.progress, right.offset)
    }.map(\.element)
    let opening = furthestFirst.filter { !isUntracked && $0.plan.opensUntracked(in: slim) }
    let others = furthestFirst.filter { isUntracked || !$0.plan.opensUntracked(in: slim) }
    return Array(others.prefix(Self.width) + opening.prefix(Self.width))
  }
}

// MARK: - The end

extension RemedySearch {
  /// Holds a plan against the whole world.
  private func finish(_ plan: RemedyPlan) -> Remedy? {
    guard let changes = plan.changes(in: walker.world), let obstacle = start.obstacle else { return nil }
    let world = walker.world.applying(changes)
    let after = trial(world)
    guard let verdict = try? after.judge(flow), verdict.reaches(goal) else { return nil }
    return Remedy(
      goal: goal, flow: flow, before: start.verdict, obstacle: obstacle, edits: plan.placedEdits, changes: changes,
      walker: after, verdict: verdict, dispute: dispute(in: world))
  }

  private func dispute(in world: World) -> RemedyDispute? {
    guard let other else { return nil }
    let walker = trial(world, under: other)
    guard let verdict = try? walker.judge(flow), !verdict.reaches(goal) else { return nil }
    return RemedyDispute(walker: walker, verdict: verdict)
  }

  private func noRemedy(_ limit: RemedyLimit, after plan: RemedyPlan) -> NoRemedy {
    var limit = limit
    if case .notPoliced(let path, let interfaces) = limit {
      limit = .notPoliced(path, stoppedByEndpointFor: interfaces.filter { stops(endpointFor: $0) })
    }
    return NoRemedy(
      goal: goal, before: start.verdict, obstacle: start.obstacle, limit: limit, edits: plan.placedEdits)
  }

  /// Would a host endpoint without policies of its own stop the packet? Tried out, as a failsafe may let it through.
  private func stops(endpointFor interface: ByteString) -> Bool {
    let endpoint = Resource.hostEndpoint(
      HostEndpoint(node: walker.topology.node, name: interface, interfaceName: interface))
    let change = ResourceChange(endpoint.id, from: walker.world.resource(endpoint.id), to: endpoint)
    return (try? trial(walker.world.applying([change])).judge(flow))?.forward.isAllowed == false
  }
}
