import Selector

/// Looks for the fewest edits that turn a flow's fate, level by level: all single edits, then pairs, and so on. Each
/// edit answers what stands in the way after the edits before it, and each candidate is tried out.
struct RemedySearch {
  private static let mostEdits = 8
  /// How many plans of one length are followed further.
  private static let width = 6
  private static let mostTrials = 64

  /// A plan tried out: the flow traced in the world after it.
  struct State {
    var plan: RemedyPlan
    var trace: Trace
    var walker: Walker
  }

  private let walker: Walker
  private let flow: Flow
  private let start: State
  let goal: RemedyGoal
  private let slim: World
  private var trials = 0
  private var deadEnds: [State] = []

  init(_ flow: Flow, on walker: Walker) throws(FlowError) {
    self.walker = walker
    self.flow = flow
    start = State(plan: RemedyPlan(), trace: try walker.trace(flow), walker: walker)
    goal = start.trace.verdict.getsThrough ? .stop : .pass
    slim = walker.worldMet(by: flow)
  }

  mutating func run() -> RemedyAnswer {
    if let error = start.trace.replyError { return .none(noRemedy(.replyCannotBeJudged(error))) }
    var level = [start]
    for _ in 0..<Self.mostEdits where !level.isEmpty {
      var next: [State] = []
      for state in level {
        switch follow(state) {
        case .found(let remedy): return .remedy(remedy)
        case .further(let states): next += states
        }
      }
      level = Array(next.enumerated().sorted { Self.isFurther($0, $1) }.map(\.element).prefix(Self.width))
    }
    return .none(noRemedy(limit))
  }

  private enum Step {
    case found(Remedy)
    case further([State])
  }

  /// Tries all that may help after a plan.
  private mutating func follow(_ state: State) -> Step {
    let obstacle = identity(of: state)
    var further: [State] = []
    for edit in candidates(state) {
      guard let child = attempt(state.plan.appending(edit)) else { continue }
      if isReached(child.trace.verdict), let remedy = finish(child.plan) { return .found(remedy) }
      // An edit after which the same decision stands in the way did nothing.
      if identity(of: child) != obstacle { further.append(child) }
    }
    if further.isEmpty { deadEnds.append(state) }
    return .further(further)
  }

  private func candidates(_ state: State) -> [RemedyEdit] {
    switch goal {
    case .pass: PassCandidates(walker: state.walker, trace: state.trace, plan: state.plan).edits
    case .stop: StopCandidates(walker: state.walker, trace: state.trace, plan: state.plan).edits
    }
  }

  private mutating func attempt(_ plan: RemedyPlan) -> State? {
    guard trials < Self.mostTrials, let world = world(after: plan, from: plan.changesLabels ? walker.world : slim)
    else { return nil }
    trials += 1
    let trial = Walker(world: world, node: walker.topology.node, semantics: walker.semantics)
    guard let trace = try? trial.trace(flow) else { return nil }
    return State(plan: plan, trace: trace, walker: trial)
  }

  private func world(after plan: RemedyPlan, from world: World) -> World? {
    plan.changes(in: world).map { world.applying($0) }
  }

  private func isReached(_ verdict: Verdict) -> Bool {
    goal == .pass ? verdict.getsThrough : !verdict.forward.isAllowed
  }

  /// Plans that bring the packet further go first; of equals the one found first.
  private static func isFurther(_ left: (offset: Int, element: State), _ right: (offset: Int, element: State)) -> Bool {
    let (ahead, behind) = (progress(left.element), progress(right.element))
    return ahead != behind ? ahead > behind : left.offset < right.offset
  }

  private static func progress(_ state: State) -> Int {
    let trace = state.trace
    return trace.forward.judgement.isAllowed ? 100 + (trace.reply?.gates.count ?? 0) : trace.forward.gates.count
  }

  // MARK: The end

  /// Leaves out what is not needed, and holds the rest against the whole world.
  private mutating func finish(_ plan: RemedyPlan) -> Remedy? {
    var plan = plan
    for place in plan.edits.indices.reversed() where plan.edits.count > 1 {
      let fewer = plan.removing(at: place)
      if let state = attempt(fewer), isReached(state.trace.verdict) { plan = fewer }
    }
    guard let changes = plan.changes(in: walker.world) else { return nil }
    let after = Walker(
      world: walker.world.applying(changes), node: walker.topology.node, semantics: walker.semantics)
    guard let verdict = try? after.judge(flow), isReached(verdict), let obstacle = obstacle(of: start) else { return nil }
    return Remedy(
      goal: goal, flow: flow, before: start.trace.verdict, obstacle: obstacle, edits: plan.placedEdits, changes: changes,
      walker: after, verdict: verdict)
  }

  private func obstacle(of state: State) -> Obstacle? {
    let isReply = goal == .pass && state.trace.forward.judgement.isAllowed
    guard let journey = isReply ? state.trace.reply : state.trace.forward else { return nil }
    let decision = journey.judgement.decidedBy
    return Obstacle(decision: decision, isReply: isReply, packet: journey.packet(at: decision.stage))
  }

  private struct Identity: Equatable {
    var isReply: Bool
    var decision: DecisionIdentity
  }

  private func identity(of state: State) -> Identity? {
    obstacle(of: state).map {
      Identity(isReply: $0.isReply, decision: DecisionIdentity($0.decision, on: state.walker))
    }
  }
}

// MARK: - What cannot be done

extension RemedySearch {
  private func noRemedy(_ limit: RemedyLimit) -> NoRemedy {
    let end = deadEnds.first { self.limit(of: $0) == limit }
    return NoRemedy(
      goal: goal, before: start.trace.verdict, obstacle: obstacle(of: start), limit: limit,
      edits: end?.plan.placedEdits ?? [])
  }

  /// The first definite limit that the search ran into.
  private var limit: RemedyLimit {
    for state in [start] + deadEnds {
      if let limit = limit(of: state) { return limit }
    }
    return .noneFound
  }

  private func limit(of state: State) -> RemedyLimit? {
    guard let obstacle = obstacle(of: state) else { return nil }
    let decision = obstacle.decision
    switch decision.kind {
    case .conntrackInvalid: return obstacle.isReply ? nil : .beginsNoConnection
    case .unknownWorkload:
      return .unknownWorkload(interface: state.walker.topology.interfaces[Int(decision.interface)].name)
    case .endpointToHostAction where state.walker.topology.document == nil:
      return .needsHostDocument(.endpointToHostAction)
    case .failsafe where state.walker.topology.document == nil:
      let port = state.walker.topology.failsafes(decision.direction)[Int(decision.rule)]
      return .needsHostDocument(.failsafe(decision.direction, port))
    case .notPoliced:
      let path = state.trace.forward.judgement.path
      let interfaces = openInterfaces
      return interfaces.isEmpty
        ? .neverPoliced(path) : .notPoliced(path, stoppedByEndpointFor: interfaces.filter { stops(endpointFor: $0) })
    default: return nil
    }
  }

  /// The host interfaces on the packet's way that no host endpoint governs.
  private var openInterfaces: [ByteString] {
    var places: [Int] = []
    if case .interface(let place) = flow.entry { places.append(place) }
    if case .interface(let place)? = start.trace.forward.judgement.exit, !places.contains(place) { places.append(place) }
    let topology = walker.topology
    return places.filter { !topology.interfaces[$0].isWorkload && topology.interfaces[$0].endpoint == nil }
      .map { topology.interfaces[$0].name }
  }

  /// Would a host endpoint without policies of its own stop the packet? Tried out, as a failsafe may let it through.
  private func stops(endpointFor interface: ByteString) -> Bool {
    let endpoint = Resource.hostEndpoint(
      HostEndpoint(node: walker.topology.node, name: interface, interfaceName: interface))
    let change = ResourceChange(endpoint.id, from: walker.world.resource(endpoint.id), to: endpoint)
    let trial = Walker(
      world: walker.world.applying([change]), node: walker.topology.node, semantics: walker.semantics)
    guard let verdict = try? trial.judge(flow) else { return false }
    return !verdict.forward.isAllowed
  }
}
