package import Simulator

/// Which kinds of policy stand in the way of which packets: all paths and the gates on each, under one set of semantics or several side
/// by side. Read from the semantics' own tables, which the walk interprets, and from nothing else.
package struct PathMap: Sendable {
  /// The sets that are compared, by name.
  package var semantics: [String]
  package var rows: [Row]

  /// A path.
  package struct Row: Sendable {
    package var path: Path
    /// In the order in which the packet meets them.
    package var gates: [Gate]
  }

  /// A gate as each of the sets has it.
  package struct Gate: Sendable {
    package var stage: Stage
    package var direction: Direction
    /// Whose rules it asks; the interface of the route before DNAT is B, too.
    package var owner: Owner
    /// One for each set, in their order.
    package var rules: [Rule]

    /// Do the sets differ here?
    package var differs: Bool { rules.contains { $0 != rules[0] } }
  }

  /// Whose rules a gate asks, as the guide calls them.
  package enum Owner: String, Hashable, Sendable {
    /// The interface by which the packet comes in, and the one by which it leaves.
    case arrival = "A"
    case departure = "B"
    case sender = "the sending workload"
    case receiver = "the receiving workload"
    /// `defaultEndpointToHostAction` instead of rules.
    case hostAction = "the host's own action"
  }

  /// What a set says of a gate.
  package enum Rule: Hashable, Sendable {
    /// The set's table knows no such gate.
    case absent
    /// It stands in the reader's mind alone: why not in the way.
    case never(reason: String)
    /// It is asked, unless one of these accepted before.
    case asked(skippedAfter: Simulator.Gate.EarlyAccepts, isBeforeDNAT: Bool)
  }

  /// - Parameter semantics: one or more.
  /// - Complexity: linear in the gates of the tables.
  package init(_ semantics: [Semantics]) {
    self.semantics = semantics.map(\.name)
    rows = Path.allCases.map { path in
      Row(path: path, gates: Self.gates(semantics.map { $0.gates[path] ?? [] }))
    }
  }

  /// The gates of all sets, each once. What only a later set has stands behind what it stands behind there.
  private static func gates(_ lists: [[Simulator.Gate]]) -> [Gate] {
    var gates: [Gate] = []
    for (number, list) in lists.enumerated() {
      var place = 0
      for gate in list {
        let owner = owner(gate.side)
        let known = gates.firstIndex { $0.stage == gate.stage && $0.direction == gate.direction && $0.owner == owner }
        let rule: Rule =
          gate.neverBecause.map { .never(reason: $0) }
          ?? .asked(skippedAfter: gate.skippedAfter, isBeforeDNAT: gate.side == .departureBeforeDNAT)
        if known == nil {
          let rules = Array(repeating: Rule.absent, count: lists.count)
          gates.insert(Gate(stage: gate.stage, direction: gate.direction, owner: owner, rules: rules), at: place)
        }
        gates[known ?? place].rules[number] = rule
        place = (known ?? place) + 1
      }
    }
    return gates
  }

  private static func owner(_ side: Simulator.Gate.Side) -> Owner {
    switch side {
    case .arrival: .arrival
    case .departure, .departureBeforeDNAT: .departure
    case .sender: .sender
    case .receiver: .receiver
    case .hostAction: .hostAction
    }
  }
}
