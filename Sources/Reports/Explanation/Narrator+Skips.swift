import Selector
import Simulator

/// Gates that were not asked: why, and which policies have no say for it.
extension Narrator {
  /// - Parameter gates: all left out for the same reason at the same interface.
  mutating func saySkipped(_ gates: [GateStep], because reason: GatePass, on journey: Journey) {
    let facts = gates.filter { !reason.hidesPolicies || $0.endpoint != nil }.map { gate in
      Fact.skipped(GateSite(gate), reason, policies: reason.hidesPolicies ? policies(at: gate) : [])
    }
    switch reason {
    case .noPolicy: sayNoPolicy(gates, facts)
    case .noEndpoint:
      guard let place = gates.first?.interface else { return }
      say(withoutHostEndpoint(place), facts)
    case .noInterface:
      say(
        "it stays on the host and passes no interface whose \(.list(gates.map { "\(policyWord($0.stage))" })) could be asked",
        facts)
    case .never, .spared, .final: sayUnheard(gates, facts, reason, journey)
    }
    if reason == .noPolicy { for gate in gates { sayAside(gate) } }
  }

  private mutating func withoutHostEndpoint(_ place: Int) -> Prose {
    let interface = walker.topology.interfaces[place]
    if interface.isWorkload {
      return "its way leads to \(workloadName(place)), whose interface has no host endpoint that could be asked"
    }
    let again = part == .reply ? " for the reply" : ""
    return
      "\(name: interface.name) has no host endpoint\(glossary.meaning(of: .hostEndpoint)), so no policy is asked there\(again)"
  }

  private func policies(at gate: GateStep) -> [Int] {
    gate.interface.map { walker.policies(at: gate.stage, interface: $0) } ?? []
  }

  private mutating func sayNoPolicy(_ gates: [GateStep], _ facts: [Fact]) {
    guard let first = gates.first else { return }
    let kinds = gates.map { gate -> Prose in "no \(policyWord(gate.stage))\(glossary.meaning(of: Term(gate.stage)))" }
    say("\(.list(kinds)) applies to \(endpointName(GateSite(first)))", facts)
    place = Place(first.interface, first.direction)
  }

  /// Policies that a reader may think are asked: the reason why they are not, and their names if there are any.
  private mutating func sayUnheard(_ gates: [GateStep], _ facts: [Fact], _ reason: GatePass, _ journey: Journey) {
    // Where no endpoint stands nobody expects policy.
    let gates = gates.filter { $0.endpoint != nil }
    guard let first = gates.first else { return }
    let kinds = gates.map { gate -> Prose in
      guard gate.stage != .workload else { return "the workload's own policy" }
      return
        "\(gate.direction == .egress ? "egress rules of " : "")\(policyWord(gate.stage))\(glossary.meaning(of: Term(gate.stage)))"
    }
    let isOne = gates.count == 1 && first.direction == .ingress
    let names = gates.compactMap(unheard)
    let unheard: Prose =
      names.isEmpty ? "" : ", so \(.list(names)) \(gates.flatMap(policies).count == 1 ? "has" : "have") no say"
    let claims = gates.map { SkipTable.claim(for: $0, on: journey.judgement.path, walker.semantics.name) }
    let cited = claims.enumerated().filter { claims.firstIndex(of: $1) == $0 }.map(\.element)
    say(
      "\(.list(kinds)) \(isOne ? "is" : "are") not asked at \(endpointName(GateSite(first))), because \(why(first, reason))\(unheard) (\(cited.joined(separator: ", ")))",
      facts, claims: cited)
  }

  /// `pre-DNAT policies a and b`: what would be asked at a gate.
  private func unheard(_ gate: GateStep) -> Prose? {
    let names = policies(at: gate).map { walker.world.policies[$0].name }
    return names.isEmpty ? nil : "\(policyWord(gate.stage, count: names.count)) \(.names(names))"
  }

  private func why(_ gate: GateStep, _ reason: GatePass) -> Prose {
    switch reason {
    case .never: "\(gate.neverBecause ?? "")"
    case .spared(let decision): "\(short(decision)) let \(part == .reply ? "the reply" : "the packet") through before"
    case .final(let decision):
      decision.kind == .failsafe
        ? "the failsafe port that let it through settles the matter for both interfaces"
        : "a packet of a known connection is not asked about again"
    default: ""
    }
  }

  /// `untracked policy x`, `failsafe port TCP 22`.
  func short(_ decision: Decision) -> Prose {
    let name = DecisionName(decision, on: walker)
    guard let stage = decision.stage, let policy = name.name, decision.kind == .policy else { return "\(name.label)" }
    return "\(policyWord(stage)) \(name: policy)"
  }

  /// Policies whose selector matches and that have no say all the same.
  mutating func sayAside(_ gate: GateStep) {
    guard let place = gate.interface, gate.endpoint != nil else { return }
    let site = GateSite(gate)
    let aside = walker.policiesAside(at: gate.stage, interface: place)
    for why in [PolicyAside.disabled, .countsAsMissing, .notForWorkloads] {
      // At a workload both directions are asked; what has no say there is told once.
      let some = aside.filter { $0.why == why && saidAside[place, default: []].insert($0.policy).inserted }.map(\.policy)
      guard !some.isEmpty else { continue }
      let names: Prose = "\(some.count == 1 ? "policy" : "policies") \(.names(some.map { walker.world.policies[$0].name }))"
      let (verb, they): (Prose, Prose) = some.count == 1 ? ("selects", "it") : ("select", "they")
      let facts = [Fact.aside(site, some, why)]
      switch why {
      case .disabled:
        say("\(names) \(verb) \(endpointName(site)), too, but \(they) \(some.count == 1 ? "is" : "are") disabled", facts)
      case .countsAsMissing:
        say(
          "\(names) \(verb) \(endpointName(site)), too, but Felix ignores a policy with ICMP type 0 or code 0 (D16)", facts,
          claims: ["D16"])
      case .notForWorkloads:
        say(
          "\(names) \(verb) \(endpointName(site)), too, but untracked and pre-DNAT policy is for host endpoints alone (D15)",
          facts, claims: ["D15"])
      }
    }
  }

  func policyWord(_ stage: Stage, count: Int) -> String {
    let word = policyWord(stage)
    return count == 1 ? word : word.dropLast() + "ies"
  }

  /// What the policies of a stage are called.
  func policyWord(_ stage: Stage) -> String {
    switch stage {
    case .untracked: "untracked policy"
    case .preDNAT: "pre-DNAT policy"
    case .normal: "normal policy"
    case .workload: "policy"
    }
  }
}

extension GatePass {
  /// Are there policies that would be asked but for this reason?
  var hidesPolicies: Bool {
    switch self {
    case .never, .spared, .final: true
    case .noEndpoint, .noPolicy, .noInterface: false
    }
  }
}
