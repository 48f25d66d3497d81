import Reports
import Selector
import Simulator

/// A guess that named a policy or a profile.
extension GuessReview {
  func policyReason(_ pattern: DecisionPattern) -> String {
    guard let name = pattern.name, let index = walker.world.policies.firstIndex(where: { $0.name == name }) else {
      return missing("policy", pattern.name, among: walker.world.policies.map(\.name), table: "policies")
    }
    let policy = walker.world.policies[index]
    if let impossible = impossibility(pattern, policy.ingress, policy.egress) { return impossible }
    if walker.semantics.dropsRulesWithICMPZero, policy.namesICMPZero {
      return "a policy in which a rule names ICMP type 0 or code 0 counts as missing (D16): \(outcome(judgement.decidedBy))"
    }
    let met = gates.filter {
      policy.kind.stages.contains($0.stage) && (pattern.direction == nil || $0.direction == pattern.direction)
    }
    if let tried = met.last(where: { $0.tried(.policy, index) != nil }), let attempt = tried.tried(.policy, index) {
      return triedReason(attempt, at: tried, policy.rules(tried.direction), name, pattern)
    }
    // The gate at which the policy would have spoken, else one at which it has nothing to say.
    if let gate = met.first(where: { selects(policy, $0) }) ?? met.first(where: \.isAsked) ?? met.first {
      if case .passed(let why) = gate.result { return passReason(why, at: gate) }
      return unaskedReason(policy, at: gate)
    }
    return absenceReason(policy, pattern.direction)
  }

  private func selects(_ policy: Policy, _ gate: GateStep) -> Bool {
    gate.endpoint.map { walker.world.labels.endpoints(matching: policy.selector).contains($0) } ?? false
  }

  /// What no world could make true.
  private func impossibility(_ pattern: DecisionPattern, _ ingress: [Rule], _ egress: [Rule]) -> String? {
    guard let direction = pattern.direction, let name = pattern.name else { return nil }
    let rules = direction == .ingress ? ingress : egress
    guard !rules.isEmpty else { return "\(name) has no \(direction.rawValue) rules" }
    guard let place = pattern.rule else { return nil }
    guard rules.indices.contains(place) else {
      return
        "\(name) has no \(direction.rawValue)[\(place)]: its \(direction.rawValue) rules are numbered from 0 to \(rules.count - 1)"
    }
    switch rules[place].action {
    case .allow where !guess.isAllowed: return "\(direction.rawValue)[\(place)] of \(name) is an allow rule and drops nothing"
    case .deny where guess.isAllowed:
      return "\(direction.rawValue)[\(place)] of \(name) is a deny rule and lets nothing through"
    case .log, .pass:
      return
        "\(direction.rawValue)[\(place)] of \(name) is a \(rules[place].action.rawValue) rule and settles nothing by itself"
    default: return nil
    }
  }

  private func missing(_ what: String, _ name: ByteString?, among names: [ByteString], table: String) -> String {
    let wanted = name?.text ?? ""
    let close = closestName(to: wanted, among: names.map(\.text)).map { "did you mean \"\($0)\"? " } ?? ""
    return "there is no \(what) \"\(wanted)\" here; \(close)\"show \(table)\" lists what there is"
  }

  // MARK: It was tried

  private func triedReason(
    _ attempt: GateStep.Attempt, at gate: GateStep, _ rules: [Rule], _ name: ByteString, _ pattern: DecisionPattern
  ) -> String {
    let what = gate.direction.rawValue
    func label(_ rule: Int) -> String { "\(what)[\(rule)] of \(name)" }
    func unmatched(_ result: GateStep.RuleResult) -> String {
      let why = result.failure.map { CriterionText(rule: rules[result.rule], packet: packet(at: gate)).reason($0) } ?? ""
      return "\(label(result.rule)) is tried and does not match (\(why))"
    }
    if let wanted = pattern.rule {
      guard let result = attempt.rules.first(where: { $0.rule == wanted }) else {
        return "\(outcomeOf(gate)) before \(label(wanted)) is tried"
      }
      if result.failure != nil { return "\(unmatched(result)): \(whatThen(gate))" }
      return laterReason(gate, label(wanted))
    }
    if attempt.rules.contains(where: { $0.failure == nil }) { return laterReason(gate, "\(name)") }
    guard let first = attempt.rules.first else { return "\(name) has no \(what) rules: \(whatThen(gate))" }
    return "\(unmatched(first)): \(whatThen(gate))"
  }

  /// The rule matched, but it is another that settles the packet.
  private func laterReason(_ gate: GateStep, _ label: String) -> String {
    if case .asked(.accepted(let decision)) = gate.result, decision != judgement.decidedBy {
      return "\(label) does let it through at the \(Self.word(gate.stage)) stage, and then a later gate has its say: "
        + outcome(judgement.decidedBy)
    }
    return outcome(judgement.decidedBy)
  }

  /// How the gate at which the rule was tried came out, and where the packet was settled then.
  private func whatThen(_ gate: GateStep) -> String {
    if case .asked(.noVerdict) = gate.result {
      return
        "the \(Self.word(gate.stage)) stage has no default drop (S74), the packet goes on, and \(outcome(judgement.decidedBy))"
    }
    return outcome(judgement.decidedBy)
  }

  func outcomeOf(_ gate: GateStep) -> String {
    switch gate.result {
    case .asked(.accepted(let decision)), .asked(.denied(let decision)): outcome(decision)
    default: outcome(judgement.decidedBy)
    }
  }

  // MARK: It was not tried

  /// The gate was asked, and not this policy.
  private func unaskedReason(_ policy: Policy, at gate: GateStep) -> String {
    let place = endpointName(gate) ?? "the endpoint"
    if policy.isDisabled { return "\(policy.name) is disabled: \(outcome(judgement.decidedBy))" }
    guard selects(policy, gate) else {
      return
        "\(policy.name) does not select \(place), as its selector is \(policy.selector.text.text): \(outcome(judgement.decidedBy))"
    }
    switch gate.result {
    case .asked(.accepted(let decision)), .asked(.denied(let decision)):
      switch decision.kind {
      case .failsafe: return "a failsafe port comes before all policy: \(outcome(decision))"
      case .conntrackEstablished: return "what belongs to a known connection passes before any tracked policy is asked"
      case .conntrackInvalid: return "what belongs to no connection is dropped before any policy is asked: \(outcome(decision))"
      case .policy:
        let other = walker.world.policies[Int(decision.subject)]
        return
          "\(other.name) is asked before \(policy.name) (\(Self.order(other)) before \(Self.order(policy))), and \(outcome(decision))"
      default: return outcome(decision)
      }
    default: return outcome(judgement.decidedBy)
    }
  }

  private static func order(_ policy: Policy) -> String {
    guard let order = policy.order else { return "no order" }
    return "order \(order == order.rounded() && abs(order) < 1e15 ? String(Int(order)) : String(order))"
  }

  /// A gate that stood in the way and was not asked.
  func passReason(_ why: GatePass, at gate: GateStep) -> String {
    let interface = gate.interface.map { walker.topology.interfaces[$0].name.text } ?? "its way"
    switch why {
    case .never:
      return
        "\(pathWords), and there that gate is never asked, as \(gate.neverBecause ?? "") (\(gate.claim)): \(outcome(judgement.decidedBy))"
    case .spared(let decision):
      return "the packet never gets there: \(outcome(decision)), and \(sparing(decision))"
    case .final(let decision):
      let rest = decision.kind == .failsafe ? "that is final: no later gate is asked (D8)" : "no later gate is asked"
      return "the packet never gets there: \(outcome(decision)), and \(rest)"
    case .noEndpoint:
      let rest = judgement.decidedBy.kind == .notPoliced ? "" : ": \(outcome(judgement.decidedBy))"
      return "no host endpoint stands for \(interface), so nothing is asked there (S10)\(rest)"
    case .noPolicy:
      let place = endpointName(gate) ?? interface
      return "no \(Self.word(gate.stage)) policy selects \(place): \(outcome(judgement.decidedBy))"
    case .noInterface: return "the packet stays on the host: \(outcome(judgement.decidedBy))"
    }
  }

  /// What an early allow spares the packet, with the claim that says so.
  private func sparing(_ decision: Decision) -> String {
    let isForwarded = judgement.path == .forwarded
    if decision.stage == .untracked {
      return "what untracked policy allows skips pre-DNAT and normal policy (\(isForwarded ? "S95" : "S88"))"
    }
    return "what pre-DNAT policy allows skips normal policy (\(isForwarded ? "S96" : "S89"))"
  }

  /// No gate of the policy's kind stands in the packet's way, or it was dropped before it.
  private func absenceReason(_ policy: Policy, _ direction: Direction?) -> String {
    let planned = walker.semantics.gates[judgement.path] ?? []
    let isAhead = planned.contains { gate in
      gate.neverBecause == nil && (direction == nil || gate.direction == direction) && policy.kind.stages.contains(gate.stage)
    }
    if isAhead, !judgement.isAllowed { return "the packet never gets there: \(outcome(judgement.decidedBy))" }
    let what =
      "\(policy.kind == .preDNAT ? "pre-DNAT" : policy.kind.rawValue) \(direction.map { "\($0.rawValue) " } ?? "")rules"
    let claim: String =
      switch (policy.kind, judgement.path) {
      case (.untracked, _) where direction == .egress: " (S65: they see only what the host itself sends)"
      case (.preDNAT, .fromHost): " (S100)"
      case (.untracked, .fromWorkload), (.preDNAT, .fromWorkload), (.normal, .fromWorkload): " (S101)"
      case (.normal, .hostToWorkload): " (D9)"
      default: ""
      }
    return "\(pathWords), and no \(what) are asked on it\(claim): \(outcome(judgement.decidedBy))"
  }

  // MARK: Profiles

  func profileReason(_ pattern: DecisionPattern) -> String {
    guard let name = pattern.name, let index = walker.world.profile(named: name) else {
      return missing("profile", pattern.name, among: walker.world.profiles.map(\.name), table: "profiles")
    }
    let profile = walker.world.profiles[index]
    if let impossible = impossibility(pattern, profile.ingress, profile.egress) { return impossible }
    let met = gates.filter { gate in
      gate.isAsked && !gate.stage.isBeforeRouting && (pattern.direction == nil || gate.direction == pattern.direction)
    }
    if let tried = met.last(where: { $0.tried(.profile, index) != nil }), let attempt = tried.tried(.profile, index) {
      return triedReason(attempt, at: tried, tried.direction == .ingress ? profile.ingress : profile.egress, name, pattern)
    }
    guard let gate = met.last else { return "no gate with profiles is asked: \(outcome(judgement.decidedBy))" }
    let place = endpointName(gate) ?? "the endpoint"
    if let endpoint = gate.endpoint, !walker.world.endpoints[endpoint].profiles.contains(name) {
      return "\(place) does not list the profile \(name): \(outcome(judgement.decidedBy))"
    }
    if gate.attempts.contains(where: { $0.kind == .policy }) {
      return "policy applies to \(place), so its profiles are not consulted (S36): \(outcome(judgement.decidedBy))"
    }
    return outcome(judgement.decidedBy)
  }
}

extension Policy {
  var namesICMPZero: Bool {
    (ingress + egress).contains { rule in
      [rule.icmp, rule.notICMP].contains { $0?.type == 0 || $0?.code == 0 }
    }
  }
}

extension PolicyKind {
  fileprivate var stages: [Stage] {
    switch self {
    case .untracked: [.untracked]
    case .preDNAT: [.preDNAT]
    case .normal: [.normal, .workload]
    }
  }
}

extension GateStep {
  var isAsked: Bool {
    if case .asked = result { return true }
    return false
  }

  /// What came of trying a policy or profile here.
  func tried(_ kind: Decision.Kind, _ subject: Int) -> Attempt? {
    attempts.first { $0.kind == kind && $0.subject == subject }
  }
}
