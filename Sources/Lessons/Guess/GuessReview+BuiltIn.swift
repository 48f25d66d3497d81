import Reports
import Selector
import Simulator

/// A guess that named something built in.
extension GuessReview {
  var failsafeReason: String {
    let packet = journey.packet
    let topology = walker.topology
    func list(_ ports: [Host.FailsafePort]) -> String {
      ports.isEmpty ? "none" : ports.map { "\($0.protocol) \($0.port)" }.joined(separator: ", ")
    }
    let isInbound = gates.contains { $0.side == .arrival }
    let ports = isInbound ? topology.failsafeInbound : topology.failsafeOutbound
    let isListed = ports.contains {
      $0.protocol == packet.protocol && $0.port == packet.destinationPort && packet.protocol.hasPorts
    }
    guard isListed else {
      let own = packet.protocol.hasPorts ? "\(packet.protocol) port \(packet.destinationPort)" : "\(packet.protocol)"
      return
        "this host's \(isInbound ? "inbound" : "outbound") failsafe ports are \(list(ports)), and the packet goes to \(own): "
        + outcome(judgement.decidedBy)
    }
    let isOfWorkload = judgement.path == .toWorkload || judgement.path == .fromWorkload || judgement.path == .workloadToWorkload
    return isOfWorkload
      ? "failsafe ports belong to host endpoints, and a workload's own policy has the last word: \(outcome(judgement.decidedBy))"
      : outcome(judgement.decidedBy)
  }

  /// The gate with a default drop that was asked last.
  private var lastGate: GateStep? { gates.last { $0.isAsked && ($0.stage == .normal || $0.stage == .workload) } }

  var noPolicyReason: String {
    guard let gate = lastGate else { return noDefaultReason }
    let place = endpointName(gate) ?? "the endpoint"
    if !gate.attempts.contains(where: { $0.kind == .policy }), judgement.decidedBy.kind == .noProfileMatched {
      let lost = policiesFelixLeavesOut(at: gate)
      guard lost.isEmpty else {
        return
          "what selects \(place) (\(lost.joined(separator: ", "))) names ICMP type 0 or code 0 and counts as missing (D16), "
          + "so no policy is left, and of its profiles none lets the packet through"
      }
      return "no policy selects \(place) at all, so it is its profiles' turn, and none of them lets the packet through"
    }
    if judgement.decidedBy.stage == gate.stage { return outcome(judgement.decidedBy) }
    return "\(outcomeOf(gate)), and \(outcome(judgement.decidedBy))"
  }

  /// The policies that would be asked there, if they did not count as missing.
  private func policiesFelixLeavesOut(at gate: GateStep) -> [String] {
    guard walker.semantics.dropsRulesWithICMPZero, let endpoint = gate.endpoint else { return [] }
    return walker.world.policies.filter { policy in
      policy.kind == .normal && !policy.isDisabled && policy.namesICMPZero
        && walker.world.labels.endpoints(matching: policy.selector).contains(endpoint)
    }.map(\.name.text)
  }

  var noProfileReason: String {
    guard let gate = lastGate else { return noDefaultReason }
    let place = endpointName(gate) ?? "the endpoint"
    if judgement.decidedBy.kind == .noPolicyMatched {
      let names = gate.attempts.filter { $0.kind == .policy }.map { walker.world.policies[$0.subject].name.text }
      return "policy applies to \(place) (\(names.joined(separator: ", "))), so its profiles are not consulted (S36): "
        + "that none of the rules matches is what drops it"
    }
    return outcome(judgement.decidedBy)
  }

  /// No gate that has a default drop was asked: why.
  private var noDefaultReason: String {
    for gate in gates where gate.stage == .normal || gate.stage == .workload {
      if case .passed(let why) = gate.result { return passReason(why, at: gate) }
    }
    return "the packet never gets to a stage with a default drop: \(outcome(judgement.decidedBy))"
  }

  var notPolicedReason: String {
    // Of all that is asked the gate that settles it says most.
    let settling = gates.last { gate in
      switch gate.result {
      case .asked(.accepted(let decision)), .asked(.denied(let decision)): decision == judgement.decidedBy
      default: false
      }
    }
    guard let gate = settling ?? gates.last(where: \.isAsked), let place = endpointName(gate) else {
      return outcome(judgement.decidedBy)
    }
    let interface = gate.interface.map { " (\(walker.topology.interfaces[$0].name))" } ?? ""
    return "\(place)\(interface) is asked about it: \(outcome(judgement.decidedBy))"
  }

  /// - Parameter name: of the profile that was guessed to be missing; `nil` if none was named.
  func missingProfileReason(_ name: ByteString?) -> String {
    let world = walker.world
    let missing = gates.compactMap { gate -> (gate: GateStep, names: [ByteString])? in
      guard !gate.stage.isBeforeRouting, let endpoint = gate.endpoint else { return nil }
      return (gate, world.endpoints[endpoint].profiles.filter { world.profile(named: $0) == nil })
    }
    let then = outcome(judgement.decidedBy)
    guard let name else {
      guard missing.contains(where: { !$0.names.isEmpty }) else {
        return "every profile that an endpoint in its way lists is there: \(then)"
      }
      return then
    }
    if world.profile(named: name) != nil { return "there is a profile \(name): \(then)" }
    guard let (gate, _) = missing.last(where: { $0.names.contains(name) }) else {
      return "no endpoint in its way lists a profile \(name): \(then)"
    }
    let place = endpointName(gate) ?? "the endpoint"
    if case .passed(let why) = gate.result { return passReason(why, at: gate) }
    if gate.attempts.contains(where: { $0.kind == .policy }) {
      return "policy applies to \(place), so its profiles are not asked, missing or not (S36): \(then)"
    }
    return "\(outcomeOf(gate)) before that profile is looked for"
  }

  var establishedReason: String {
    guard flow.isAboutReply else {
      guard judgement.state != .invalid else { return "no connection is known: \(outcome(judgement.decidedBy))" }
      return "the packet begins its connection, so none is known yet: \(outcome(judgement.decidedBy))"
    }
    guard flow.answersTracked else {
      return
        "the packet that it answers was let through untracked, so no connection was recorded (S58): \(outcome(judgement.decidedBy))"
    }
    return "untracked policy comes before connection tracking (S57): \(outcome(judgement.decidedBy))"
  }

  var invalidReason: String {
    guard flow.isAboutReply else {
      return "the packet begins a connection of its own, which is new: \(outcome(judgement.decidedBy))"
    }
    if flow.answersTracked {
      return "the packet that it answers was tracked, so its connection is known: \(outcome(judgement.decidedBy))"
    }
    if judgement.state == .untracked {
      return "it is let through before connection tracking sees it: \(outcome(judgement.decidedBy))"
    }
    return "an answer in \(journey.packet.protocol) may begin a connection of its own (D4): \(outcome(judgement.decidedBy))"
  }
}
