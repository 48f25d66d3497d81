/// Where in the packet's way a check stands (SEMANTICS section 1).
package enum Stage: String, Hashable, Sendable, CaseIterable {
  /// Before connection tracking: Linux's raw table.
  case untracked
  /// Before DNAT: the mangle table.
  case preDNAT = "pre-dnat"
  /// After routing, host endpoints: the filter table.
  case normal
  /// After routing, workload endpoints: the filter table.
  case workload

  /// Does the stage come before DNAT and routing?
  package var isBeforeRouting: Bool { self == .untracked || self == .preDNAT }
}

/// One check on a path: whose rules, in which direction, and after which early accept it is left out.
package struct Gate: Hashable, Sendable {
  /// Whose rules the gate asks.
  package enum Side: Hashable, Sendable {
    /// A: the interface by which the packet came in.
    case arrival
    /// B: the interface by which it leaves.
    case departure
    /// The interface by which it would leave had there been no DNAT; for packets of the host itself.
    case departureBeforeDNAT
    /// The workload that sent it.
    case sender
    /// The workload that gets it.
    case receiver
    /// `DefaultEndpointToHostAction` instead of rules.
    case hostAction
  }

  /// An accept in one stage that makes later stages step aside.
  package struct EarlyAccepts: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    package static let untracked = EarlyAccepts(rawValue: 1)
    package static let preDNAT = EarlyAccepts(rawValue: 2)
  }

  package var stage: Stage
  package var side: Side
  package var direction: Direction
  package var skippedAfter: EarlyAccepts
  /// Set for a gate that stands in the reader's mind but not in this path, with the reason.
  package var neverBecause: String?
  /// The claim of the seed that puts the gate here, such as `S80`.
  package var claim: String

  /// A gate that the packet goes through.
  package static func gate(
    _ stage: Stage, _ side: Side, _ direction: Direction, skippedAfter: EarlyAccepts = [], claim: String
  ) -> Gate {
    Gate(
      stage: stage, side: side, direction: direction, skippedAfter: skippedAfter, neverBecause: nil, claim: claim)
  }

  /// A gate that people expect here and that this path never asks.
  package static func never(
    _ stage: Stage, _ side: Side, _ direction: Direction, because reason: String, claim: String
  ) -> Gate {
    Gate(stage: stage, side: side, direction: direction, skippedAfter: [], neverBecause: reason, claim: claim)
  }
}
