import Selector
import Simulator

/// What decides at a gate without being a rule: defaults, failsafes, connection tracking, missing things.
extension Narrator {
  /// Rules were tried, and none decided.
  mutating func sayDefault(_ decision: Decision, _ silent: [GateStep.Attempt], _ telling: GateTelling) {
    if !silent.isEmpty { sayUnmatched(silent, telling) }
    let name = endpointName(telling.site)
    guard decision.kind == .noPolicyMatched else { return say(withoutProfile(decision, name), [.builtIn(decision)]) }
    let what = part == .reply ? "the reply" : "the packet"
    let drop: Prose = "where policies apply, what none of them allows is dropped: this default drop meets \(what) at \(name)"
    let profiles = walker.world.endpoints[Int(decision.endpoint)].profiles
    guard !profiles.isEmpty else { return say(drop, [.builtIn(decision)]) }
    let (word, verb) = profiles.count == 1 ? ("profile", "is") : ("profiles", "are")
    let unheard: Prose = "\(word) \(.names(profiles))\(glossary.meaning(of: .profile)) \(verb) not asked"
    say("\(drop), and \(unheard)", [.builtIn(decision)])
  }

  private func withoutProfile(_ decision: Decision, _ name: Prose) -> Prose {
    if decision.kind == .missingProfile {
      let profile = walker.world.endpoints[Int(decision.endpoint)].profiles[Int(decision.subject)]
      return "\(name) names profile \(name: profile), which does not exist: a missing profile denies everything"
    }
    return "what no profile of \(name) allows is dropped"
  }

  /// A decision before or without any rule.
  mutating func sayBuiltIn(_ decision: Decision, _ telling: GateTelling) {
    let what = builtIn(decision, telling.gate, endpointName(telling.site))
    guard decision.kind != .conntrackEstablished, !telling.notAsked.isEmpty else { return say(what, [.builtIn(decision)]) }
    let names = Prose.names(telling.notAsked.map { walker.world.policies[$0].name })
    say("\(what), not even \(names)", [.builtIn(decision), .notAsked(telling.site, .policy, telling.notAsked)])
  }

  private mutating func builtIn(_ decision: Decision, _ gate: GateStep, _ endpoint: Prose) -> Prose {
    switch decision.kind {
    case .failsafe:
      let way = decision.direction == .ingress ? "inbound" : "outbound"
      let meaning = glossary.meaning(of: .failsafe)
      let policy: Prose = "\(policyWord(gate.stage))\(glossary.meaning(of: Term(gate.stage)))"
      return "\(failsafePort(decision)) is an \(way) failsafe port\(meaning), so at \(endpoint) no \(policy) is asked"
    case .conntrackEstablished:
      return "the \(gate.stage.rawValue) stage lets it through at \(endpoint), as its connection is known"
    case .conntrackInvalid:
      return
        "at \(endpoint) an invalid packet is dropped, and no \(policyWord(gate.stage))\(glossary.meaning(of: Term(gate.stage))) is asked"
    case .unknownWorkload:
      return "\(interface(decision)) has the prefix of workloads' interfaces and no endpoint, so Calico drops what passes it"
    case .noProfileMatched:
      let policy: Prose = "normal policy\(gate.stage == .normal ? glossary.meaning(of: .normal) : "")"
      let profile: Prose = "profile\(glossary.meaning(of: .profile))"
      return "neither a \(policy) nor a \(profile) applies to \(endpoint), so everything is dropped there"
    case .missingProfile: return "no normal policy applies to \(endpoint); \(withoutProfile(decision, "it"))"
    default: return "\(DecisionName(decision, on: walker).label)"
    }
  }

  private func failsafePort(_ decision: Decision) -> Prose {
    DecisionName(decision, on: walker).failsafe.map { "\($0.protocol.inProse) \($0.port)" } ?? ""
  }

  private func interface(_ decision: Decision) -> Prose {
    decision.interface >= 0 ? "\(name: walker.topology.interfaces[Int(decision.interface)].name)" : ""
  }

  /// `defaultEndpointToHostAction`, which stands where a workload's packet comes to the host itself.
  mutating func sayHostAction(_ gate: GateStep, _ journey: Journey) {
    guard let decision = gate.outcome?.decision ?? journey.matched.last(where: { $0.kind == .endpointToHostAction }) else {
      return
    }
    let setting: Prose =
      "what workloads send to their own host is ruled by Felix's setting \(name: "defaultEndpointToHostAction")"
    switch decision.action {
    case .allow: say("\(setting), which is \(name: "Accept")", [.builtIn(decision)])
    case .deny: say("\(setting), which is \(name: "Drop")", [.builtIn(decision)])
    case .pass, .log:
      say(
        "\(setting), which is \(name: "Return"): host endpoints are not asked, and it is left alone",
        [.builtIn(decision), .wentOn(GateSite(gate))])
    }
  }
}
