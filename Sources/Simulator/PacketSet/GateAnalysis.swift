import Selector

/// What the gates of a world do with packets, as exact sets: by endpoint, stage and direction (`gate`), and for each rule of
/// a policy whether anything is left for it (`coverInPolicy`, `coverEverywhere`).
///
/// It says what holds for a packet that is new to connection tracking; established and invalid ones are the caller's matter.
/// Sets of rules are made when they are first asked for, and kept, and so are the latest gates; endpoints that have the same
/// policies, in the same order, and as far as they matter the same profiles and failsafes, share one gate.
package struct GateAnalysis: Sendable {
  package let world: World
  package let semantics: Semantics
  /// The packets that each rule matches.
  private var rulePackets: RulePackets

  let assignment: PolicyAssignment
  /// What each policy governs, by its index.
  let governed: [GovernedEndpoints]
  /// By index of the profile: does it count as missing (D16)?
  let isMissingProfile: [Bool]
  /// The endpoints that govern an interface; others stand in no packet's way (SEMANTICS section 3).
  private let enforced: Bitset
  private let failsafes: [ByteString: Failsafes]
  private var policySets: [ListKey: [PacketSet]] = [:]
  private var profileSets: [ListKey: [PacketSet]] = [:]
  private var taking: [ListKey: [TakingRule]] = [:]
  var gates: [GateKey: GatePackets] = [:]

  private struct Failsafes {
    var inbound: [Host.FailsafePort]
    var outbound: [Host.FailsafePort]
  }

  /// A list of rules: of a policy or a profile, in one direction.
  private struct ListKey: Hashable {
    var subject: Int
    var direction: Direction
  }

  /// - Parameter hasFailsafes: or as if the lists of failsafe ports were empty.
  /// - Complexity: linear in the matches of policies and endpoints; no sets are made yet.
  package init(world: World, semantics: Semantics, hasFailsafes: Bool = true) {
    self.world = world
    self.semantics = semantics
    rulePackets = RulePackets(world)
    // The assignment asks nothing else of a sheet.
    let sheets = world.policies.map { policy in
      RuleBook.Sheet(
        ingress: 0..<0, egress: 0..<0, isMissing: policy.isDisabled || semantics.countsAsMissing(policy))
    }
    var selections = Selections(world)
    assignment = PolicyAssignment(world: world, sheets: sheets, &selections)
    isMissingProfile = world.profiles.map { semantics.countsAsMissing($0) }
    let topologies = Topology.ofEachNode(in: world, semantics: semantics)
    enforced = Bitset(topologies.flatMap { $0.interfaces.compactMap(\.endpoint) })
    governed = GovernedEndpoints.ofEachPolicy(world, assignment, enforced)
    failsafes = Dictionary(
      (hasFailsafes ? topologies : []).map { ($0.node, Failsafes(inbound: $0.failsafeInbound, outbound: $0.failsafeOutbound)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Does an endpoint govern an interface?
  package func isEnforced(_ endpoint: Int) -> Bool { enforced.contains(endpoint) }

  /// The packets that each rule of a policy matches, by its index.
  package mutating func packets(ofPolicy policy: Int, _ direction: Direction) -> [PacketSet] {
    let key = ListKey(subject: policy, direction: direction)
    if let known = policySets[key] { return known }
    let made = world.policies[policy].rules(direction).map { rulePackets.packets(of: $0) }
    policySets[key] = made
    return made
  }

  /// The rules of a policy that take what they match: all but those that log.
  mutating func takingRules(of policy: Int, _ direction: Direction) -> [TakingRule] {
    let key = ListKey(subject: policy, direction: direction)
    if let known = taking[key] { return known }
    let rules = world.policies[policy].rules(direction)
    let packets = packets(ofPolicy: policy, direction)
    let made = rules.indices.filter { rules[$0].action != .log }.map { index in
      TakingRule(
        rule: PolicyRule(policy: policy, direction: direction, rule: index), action: rules[index].action,
        packets: packets[index])
    }
    taking[key] = made
    return made
  }

  /// The packets that each rule of a profile matches, by its index.
  package mutating func packets(ofProfile profile: Int, _ direction: Direction) -> [PacketSet] {
    let key = ListKey(subject: profile, direction: direction)
    if let known = profileSets[key] { return known }
    let made = world.profiles[profile].rules(direction).map { rulePackets.packets(of: $0) }
    profileSets[key] = made
    return made
  }

  /// Why a rule matches nothing; `nil` if it matches some packet.
  package mutating func contradiction(in rule: Rule) -> Contradiction? { rulePackets.contradiction(in: rule) }

  /// The failsafe ports of an endpoint's host in one direction.
  func failsafes(of endpoint: Int, _ direction: Direction) -> [Host.FailsafePort] {
    guard let lists = failsafes[world.endpoints[endpoint].node] else { return [] }
    return direction == .ingress ? lists.inbound : lists.outbound
  }

  /// The policies of a kind that select an endpoint, in the order asked; whether it is a workload does not count yet.
  func policies(_ kind: PolicyKind, of endpoint: Int) -> [Int] {
    policyPlaces(kind, of: endpoint).map { Int(assignment.policies[$0]) }
  }

  /// Where they stand in the assignment.
  func policyPlaces(_ kind: PolicyKind, of endpoint: Int) -> Range<Int> {
    let starts = assignment.lists(of: endpoint)
    let place =
      switch kind {
      case .untracked: 0
      case .preDNAT: 1
      case .normal: 2
      }
    return Int(starts[place])..<Int(starts[place + 1])
  }
}
