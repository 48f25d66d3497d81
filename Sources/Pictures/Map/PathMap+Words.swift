import Simulator

extension PathMap.Row {
  /// `K1 to-workload`.
  package var title: String { "\(path.number) \(path.rawValue)" }

  /// Where the packets come from and where they go.
  package var ends: String {
    switch path {
    case .toWorkload: "in by A, to a local workload"
    case .toHost: "in by A, to a process on the host"
    case .forwarded: "in by A, out by B"
    case .fromHost: "from a process on the host, out by B"
    case .fromWorkload: "from a local workload, out by B"
    case .workloadToWorkload: "from a local workload to another"
    case .hostToWorkload: "from a process on the host to a local workload"
    case .workloadToHost: "from a local workload to a process on the host"
    }
  }
}

extension PathMap.Gate {
  /// `normal ingress of A`.
  package var title: String { "\(stage.rawValue) \(name)" }

  /// The same where the stage is told already: `ingress of A`.
  var name: String { owner == .hostAction ? "to host" : "\(direction.rawValue) of \(owner.rawValue)" }
}

extension PathMap.Rule {
  /// `asked`, `asked unless untracked policy allowed it`, `never: the packet is for a local workload`.
  package var words: String {
    switch self {
    case .absent: return "not in the way"
    case .never(let reason): return "never: \(reason)"
    case .asked(let skippedAfter, let isBeforeDNAT):
      var accepts: [String] = []
      if skippedAfter.contains(.untracked) { accepts.append("untracked") }
      if skippedAfter.contains(.preDNAT) { accepts.append("pre-dnat") }
      let unless = accepts.isEmpty ? "" : " unless \(accepts.joined(separator: " or ")) policy allowed it"
      return "asked" + unless + (isBeforeDNAT ? "; B by the route before DNAT" : "")
    }
  }

  /// Is the gate in a packet's way?
  package var isAsked: Bool {
    if case .asked = self { true } else { false }
  }
}

extension PathMap {
  /// Stands where the sets differ.
  static let mark = "≠"

  package var title: String { "When policies apply: \(semantics.joined(separator: " and "))" }

  /// What the letters and words of the map mean.
  package var legend: [String] {
    let lines = [
      "A is the interface by which a packet comes in, B the one by which it leaves.",
      "untracked, pre-dnat and normal policy is that of A's or B's host endpoint; workload policy is the workload's own.",
      "An interface without a host endpoint has no gates. \"workload to host\" is the host's defaultEndpointToHostAction.",
    ]
    return semantics.count > 1 ? lines + ["\(Self.mark) stands where the sets differ."] : lines
  }

  /// Everything in sentences, for who cannot see the map.
  package var description: String {
    let sentences = rows.map { row in
      let gates = row.gates.map { gate in
        let words =
          gate.differs
          ? "differs: " + zip(semantics, gate.rules).map { "\($0): \($1.words)" }.joined(separator: "; ")
          : gate.rules[0].words
        return "\(gate.title), \(words)"
      }
      return "\(row.title), \(row.ends): \(gates.joined(separator: "; "))."
    }
    return (sentences + legend).joined(separator: " ")
  }
}
