import Selector

/// Looks for the fewest edits that turn a flow's fate, level by level: all single edits, then pairs, and so on. Each
/// edit answers what stands in the way after the edits before it, and each candidate is tried out.
struct RemedySearch {
  private static let mostEdits = 8
  /// How many plans of one length are followed further.
  private static let width = 6
  private static let mostTrials = 64

  private let walker: Walker
  private let flow: Flow
  private let goal: RemedyGoal
  private let start: RemedyState
  private let slim: World
  private var trials = 0
  private var deadEnds: [RemedyState] = []

  init(_ flow: Flow, on walker: Walker) throws(FlowError) {
    self.walker = walker
    self.flow = flow
    let trace = try walker.trace(flow)
    goal = trace.verdict.getsThrough ? .stop : .pass
    start = RemedyState(trace, after: RemedyPlan(), goal: goal, on: walker)
    slim = walker.worldMet(by: flow)
  }

  mutating func run() -> RemedyAnswer {
    if let error = start.verdict.replyError { return .none(noRemedy(.replyCannotBeJudged(error), after: RemedyPlan())) }
    var level = [start]
    for _ in 0..<Self.mostEdits where !level.isEmpty {
      var next: [RemedyState] = []
      for state in level {
        switch follow(state) {
        case .found(let remedy): return .remedy(remedy)
        case .further(let states): next += states
        }
      }
      level = Array(next.enumerated().sorted { Self.isFurther($0, $1) }.map(\.element).prefix(Self.width))
    }
    for state in [start] + deadEnds {
      if let limit = state.limit { return .none(noRemedy(limit, after: state.plan)) }
    }
    return .none(noRemedy(.noneFound, after: RemedyPlan()))
  }

  private enum Step {
    case found(Remedy)
    case further([RemedyState])
  }

  /// Tries all that may help after a plan.
  private mutating func follow(_ state: RemedyState) -> Step {
    var further: [RemedyState] = []
    for edit in state.candidates {
      guard let child = attempt(state.plan.appending(edit)) else { continue }
      if child.isReached(goal), let remedy = finish(child.plan) { return .found(remedy) }
      // An edit after which the same decision stands in the way did nothing.
      if !child.isStuck(since: state) { further.append(child) }
    }
    if further.isEmpty { deadEnds.append(state) }
    return .further(further)
  }

  private mutating func attempt(_ plan: RemedyPlan) -> RemedyState? {
    let base = plan.changesLabels ? walker.world : slim
    guard trials < Self.mostTrials, let changes = plan.changes(in: base) else { return nil }
    trials += 1
    let trial = self.trial(base.applying(changes))
    guard let trace = try? trial.trace(flow) else { return nil }
    return RemedyState(trace, after: plan, goal: goal, on: trial)
  }

  private func trial(_ world: World) -> Walker {
    Walker(world: world, node: walker.topology.node, semantics: walker.semantics)
  }

  /// Plans that bring the packet further go first; of equals the one found first.
  private static func isFurther(
    _ left: (offset: Int, element: RemedyState), _ right: (offset: Int, element: RemedyState)
  ) -> Bool {
    let (ahead, behind) = (left.element.progress, right.element.progress)
    return ahead != behind ? ahead > behind : left.offset < right.offset
  }
}

// MARK: - The end

extension RemedySearch {
  /// Leaves out what is not needed, and holds the rest against the whole world.
  private mutating func finish(_ plan: RemedyPlan) -> Remedy? {
    var plan = plan
    // Without the last edit the plan was tried before, and did not do.
    for place in plan.edits.indices.dropLast().reversed() where plan.edits.count > 1 {
      let fewer = plan.removing(at: place)
      if attempt(fewer)?.isReached(goal) == true { plan = fewer }
    }
    guard let changes = plan.changes(in: walker.world), let obstacle = start.obstacle else { return nil }
    let after = trial(walker.world.applying(changes))
    guard let verdict = try? after.judge(flow), verdict.reaches(goal) else { return nil }
    return Remedy(
      goal: goal, flow: flow, before: start.verdict, obstacle: obstacle, edits: plan.placedEdits, changes: changes,
      walker: after, verdict: verdict)
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
