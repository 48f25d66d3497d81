import Reports
import Selector
import Simulator

/// Says where a wrong guess left the packet's way: at which gate the guessed decision would have been taken, and what really
/// happened there.
package struct GuessReview: Sendable {
  let guess: Guess
  let flow: JudgedFlow

  package init(_ guess: Guess, of flow: JudgedFlow) {
    self.guess = guess
    self.flow = flow
  }

  package var isRight: Bool { flow.isRight(guess) }

  /// A sentence in two lines; none for a right guess.
  package var explanation: [String] {
    guard !isRight else { return [] }
    guard let pattern = guess.decision, let kind = pattern.kind else {
      return ["It is not so: \(outcome(judgement.decidedBy))."]
    }
    let place = pattern.endpoint.map { " at \($0)" } ?? ""
    return ["You expected \(expected(pattern, kind))\(place),", "but \(reason(pattern, kind))."].map(Style.visible)
  }

  private func expected(_ pattern: DecisionPattern, _ kind: Decision.Kind) -> String {
    let verb = guess.isAllowed ? "let it through" : "drop it"
    switch kind {
    case .policy, .profile, .missingProfile: return "\(pattern.text) to \(verb)\(stageWords(pattern, kind))"
    case .failsafe:
      let port = guess.failsafe?.text ?? ""
      return port.isEmpty ? "a failsafe port to \(verb)" : "failsafe \(port) to \(verb)"
    case .noPolicyMatched: return "no rule of the policies that apply to match, so that the default drops it"
    case .noProfileMatched: return "no policy to apply and no profile to match, so that the default drops it"
    case .notPoliced: return "nothing to stand in its way"
    case .conntrackEstablished: return "a known connection to \(verb)"
    case .conntrackInvalid: return "it to belong to no connection and to begin none"
    case .unknownWorkload: return "it to meet an unknown workload"
    case .endpointToHostAction: return "defaultEndpointToHostAction to settle it"
    }
  }

  private func stageWords(_ pattern: DecisionPattern, _ kind: Decision.Kind) -> String {
    guard kind == .policy, let name = pattern.name, let policy = walker.world.policies.first(where: { $0.name == name }) else {
      return ""
    }
    switch policy.kind {
    case .untracked: return " at the untracked stage"
    case .preDNAT: return " at the pre-DNAT stage"
    case .normal: return ""
    }
  }

  private func reason(_ pattern: DecisionPattern, _ kind: Decision.Kind) -> String {
    switch kind {
    case .policy: return policyReason(pattern)
    case .profile: return profileReason(pattern)
    case .failsafe: return failsafeReason
    case .noPolicyMatched: return noPolicyReason
    case .noProfileMatched: return noProfileReason
    case .notPoliced: return notPolicedReason
    case .conntrackEstablished: return establishedReason
    case .conntrackInvalid: return invalidReason
    case .missingProfile: return missingProfileReason(pattern.name)
    case .unknownWorkload:
      return "every workload interface in its way has its endpoint: \(outcome(judgement.decidedBy))"
    case .endpointToHostAction:
      return judgement.path == .workloadToHost
        ? "\(outcome(judgement.decidedBy)) before that is asked"
        : "that settles only what a workload sends to its own host, and \(pathWords): \(outcome(judgement.decidedBy))"
    }
  }
}

// MARK: - What all reasons share

extension GuessReview {
  var walker: Walker { flow.walker }
  var journey: Journey { flow.journey }
  var judgement: Judgement { flow.judgement }

  var gates: [GateStep] {
    journey.steps.compactMap { step in
      if case .gate(let gate) = step { return gate }
      return nil
    }
  }

  /// `the path is to-host (K2)`.
  var pathWords: String { "the path is \(judgement.path.rawValue) (\(judgement.path.number))" }

  /// `policy web ingress[0] drops it at the normal stage of eth0`.
  func outcome(_ decision: Decision) -> String {
    let label = DecisionName(decision, on: walker).label
    switch decision.kind {
    case .policy, .profile, .failsafe, .conntrackEstablished:
      return "\(label) \(decision.action == .allow ? "lets it through" : "drops it")\(at(decision))"
    case .noPolicyMatched: return "policies apply\(at(decision)) and none of their rules matches, so the default drops it"
    case .noProfileMatched: return "no policy applies\(at(decision)) and no profile lets it through, so the default drops it"
    case .notPoliced: return "nothing that Calico controls stands in its way"
    case .conntrackInvalid: return "it begins no connection and belongs to none, and is dropped\(at(decision))"
    case .missingProfile: return "\(label) denies everything\(at(decision))"
    case .unknownWorkload: return "the interface has a workload prefix and no endpoint, and drops it"
    case .endpointToHostAction: return "\(label) settles it"
    }
  }

  func at(_ decision: Decision) -> String {
    guard let stage = decision.stage else { return "" }
    let name = DecisionName(decision, on: walker)
    let place = decision.endpoint >= 0 ? walker.world.endpoints[Int(decision.endpoint)].shortName.text : name.interface?.text
    return " at the \(Self.word(stage)) stage" + (place.map { " of \($0)" } ?? "")
  }

  static func word(_ stage: Stage) -> String { stage == .preDNAT ? "pre-DNAT" : stage.rawValue }

  func endpointName(_ gate: GateStep) -> String? { gate.endpoint.map { walker.world.endpoints[$0].shortName.text } }

  /// The packet as a gate saw it: after DNAT from routing on.
  func packet(at gate: GateStep) -> Packet { gate.stage.isBeforeRouting ? journey.packet : judgement.delivered }
}
