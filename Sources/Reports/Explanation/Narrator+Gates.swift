import Selector
import Simulator

/// Gates that were asked: what was tried, what matched and why, what decided, and what was not asked any more.
extension Narrator {
  mutating func sayAsked(_ gate: GateStep, _ journey: Journey) {
    guard let outcome = gate.outcome else { return }
    var telling = GateTelling(gate, packet: journey.packet(at: gate))
    telling.notAsked = notAsked(gate)
    defer { place = Place(gate.interface, gate.direction) }
    if gate.side == .hostAction {
      sayHostAction(gate, journey)
    } else if let decision = outcome.decision, gate.attempts.isEmpty {
      sayBuiltIn(decision, telling)
    } else {
      sayAttempts(telling, outcome)
    }
    sayAside(gate)
  }

  /// The policies that would have been asked had nothing decided before.
  private func notAsked(_ gate: GateStep) -> [Int] {
    guard let place = gate.interface, gate.endpoint != nil else { return [] }
    let tried = gate.attempts.count { $0.kind == .policy }
    return Array(walker.policies(at: gate.stage, interface: place).dropFirst(tried))
  }

  // MARK: Policies and profiles

  private mutating func sayAttempts(_ telling: GateTelling, _ outcome: GateOutcome) {
    var telling = telling
    var silent: [GateStep.Attempt] = []
    for attempt in telling.gate.attempts {
      if let last = silent.last, last.kind != attempt.kind || attempt.hasMatch {
        sayUnmatched(silent, telling)
        silent = []
      }
      if attempt.hasMatch { sayMatches(attempt, &telling) } else { silent.append(attempt) }
    }
    let decision = outcome.decision
    if let decision, decision.isDefault {
      sayDefault(decision, silent, telling)
    } else {
      if !silent.isEmpty {
        sayUnmatched(silent, telling, isEnd: decision == nil)
      } else if decision == nil {
        say("so nothing decides here, and \(subject) goes on", [.wentOn(telling.site)])
      }
    }
  }

  /// Opens a sentence about policies or profiles with the word for them: the first time with the meaning of their kind, and where
  /// the endpoint is not that of the sentence before, with its name.
  private mutating func opening(_ attempts: [GateStep.Attempt], _ gate: GateStep, _ words: Prose = "") -> Prose {
    let isProfile = attempts.first?.kind == .profile
    let term = isProfile ? Term.profile : Term(gate.stage)
    let isNew = glossary.isNew(term)
    let lead: Prose = isNew ? "\(term.sentence): " : ""
    let kind = isProfile ? "profile" : isNew ? "policy" : policyWord(gate.stage)
    return "\(lead)\(whereabouts(gate))\(words)\(Self.plural(kind, attempts.count)) "
  }

  /// `at shop, ` where another endpoint or direction is asked than in the sentence before.
  private mutating func whereabouts(_ gate: GateStep) -> Prose {
    let asked = Place(gate.interface, gate.direction)
    guard asked != place else { return "" }
    place = asked
    let isWayOut = gate.direction == .egress && gate.stage != .workload
    return "\(isWayOut ? "on the way out " : "")at \(endpointName(GateSite(gate))), "
  }

  private static func plural(_ word: String, _ count: Int) -> String {
    guard count > 1 else { return word }
    return word.hasSuffix("y") ? word.dropLast() + "ies" : word + "s"
  }

  /// - Parameter isEnd: does the gate end with them, so that the packet goes on?
  mutating func sayUnmatched(_ attempts: [GateStep.Attempt], _ telling: GateTelling, isEnd: Bool = false) {
    guard let kind = attempts.first?.kind else { return }
    let facts = [Fact.unmatched(telling.site, kind, attempts.map(\.subject))] + (isEnd ? [.wentOn(telling.site)] : [])
    say("\(unmatched(attempts, telling.gate))\(isEnd ? ", so \(subject) goes on" as Prose : "")", facts)
  }

  /// `no ingress rule of policies a and b matches, and c has none`.
  private mutating func unmatched(_ attempts: [GateStep.Attempt], _ gate: GateStep) -> Prose {
    let direction = gate.direction
    let empty = attempts.filter { rules($0, direction).isEmpty }
    let full = attempts.filter { !rules($0, direction).isEmpty }
    let lack: Prose = "\(.names(empty.map(name))) \(empty.count == 1 ? "has" : "have")"
    guard !full.isEmpty else { return "\(opening(empty, gate))\(lack) no \(direction.rawValue) rules" }
    let first: Prose = "\(opening(full, gate, "no \(direction.rawValue) rule of "))\(.names(full.map(name))) matches"
    return empty.isEmpty ? first : "\(first), and \(lack) none"
  }

  private func name(_ attempt: GateStep.Attempt) -> ByteString {
    attempt.kind == .policy ? walker.world.policies[attempt.subject].name : walker.world.profiles[attempt.subject].name
  }

  private func rules(_ attempt: GateStep.Attempt, _ direction: Direction) -> [Rule] {
    attempt.kind == .policy
      ? walker.world.policies[attempt.subject].rules(direction) : walker.world.profiles[attempt.subject].rules(direction)
  }

  /// Every rule of a policy that matched, log rules first, the one that ended the list last.
  private mutating func sayMatches(_ attempt: GateStep.Attempt, _ telling: inout GateTelling) {
    let gate = telling.gate
    let list = rules(attempt, gate.direction)
    for result in attempt.rules where result.failure == nil {
      let rule = list[result.rule]
      let criteria = walker.criteria(
        of: attempt.kind, subject: attempt.subject, gate.direction, rule: result.rule, telling.packet
      )
      .map(\.criterion).filter { !RuleReason.isImplied($0) }
      let decision = gate.decision(of: attempt.kind, attempt.subject, rule: result.rule, rule.action)
      var facts = [Fact.matched(decision, criteria)]
      let reason = RuleReason(rule: rule, packet: telling.packet).met(criteria)
      let opening = opening([attempt], gate)
      let place = "\(gate.direction.rawValue)[\(result.rule)]"
      let file: Prose = rule.location.map { ", \(name: $0.shortFileAndLine)" } ?? ""
      var prose: Prose =
        "\(opening)\(name: name(attempt)) \(does(rule.action, attempt, gate)), because \(reason) (\(name: place)\(file))"
      let ends = rule.action != .log
      if ends, attempt.kind == .policy, !telling.notAsked.isEmpty {
        facts.append(.notAsked(telling.site, .policy, telling.notAsked))
        prose += ", so \(later(telling.notAsked))"
      }
      say(prose, facts)
      if ends, attempt.kind == .policy { telling.notAsked = [] }
    }
  }

  private func later(_ policies: [Int]) -> Prose {
    let names = Prose.names(policies.map { walker.world.policies[$0].name })
    return "\(names), which \(policies.count == 1 ? "comes" : "come") later, \(policies.count == 1 ? "is" : "are") not asked"
  }

  private func does(_ action: Action, _ attempt: GateStep.Attempt, _ gate: GateStep) -> Prose {
    switch (action, attempt.kind) {
    case (.allow, _): "allows \(subject)"
    case (.deny, _): "denies \(subject)"
    case (.log, _): "writes \(subject) to the log and goes on"
    case (.pass, .profile): "passes \(subject) on to the next profile"
    case (.pass, _):
      gate.stage.isBeforeRouting ? "passes \(subject) on without a verdict" : "passes \(subject) on to the profiles"
    }
  }
}

/// What is told of one gate, while it is told.
struct GateTelling {
  let gate: GateStep
  /// The packet as the gate saw it.
  let packet: Packet
  let site: GateSite
  /// Policies that are not asked any more.
  var notAsked: [Int] = []

  init(_ gate: GateStep, packet: Packet) {
    self.gate = gate
    self.packet = packet
    site = GateSite(gate)
  }
}

extension GateStep.Attempt {
  fileprivate var hasMatch: Bool { rules.contains { $0.failure == nil } }
}

extension GateOutcome {
  /// What let the packet through or dropped it.
  var decision: Decision? {
    switch self {
    case .accepted(let decision), .denied(let decision): decision
    case .noVerdict: nil
    }
  }
}

extension Decision {
  /// Is it what happens where rules were tried and none decided?
  fileprivate var isDefault: Bool { kind == .noPolicyMatched || kind == .noProfileMatched || kind == .missingProfile }
}
