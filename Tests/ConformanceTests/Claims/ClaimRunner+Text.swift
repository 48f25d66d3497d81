import Reports
import Selector
import Simulator

/// How checks write decisions and steps: one line each, where first, then what.
extension ClaimRunner {
  /// `normal in(eth0): policy webserver[0]`; `not-policed` stands nowhere.
  static func text(_ decision: Decision, _ walker: Walker) -> String {
    let name = DecisionName(decision, on: walker)
    let subject = name.name?.text ?? ""
    let what =
      switch decision.kind {
      case .policy, .profile: "\(decision.kind.name) \(subject)[\(decision.rule)]"
      case .missingProfile: "\(decision.kind.name) \(subject)"
      case .failsafe: "failsafe " + (name.failsafe.map { "\($0.protocol) \($0.port)" } ?? "?")
      default: decision.kind.name
      }
    guard let stage = decision.stage else { return what }
    return "\(site(stage, decision.direction, name.interface?.text)): \(what)"
  }

  static func text(_ exit: Exit?, _ walker: Walker) -> String? {
    switch exit {
    case nil: nil
    case .host: "host"
    case .interface(let place): walker.topology.interfaces[place].name.text
    }
  }

  /// `normal in(eth0): never`, `conntrack: new`, `dnat: 0`, `route: to-host`.
  static func text(_ step: TraceStep, _ walker: Walker) -> String {
    switch step {
    case .conntrack(let state): return "conntrack: \(state.rawValue)"
    case .dnat(_, _, let rule): return "dnat: \(rule)"
    case .route(_, let path): return "route: \(path.rawValue)"
    case .gate(let gate):
      let interface = gate.interface.map { walker.topology.interfaces[$0].name.text }
      return "\(site(gate.stage, gate.direction, interface)): \(text(gate.result, walker))"
    }
  }

  private static func text(_ result: GateStep.Result, _ walker: Walker) -> String {
    switch result {
    case .asked(.accepted): "accepted"
    case .asked(.denied): "denied"
    case .asked(.noVerdict): "no verdict"
    case .passed(.never): "never"
    case .passed(.spared(let decision)): "spared by \(DecisionName(decision, on: walker).name?.text ?? "?")"
    case .passed(.final): "final already"
    case .passed(.noEndpoint): "no endpoint"
    case .passed(.noPolicy): "no policy"
    case .passed(.noInterface): "no interface"
    }
  }

  private static func site(_ stage: Stage, _ direction: Direction, _ interface: String?) -> String {
    "\(stage.rawValue) \(direction == .ingress ? "in" : "out")(\(interface ?? ""))"
  }
}
