import Selector

/// What became of a flow in the world after some edits, as far as the search goes on from there. The world itself is let
/// go: many are tried, and the compiled rules of one may take many megabytes.
struct RemedyState: Sendable {
  let plan: RemedyPlan
  let verdict: Verdict
  let obstacle: Obstacle?
  /// The obstacle without the numbers of its world.
  let identity: DecisionIdentity?
  /// Single edits that may help from here.
  let candidates: [RemedyEdit]
  /// Why none may.
  let limit: RemedyLimit?
  /// How far the packet and its reply get.
  let progress: Int

  /// - Parameter whole: the world that the remedy is for, whose names are taken; that of the walker may hold only a part.
  init(_ trace: Trace, after plan: RemedyPlan, goal: RemedyGoal, on walker: Walker, of whole: World) {
    self.plan = plan
    verdict = trace.verdict
    obstacle = Obstacle(in: trace, to: goal)
    identity = obstacle.map { DecisionIdentity($0.decision, on: walker) }
    switch goal {
    case .pass: candidates = PassCandidates(walker: walker, whole: whole, trace: trace, plan: plan).edits
    case .stop: candidates = StopCandidates(walker: walker, trace: trace, plan: plan).edits
    }
    limit = obstacle.flatMap { RemedyLimit($0, in: trace, on: walker) }
    progress =
      trace.forward.judgement.isAllowed ? 100 + (trace.reply?.gates.count ?? 0) : trace.forward.gates.count
  }

  /// Is the flow's fate what it should be?
  func isReached(_ goal: RemedyGoal) -> Bool { verdict.reaches(goal) }

  /// Does the same decision still stand in the way?
  func isStuck(since other: RemedyState) -> Bool {
    identity == other.identity && obstacle?.isReply == other.obstacle?.isReply
  }
}

extension Verdict {
  /// Is the flow's fate what it should be?
  func reaches(_ goal: RemedyGoal) -> Bool {
    goal == .pass ? getsThrough : !forward.isAllowed
  }
}

extension Obstacle {
  /// What decides the packet, or its reply if that is what fails; `nil` if there is nothing in the way.
  fileprivate init?(in trace: Trace, to goal: RemedyGoal) {
    let isReply = goal == .pass && trace.forward.judgement.isAllowed
    guard let journey = isReply ? trace.reply : trace.forward else { return nil }
    let decision = journey.judgement.decidedBy
    self.init(decision: decision, isReply: isReply, packet: journey.packet(at: decision.stage))
  }
}

extension RemedyLimit {
  /// What ends all changes of policy at an obstacle; `nil` if nothing definite does. Host endpoints that would stop the
  /// packet are not tried out yet.
  fileprivate init?(_ obstacle: Obstacle, in trace: Trace, on walker: Walker) {
    let decision = obstacle.decision
    switch decision.kind {
    case .conntrackInvalid where !obstacle.isReply: self = .beginsNoConnection
    case .unknownWorkload:
      self = .unknownWorkload(interface: walker.topology.interfaces[Int(decision.interface)].name)
    case .endpointToHostAction where walker.topology.document == nil:
      self = .needsHostDocument(.endpointToHostAction)
    case .failsafe where walker.topology.document == nil:
      let port = walker.topology.failsafes(decision.direction)[Int(decision.rule)]
      self = .needsHostDocument(.failsafe(decision.direction, port))
    case .notPoliced:
      let path = trace.forward.judgement.path
      let open = walker.topology.openInterfaces(of: trace)
      self = open.isEmpty ? .neverPoliced(path) : .notPoliced(path, stoppedByEndpointFor: open)
    default: return nil
    }
  }
}

extension Topology {
  /// The host interfaces on a delivered packet's way that no host endpoint governs.
  fileprivate func openInterfaces(of trace: Trace) -> [ByteString] {
    var places: [Int] = []
    if case .interface(let place) = trace.flow.entry { places.append(place) }
    if case .interface(let place)? = trace.forward.judgement.exit, !places.contains(place) { places.append(place) }
    return places.map { interfaces[$0] }.filter { !$0.isWorkload && $0.endpoint == nil }.map(\.name)
  }
}
