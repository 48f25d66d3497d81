import Selector
package import Simulator

extension GateStep {
  /// `normal ingress`; `workload to host` for the gate that asks no rules.
  package var title: String { Gate.title(stage, side, direction) }
}

extension Gate {
  /// The same for a gate of the semantics.
  package var title: String { Self.title(stage, side, direction) }

  fileprivate static func title(_ stage: Stage, _ side: Side, _ direction: Direction) -> String {
    "\(stage.rawValue) \(side == .hostAction ? "to host" : direction.rawValue)"
  }
}

extension GatePass {
  /// Why a gate was not asked; of one that never is the gate itself says why.
  package func text(on walker: Walker) -> String {
    switch self {
    case .never: "not on this path"
    case .spared(let decision), .final(let decision):
      "\(DecisionName(decision, on: walker).labelWithPlace) let the packet through before"
    case .noEndpoint: "no host endpoint: left alone"
    case .noPolicy: "no policy of this kind applies"
    case .noInterface: "the packet stays on the host"
    }
  }
}

extension DecisionName {
  /// `policy web ingress[0] (cluster.yaml:31)`, the file without its folders, and no control characters.
  package var labelWithPlace: String {
    Style.visible(label) + (rule?.location.map { " (\($0.shortFileAndLine))" } ?? "")
  }
}

extension ConntrackState {
  /// What the state means, where its name does not say it; else empty.
  package var meaning: String {
    switch self {
    case .new: ""
    case .established: "answers a connection that was let through"
    case .invalid: "begins no connection and answers none"
    case .untracked: "no connection is recorded, no DNAT is done"
    }
  }
}
