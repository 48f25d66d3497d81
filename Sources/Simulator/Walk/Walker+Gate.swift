extension Walker {
  /// Holds a packet against one gate.
  ///
  /// - Returns: the decision that drops the packet, or `nil` if it goes on.
  @inline(__always)
  func ask(_ gate: GateCode, _ situation: inout Situation, _ recorder: inout some WalkRecorder) -> Decision? {
    let interface = interface(of: gate.side, situation)
    let endpoint = interface >= 0 ? plan.links[Int(interface)].endpoint : -1
    let site = Decision.Site(stage: gate.stage, direction: gate.direction, interface: interface, endpoint: endpoint)
    if let reason = reasonToPass(gate, site, situation) {
      recorder.pass(site, gate: Int(gate.number), because: reason)
      return nil
    }
    recorder.enter(site, gate: Int(gate.number))
    let outcome = run(gate, site, situation, &recorder)
    recorder.leave(outcome)
    switch outcome {
    case .denied(let decision):
      return decision
    case .noVerdict:
      return nil
    case .accepted(let decision):
      accept(decision, at: gate, &situation)
      return nil
    }
  }

  private func interface(of side: Gate.Side, _ situation: Situation) -> Int32 {
    let place: Int32
    switch side {
    case .arrival, .sender, .hostAction:
      guard case .interface(let entry) = situation.entry else { return -1 }
      place = Int32(entry)
    case .departure, .receiver: place = situation.departure
    case .departureBeforeDNAT: place = situation.departureBeforeDNAT
    }
    return place == RouteTable.local ? -1 : place
  }

  private func reasonToPass(_ gate: GateCode, _ site: Decision.Site, _ situation: Situation) -> GatePass? {
    if gate.isNever { return .never }
    if let final = situation.final { return .final(final) }
    if !gate.skippedAfter.isDisjoint(with: situation.earlyAccepts), let decision = situation.earlyDecision {
      return .spared(decision)
    }
    if site.interface < 0 { return .noInterface }
    if gate.stage == .workload { return nil }
    let link = plan.links[Int(site.interface)]
    if link.isWorkload || site.endpoint < 0 { return .noEndpoint }
    if gate.stage.isBeforeRouting, link.policies(gate.stage).isEmpty { return .noPolicy }
    return nil
  }

  private func accept(_ decision: Decision, at gate: GateCode, _ situation: inout Situation) {
    situation.acceptedBy = decision
    let isRule = decision.kind == .policy
    switch gate.stage {
    case .untracked where isRule:
      situation.earlyAccepts.insert(.untracked)
      situation.earlyDecision = decision
      situation.state = .untracked
    case .preDNAT where isRule:
      situation.earlyAccepts.insert(.preDNAT)
      situation.earlyDecision = decision
    case .untracked, .preDNAT:
      // A failsafe or an established connection accepts for this stage alone; later stages look again.
      break
    case .normal, .workload:
      if decision.kind == .failsafe || decision.kind == .conntrackEstablished { situation.final = decision }
    }
  }

  /// The order of checks at one endpoint in one direction (SEMANTICS section 4).
  private func run(
    _ gate: GateCode, _ site: Decision.Site, _ situation: Situation, _ recorder: inout some WalkRecorder
  ) -> GateOutcome {
    if gate.side == .hostAction { return runHostAction(site, &recorder) }
    if gate.stage == .workload, site.endpoint < 0 {
      return settle(Decision(.unknownWorkload, at: site, action: .deny), &recorder)
    }
    if gate.stage != .untracked {
      switch situation.state {
      case .established:
        return settle(Decision(.conntrackEstablished, at: site, action: .allow), &recorder)
      case .invalid: return settle(Decision(.conntrackInvalid, at: site, action: .deny), &recorder)
      case .new, .untracked: break
      }
    }
    if gate.stage != .workload, case let place = plan.failsafe(site.direction, situation.packet), place >= 0 {
      return settle(Decision(.failsafe, at: site, action: .allow, rule: place), &recorder)
    }
    let facts = book.facts(of: situation.packet)
    let ruling = runPolicies(site, facts, &recorder)
    switch ruling {
    case .settled(let outcome): return outcome
    case .passed: break
    case .exhausted(let anyPolicy):
      if anyPolicy, !gate.stage.isBeforeRouting {
        return settle(Decision(.noPolicyMatched, at: site, action: .deny), &recorder)
      }
    }
    if gate.stage.isBeforeRouting { return .noVerdict }
    return runProfiles(site, facts, &recorder)
  }

  private func settle(_ decision: Decision, _ recorder: inout some WalkRecorder) -> GateOutcome {
    recorder.match(decision)
    return decision.action == .allow ? .accepted(decision) : .denied(decision)
  }

  private func runHostAction(_ site: Decision.Site, _ recorder: inout some WalkRecorder) -> GateOutcome {
    switch topology.endpointToHostAction {
    case .drop: return settle(Decision(.endpointToHostAction, at: site, action: .deny), &recorder)
    case .accept: return settle(Decision(.endpointToHostAction, at: site, action: .allow), &recorder)
    case .return:
      // Met, but it leaves the packet alone, as a pass does.
      recorder.match(Decision(.endpointToHostAction, at: site, action: .pass))
      return .noVerdict
    }
  }

  private enum Ruling {
    case settled(GateOutcome)
    case passed
    case exhausted(anyPolicy: Bool)
  }

  private func runPolicies<Recorder: WalkRecorder>(
    _ site: Decision.Site, _ facts: RuleBook.Facts, _ recorder: inout Recorder
  ) -> Ruling {
    guard let stage = site.stage else { return .exhausted(anyPolicy: false) }
    let list = plan.links[Int(site.interface)].policies(stage)
    // Few rules are tried faster than a filter is asked.
    if !Recorder.wantsFailures, list.count > 2, let filter = book.filter(site.direction) {
      return runFiltered(list, filter, site, facts, &recorder)
    }
    for index in list {
      let policy = book.assignment.policies[Int(index)]
      recorder.attempt(.policy, subject: policy)
      switch runRules(.policy, policy, book.policies[Int(policy)].rules(site.direction), site, facts, &recorder) {
      case .settled(let outcome): return .settled(outcome)
      case .passed: return .passed
      case .exhausted: break
      }
    }
    return .exhausted(anyPolicy: !list.isEmpty)
  }

  /// The same as rule by rule, looking only at rules that the packet can match.
  private func runFiltered(
    _ list: Range<Int32>, _ filter: RuleFilter, _ site: Decision.Site, _ facts: RuleBook.Facts,
    _ recorder: inout some WalkRecorder
  ) -> Ruling {
    let rows = filter.rows(of: facts)
    let policies = book.assignment.policies
    var candidates = RuleFilter.Candidates()
    for index in list {
      let policy = policies[Int(index)]
      let rules = filter.rules(of: policy)
      var number = candidates.next(from: rules.lowerBound, below: rules.upperBound, rows, filter)
      while number < rules.upperBound {
        let rule = book.rules[Int(number &+ filter.firstRule)]
        if book.firstFailure(of: rule, facts) == nil {
          let decision = Decision(
            .policy, at: site, action: rule.action, subject: policy, rule: number &- rules.lowerBound)
          recorder.match(decision)
          switch rule.action {
          case .allow: return .settled(.accepted(decision))
          case .deny: return .settled(.denied(decision))
          case .pass: return .passed
          case .log: break
          }
        }
        number = candidates.next(from: number &+ 1, below: rules.upperBound, rows, filter)
      }
    }
    return .exhausted(anyPolicy: true)
  }

  private func runProfiles(
    _ site: Decision.Site, _ facts: RuleBook.Facts, _ recorder: inout some WalkRecorder
  ) -> GateOutcome {
    let link = plan.links[Int(site.interface)]
    for index in link.profiles..<link.profilesEnd {
      let profile = plan.profiles[Int(index)]
      if profile < 0 {
        let place = index - link.profiles
        return settle(Decision(.missingProfile, at: site, action: .deny, subject: place), &recorder)
      }
      recorder.attempt(.profile, subject: profile)
      let rules = book.profiles[Int(profile)].rules(site.direction)
      // A pass in a profile is not an accept: it ends that profile, and the next one is asked.
      if case .settled(let outcome) = runRules(.profile, profile, rules, site, facts, &recorder) { return outcome }
    }
    return settle(Decision(.noProfileMatched, at: site, action: .deny), &recorder)
  }

  @inline(__always)
  private func runRules(
    _ kind: Decision.Kind, _ subject: Int32, _ rules: Range<Int32>, _ site: Decision.Site, _ facts: RuleBook.Facts,
    _ recorder: inout some WalkRecorder
  ) -> Ruling {
    for number in rules {
      let rule = book.rules[Int(number)]
      if let failure = book.firstFailure(of: rule, facts) {
        recorder.fail(rule: number - rules.lowerBound, failure)
        continue
      }
      let decision = Decision(
        kind, at: site, action: rule.action, subject: subject, rule: number - rules.lowerBound)
      recorder.match(decision)
      switch rule.action {
      case .allow: return .settled(.accepted(decision))
      case .deny: return .settled(.denied(decision))
      case .pass: return .passed
      case .log: continue
      }
    }
    return .exhausted(anyPolicy: true)
  }
}
