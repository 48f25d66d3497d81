/// What the walk tells of its steps while it goes. One recorder keeps what matched, for speed; another keeps all, for
/// people. Calls come in the order in which the packet meets things.
protocol WalkRecorder {
  /// Must every rule be tried and every failure told? If not, rules that cannot match are passed over.
  static var wantsFailures: Bool { get }

  /// A gate, by its number in the walker, is reached and its endpoint's rules are about to be asked.
  mutating func enter(_ site: Decision.Site, gate: Int)
  /// A gate does not stop the packet because it is not asked.
  mutating func pass(_ site: Decision.Site, gate: Int, because reason: GatePass)
  /// A policy or profile is about to be tried, rule by rule.
  mutating func attempt(_ kind: Decision.Kind, subject: Int32)
  /// A rule did not match, because of this criterion.
  mutating func fail(rule: Int32, _ criterion: Criterion)
  /// A rule matched, or something built in decided or took note.
  mutating func match(_ decision: Decision)
  /// The gate that was entered last came to this.
  mutating func leave(_ outcome: GateOutcome)
  /// Connection tracking classified the packet.
  mutating func classify(_ state: ConntrackState)
  /// DNAT rewrote the packet.
  mutating func rewrite(_ before: Packet, _ after: Packet, rule: Int)
  /// Routing chose where the packet goes.
  mutating func route(_ exit: Exit, path: Path)
}

/// Why a gate let a packet by without being asked.
package enum GatePass: Hashable, Sendable {
  /// It never stands in this path; the gate itself says why.
  case never
  /// An earlier accept spares the packet this gate.
  case spared(Decision)
  /// An earlier failsafe or established match was final.
  case final(Decision)
  /// No host endpoint governs the interface.
  case noEndpoint
  /// The endpoint has no policy of this stage's kind.
  case noPolicy
  /// The interface is the loopback or there is none.
  case noInterface
}

/// What an asked gate came to.
package enum GateOutcome: Hashable, Sendable {
  case accepted(Decision)
  case denied(Decision)
  /// The end of the list: the packet goes on.
  case noVerdict
}

/// Keeps the decisions that a packet matched, in order.
struct MatchRecorder: WalkRecorder {
  static let wantsFailures = false

  var matched: [Decision] = []

  @inline(__always) mutating func enter(_ site: Decision.Site, gate: Int) {}
  @inline(__always) mutating func pass(_ site: Decision.Site, gate: Int, because reason: GatePass) {}
  @inline(__always) mutating func attempt(_ kind: Decision.Kind, subject: Int32) {}
  @inline(__always) mutating func fail(rule: Int32, _ criterion: Criterion) {}
  @inline(__always) mutating func match(_ decision: Decision) {
    if decision.isListed { matched.append(decision) }
  }
  @inline(__always) mutating func leave(_ outcome: GateOutcome) {}
  @inline(__always) mutating func classify(_ state: ConntrackState) {}
  @inline(__always) mutating func rewrite(_ before: Packet, _ after: Packet, rule: Int) {}
  @inline(__always) mutating func route(_ exit: Exit, path: Path) {}
}
