package import Selector

/// One packet and its reply, with every step: the only product of a walk that reports are made from.
package struct Trace: Sendable {
  package var flow: Flow
  package var forward: Journey
  /// `nil` if the packet was denied, or if nothing answers it.
  package var reply: Journey?
  package var replyError: FlowError?
  package var notes: [TraceNote]

  /// The trace without its steps.
  package var verdict: Verdict {
    Verdict(
      forward: forward.judgement, matched: forward.matched, reply: reply?.judgement,
      replyMatched: reply?.matched ?? [], replyError: replyError)
  }
}

/// The way of one packet.
package struct Journey: Sendable {
  /// The packet as it entered.
  package var packet: Packet
  package var entry: Flow.Entry
  package var judgement: Judgement
  package var matched: [Decision]
  package var steps: [TraceStep]

  /// The packet as a gate saw it: after DNAT from routing on.
  package func packet(at gate: GateStep) -> Packet {
    gate.stage.isBeforeRouting ? packet : judgement.delivered
  }
}

/// One thing that happened to a packet.
package enum TraceStep: Sendable {
  case gate(GateStep)
  /// Connection tracking classified the packet.
  case conntrack(ConntrackState)
  /// DNAT by this rule of the host document.
  case dnat(before: Packet, after: Packet, rule: Int)
  case route(Exit, Path)
}

/// A gate in the packet's way: asked, or left aside for a reason.
package struct GateStep: Sendable {
  package var stage: Stage
  package var side: Gate.Side
  package var direction: Direction
  /// Index of the interface in the topology; `nil` where the packet passes none.
  package var interface: Int?
  /// Index of the endpoint in the world.
  package var endpoint: Int?
  /// The claim that puts the gate here.
  package var claim: String
  /// Set for a gate that never stands in this path: why.
  package var neverBecause: String?
  package var result: Result
  package var attempts: [Attempt]

  package enum Result: Hashable, Sendable {
    case asked(GateOutcome)
    case passed(GatePass)
  }

  /// A policy or profile that was tried.
  package struct Attempt: Hashable, Sendable {
    package var kind: Decision.Kind
    /// Index in the world's policies or profiles.
    package var subject: Int
    package var rules: [RuleResult]
  }

  /// A rule that was tried: the first criterion that failed it, or `nil` if it matched.
  package struct RuleResult: Hashable, Sendable {
    package var rule: Int
    package var failure: Criterion?
  }
}

/// Something beside the verdict that the reader should know.
package enum TraceNote: Hashable, Sendable {
  /// Another set of semantics decides the packet or its reply otherwise.
  case otherSemantics(String, verdict: Verdict)
  /// Untracked policy let the packet through to a workload, so replies have no connection to match (D4, D5).
  case untrackedToWorkload(Decision)
  /// Untracked policy allowed only one direction: TCP and ping break (S61). The reply passes this interface first, by its index
  /// in the topology.
  case untrackedOneWay(Decision, replyMeets: Int?)
  /// The reply was let through untracked though the packet was tracked: the client's next TCP segment is invalid.
  case replyUntracked(Decision)
  /// The packet would have been DNATed, but untracked packets are not (SEMANTICS section 7).
  case dnatLost(Decision, rule: Int)
  /// The sender is a workload, but the source address is none of its own.
  case foreignSource(endpoint: Int)
  /// There is no host document: interfaces and addresses were inferred from the endpoints.
  case inferredNetwork(node: ByteString)
}
