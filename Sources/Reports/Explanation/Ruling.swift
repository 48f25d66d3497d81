import Simulator

/// Which sentence of the documentation rules a packet or its reply, in our own words.
struct Ruling: Hashable, Sendable {
  /// Its number, such as `S89`.
  var claim: String
  var words: String
}

/// What a ruling depends on: the way of a packet, what settled it, and how it came there.
struct RulingCase: Hashable, Sendable {
  enum Role: Hashable, Sendable { case packet, reply }

  var role: Role
  /// The way of the packet; for a reply that of the packet that it answers.
  var path: Path
  var kind: Decision.Kind
  var stage: Stage?
  var direction: Direction
  var isAllowed: Bool
  /// How connection tracking saw the packet, or the reply.
  var state: ConntrackState
  /// For a reply: how it saw the packet that it answers.
  var answeredState: ConntrackState?
  var isTranslated: Bool
  var semantics: String

  /// The case of the packet itself.
  init(packet trace: Trace, on walker: Walker) {
    self.init(.packet, trace, trace.forward, walker)
  }

  /// The case of its reply.
  init(reply trace: Trace, _ reply: Journey, on walker: Walker) {
    self.init(.reply, trace, reply, walker)
    answeredState = trace.forward.judgement.state
  }

  private init(_ role: Role, _ trace: Trace, _ journey: Journey, _ walker: Walker) {
    self.role = role
    path = trace.forward.judgement.path
    let decision = journey.judgement.decidedBy
    kind = decision.kind
    stage = decision.stage
    direction = decision.direction
    isAllowed = journey.judgement.isAllowed
    state = journey.judgement.state
    isTranslated = trace.forward.steps.contains { if case .dnat = $0 { true } else { false } }
    semantics = walker.semantics.name
  }
}
