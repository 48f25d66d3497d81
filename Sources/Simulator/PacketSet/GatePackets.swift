/// What one gate does with all packets that come to it and that connection tracking does not know: those of one endpoint,
/// one stage, one direction.
///
/// Every packet is in exactly one of `allowed`, `denied` and `undecided`.
package struct GatePackets: Hashable, Sendable {
  /// A rule, or something built in, in the order in which the gate asks.
  package struct Step: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
      /// Index in the host's list of this direction.
      case failsafe(Int)
      /// Index of the policy in the world, and of the rule.
      case policy(Int, rule: Int)
      /// Index of the profile in the world, and of the rule.
      case profile(Int, rule: Int)
      /// Index in the endpoint's list of profiles.
      case missingProfile(Int)
      case noPolicyMatched
      case noProfileMatched
    }

    package var subject: Subject
    package var action: Action
    /// The packets that it matches of those that come so far.
    package var matching: PacketSet
    /// Where it stands: 0 among the policies, from 1 on among the profiles, one number for each in the endpoint's list. What
    /// a rule passes comes again at the beginning of the next.
    var list: Int

    /// Those whose way through the gate it decides; none where it only logs.
    package var deciding: PacketSet { action == .log ? .none : matching }
  }

  /// Is there such a gate for the endpoint? If not, every packet is undecided, as nothing asks.
  package var isAsked: Bool
  package var allowed: PacketSet
  package var denied: PacketSet
  /// Those that go on to the next stage without a verdict.
  package var undecided: PacketSet
  /// Rules always, even if nothing reaches them; what is built in only if something does. Profiles are left out where no
  /// rule of the policies passes.
  package var steps: [Step]

  /// The packets that come to a step: nothing before it took them.
  ///
  /// - Complexity: a set operation for each step before it.
  package func packets(reaching step: Int) -> PacketSet {
    var rest = PacketSet.all
    var passed = PacketSet.none
    for (index, earlier) in steps[...step].enumerated() {
      if index > 0, earlier.list != steps[index - 1].list {
        rest = rest.union(passed)
        passed = .none
      }
      if index == step { break }
      rest = rest.subtracting(earlier.deciding)
      if earlier.action == .pass { passed = passed.union(earlier.matching) }
    }
    return rest
  }

  static let absent = GatePackets(isAsked: false, allowed: .none, denied: .none, undecided: .all, steps: [])
}

/// What a gate's answer depends on.
struct GateKey: Hashable {
  var stage: Stage
  var direction: Direction
  var failsafes: [Host.FailsafePort]
  var policies: [Int]
  /// Indices in the world, `nil` for one that is missing; empty where no packet gets to them.
  var profiles: [Int?]
}

extension GateAnalysis {
  /// What the gate of an endpoint in a stage and direction does.
  ///
  /// There is none for a workload in a stage of host endpoints and the other way round (D15), before routing without
  /// policies of that kind, and where no path of the semantics has one (pre-DNAT egress, S70). That an endpoint governs no
  /// interface is another matter: `isEnforced`.
  ///
  /// - Complexity: a set operation for each rule of the policies in question, once for all endpoints that share them.
  package mutating func gate(ofEndpoint endpoint: Int, _ stage: Stage, _ direction: Direction) -> GatePackets {
    guard let key = key(endpoint, stage, direction) else { return .absent }
    if let known = gates[key] { return known }
    var run = GateRun()
    makeGate(key, &run)
    let made = run.gate(undecided: stage.isBeforeRouting)
    // A gate of a hundred rules about thousands of addresses takes several megabytes.
    if gates.count >= Self.mostGates { gates.removeAll(keepingCapacity: true) }
    gates[key] = made
    return made
  }

  private static let mostGates = 32

  private func key(_ endpoint: Int, _ stage: Stage, _ direction: Direction) -> GateKey? {
    guard world.endpoints[endpoint].isHost == (stage != .workload), semantics.asks(stage, direction) else { return nil }
    let policies = policies(stage.policyKind, of: endpoint)
    if stage.isBeforeRouting, policies.isEmpty { return nil }
    let hasPass = policies.contains { world.policies[$0].rules(direction).contains { $0.action == .pass } }
    let needsProfiles = !stage.isBeforeRouting && (policies.isEmpty || hasPass)
    let profiles = world.endpoints[endpoint].profiles.map { name in
      world.profile(named: name).flatMap { isMissingProfile[$0] ? nil : $0 }
    }
    return GateKey(
      stage: stage, direction: direction, failsafes: stage == .workload ? [] : failsafes(of: endpoint, direction),
      policies: policies, profiles: needsProfiles ? profiles : [])
  }

  /// The order of checks at one endpoint in one direction (SEMANTICS section 4), from the failsafes on.
  private mutating func makeGate(_ key: GateKey, _ run: inout GateRun) {
    for (index, failsafe) in key.failsafes.enumerated() {
      run.take(.failsafe(index), .allow, failsafe.packets)
    }
    for policy in key.policies {
      let rules = world.policies[policy].rules(key.direction)
      for (index, packets) in packets(ofPolicy: policy, key.direction).enumerated() {
        run.take(.policy(policy, rule: index), rules[index].action, packets)
      }
    }
    if key.stage.isBeforeRouting { return run.resumePassed() }
    if !key.policies.isEmpty { run.takeRest(.noPolicyMatched) }
    run.resumePassed()
    for (place, profile) in key.profiles.enumerated() {
      guard let profile else {
        run.takeRest(.missingProfile(place))
        break
      }
      let rules = world.profiles[profile].rules(key.direction)
      for (index, packets) in packets(ofProfile: profile, key.direction).enumerated() {
        run.take(.profile(profile, rule: index), rules[index].action, packets)
      }
      // A pass in a profile is not an accept: it ends that profile, and the next one is asked.
      run.resumePassed()
    }
    run.takeRest(.noProfileMatched)
  }
}

/// All packets on their way through one gate.
private struct GateRun {
  private var rest = PacketSet.all
  private var passed = PacketSet.none
  private var allowed = PacketSet.none
  private var denied = PacketSet.none
  private var steps: [GatePackets.Step] = []
  private var list = 0

  /// Asks a rule about the packets that are left.
  mutating func take(_ subject: GatePackets.Step.Subject, _ action: Action, _ packets: PacketSet) {
    let matching = rest.intersection(packets)
    steps.append(GatePackets.Step(subject: subject, action: action, matching: matching, list: list))
    switch action {
    case .allow: allowed = allowed.union(matching)
    case .deny: denied = denied.union(matching)
    case .pass: passed = passed.union(matching)
    case .log: return
    }
    rest = rest.subtracting(matching)
  }

  /// Denies all that is left, if anything is.
  mutating func takeRest(_ subject: GatePackets.Step.Subject) {
    if !rest.isEmpty { take(subject, .deny, .all) }
  }

  /// Packets that a rule passed on join those that nothing took.
  mutating func resumePassed() {
    rest = rest.union(passed)
    passed = .none
    list += 1
  }

  /// - Parameter undecided: may packets be left without a verdict?
  consuming func gate(undecided: Bool) -> GatePackets {
    assert(undecided || rest.isEmpty, "each packet has a verdict after routing")
    return GatePackets(isAsked: true, allowed: allowed, denied: denied, undecided: rest, steps: steps)
  }
}

extension Semantics {
  /// Does a packet on some path meet a gate of this stage and direction?
  fileprivate func asks(_ stage: Stage, _ direction: Direction) -> Bool {
    gates.values.contains { list in
      list.contains {
        $0.stage == stage && $0.direction == direction && $0.neverBecause == nil && $0.side != .hostAction
      }
    }
  }
}

extension Stage {
  /// The kind of policy that it asks.
  var policyKind: PolicyKind {
    switch self {
    case .untracked: .untracked
    case .preDNAT: .preDNAT
    case .normal, .workload: .normal
    }
  }
}

extension Host.FailsafePort {
  /// From and to any address (S21, S22).
  package var packets: PacketSet {
    PacketSet(PacketCriteria(protocols: [self.protocol], destinationPorts: [PortRange(port)]))
  }
}
