package import Simulator

/// One thing that an explanation states: as data, so that a program can read it, and so that it can be held against the trace.
package enum Fact: Hashable, Sendable {
  /// The packet, and where it enters.
  case entry(Flow.Entry, Packet)
  /// A gate was not asked, and why; with the policies that would have been asked there.
  case skipped(GateSite, GatePass, policies: [Int])
  /// Policies or profiles that were tried, and of which no rule matched; by index in the world.
  case unmatched(GateSite, Decision.Kind, [Int])
  /// A rule that matched, and what it asks of the packet. A log rule notes the packet, a pass takes it out of the policies, and
  /// any other decides at its gate.
  case matched(Decision, [Criterion])
  /// Something built in decided at a gate, or took note of the packet.
  case builtIn(Decision)
  /// A gate was asked, and nothing there decided.
  case wentOn(GateSite)
  /// Policies or profiles that would have been asked had nothing decided before; by index in the world.
  case notAsked(GateSite, Decision.Kind, [Int])
  /// Policies whose selector matches, and that have no say here all the same.
  case aside(GateSite, [Int], PolicyAside)
  case conntrack(ConntrackState)
  case dnat(from: Packet, to: Packet, rule: Int)
  case route(Exit, Path)
  /// What became of the packet, and what settled it.
  case verdict(isAllowed: Bool, Decision)
  /// The packet is delivered, and nothing answers it.
  case noReply
  case replyError(FlowError)
  case note(TraceNote)
  /// The sentence of the documentation that rules.
  case ruling(claim: String)
}

/// Where a gate stands: whose rules it asks, and the claim that puts it there.
package struct GateSite: Hashable, Sendable {
  package var stage: Stage
  package var side: Gate.Side
  package var direction: Direction
  /// Index of the interface in the topology.
  package var interface: Int?
  /// Index of the endpoint in the world.
  package var endpoint: Int?
  package var claim: String

  package init(_ gate: GateStep) {
    stage = gate.stage
    side = gate.side
    direction = gate.direction
    interface = gate.interface
    endpoint = gate.endpoint
    claim = gate.claim
  }
}
