package import Selector
package import Simulator

/// What a decision is called: its numbers resolved in the walker that took it.
package struct DecisionName: Sendable {
  package let decision: Decision
  /// The policy, the profile or the missing profile.
  package let name: ByteString?
  /// Full name of the endpoint, node first.
  package let endpoint: ByteString?
  package let interface: ByteString?
  /// The rule itself; `nil` for built-in decisions.
  package let rule: Rule?
  package let failsafe: Host.FailsafePort?

  package init(_ decision: Decision, on walker: Walker) {
    let world = walker.world
    self.decision = decision
    let endpoint = decision.endpoint >= 0 ? world.endpoints[Int(decision.endpoint)] : nil
    self.endpoint = endpoint?.name
    interface = decision.interface >= 0 ? walker.topology.interfaces[Int(decision.interface)].name : nil
    let subject = Int(decision.subject)
    let index = Int(decision.rule)
    switch decision.kind {
    case .policy:
      let policy = world.policies[subject]
      name = policy.name
      rule = policy.rules(decision.direction)[index]
      failsafe = nil
    case .profile:
      let profile = world.profiles[subject]
      name = profile.name
      rule = profile.rules(decision.direction)[index]
      failsafe = nil
    case .missingProfile:
      name = endpoint?.profiles[subject]
      rule = nil
      failsafe = nil
    case .failsafe:
      name = nil
      rule = nil
      let topology = walker.topology
      failsafe = (decision.direction == .ingress ? topology.failsafeInbound : topology.failsafeOutbound)[index]
    default:
      name = nil
      rule = nil
      failsafe = nil
    }
  }

  /// `webserver ingress[0]`, or the name of a built-in decision.
  package var label: String {
    switch decision.kind {
    case .policy, .profile: "\(decision.kind.name) \(name?.text ?? "") \(decision.direction.rawValue)[\(decision.rule)]"
    case .failsafe:
      "failsafe \(decision.direction == .ingress ? "inbound" : "outbound") "
        + (failsafe.map { "\($0.protocol) \($0.port)" } ?? "")
    case .missingProfile: "missing profile \(name?.text ?? "")"
    case .noPolicyMatched: "no policy matched"
    case .noProfileMatched: "no profile matched"
    case .conntrackEstablished: "established connection"
    case .conntrackInvalid: "invalid for connection tracking"
    case .unknownWorkload: "unknown workload"
    case .endpointToHostAction:
      "defaultEndpointToHostAction \(decision.action == .allow ? "Accept" : decision.action == .deny ? "Drop" : "Return")"
    case .notPoliced: "not policed"
    }
  }
}
