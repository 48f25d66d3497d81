import Selector
import Simulator

/// Looks for pairs of policies that only their names put in order, and whose order matters.
struct TieSearch {
  /// Pairs and set operations; beyond, the search says that it ends.
  private static let budget = 30_000
  /// Common endpoints of a pair that are looked at.
  private static let mostEndpoints = 4

  private let context: LintContext
  private var world: World { context.world }
  private var packets: RulePackets
  private var known: [Place: PacketSet] = [:]
  private var ownPackets: [OwnPackets: [PacketSet?]] = [:]
  private var addresses: KnownAddresses
  private var satisfying: [EntityRule: Bitset] = [:]
  private var spent = 0
  /// All policies, in the order in which they are asked; of the direction that is looked at.
  private var members: [Member] = []

  private typealias PlacedInList = (index: Int, rule: Rule)

  private struct Place: Hashable {
    var policy: Int
    var direction: Direction
    var index: Int
  }

  private struct OwnPackets: Hashable {
    var endpoint: Int
    var direction: Direction
  }

  /// A policy with its rules of one direction that end the stage, and what these do.
  private struct Member {
    var policy: Int
    var kind: PolicyKind
    var direction: Direction
    var rules: [PlacedInList]
    var actions: Set<Action>

    init(_ policy: Int, _ direction: Direction, in world: World) {
      self.policy = policy
      kind = world.policies[policy].kind
      self.direction = direction
      rules = world.policies[policy].enabledRules(direction).filter { $0.rule.action != .log }
      actions = Set(rules.map(\.rule.action))
    }
  }

  private struct Conflict {
    var first: Int
    var second: Int
    var direction: Direction
    var firstRule: PlacedInList
    var secondRule: PlacedInList
    var endpoint: Int
    var packet: Packet
  }

  init(_ context: LintContext) {
    self.context = context
    packets = RulePackets(context.world)
    addresses = KnownAddresses(context)
  }

  mutating func findings() -> [Finding] {
    var findings: [Finding] = []
    let ties = ties
    for direction in ties.isEmpty ? [] : Direction.allCases {
      members = world.policies.indices.map { Member($0, direction, in: world) }
      for group in ties {
        let tied = group.map { members[$0] }.filter { !$0.rules.isEmpty }
        for (place, second) in tied.enumerated() {
          guard spent < Self.budget else { return findings + [unfinished(second)] }
          if let conflict = firstConflict(of: second, with: tied[..<place]) { findings.append(finding(conflict)) }
        }
      }
    }
    return findings
  }

  /// Policies of one kind and order, in the order in which they are asked.
  private var ties: [[Int]] {
    struct Rank: Hashable {
      var kind: PolicyKind
      var order: Double?
    }
    let groups = Dictionary(grouping: world.policies.indices.filter { !context.governed[$0].isEmpty }) {
      Rank(kind: world.policies[$0].kind, order: world.policies[$0].order)
    }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  // MARK: Conflicts

  private mutating func firstConflict(of second: Member, with earlier: ArraySlice<Member>) -> Conflict? {
    for first in earlier where first.actions != second.actions || second.actions.count > 1 {
      spent += 1
      if context.governed[first.policy].isDisjoint(with: context.governed[second.policy]) { continue }
      if let conflict = conflict(first, second) { return conflict }
    }
    return nil
  }

  private mutating func conflict(_ first: Member, _ second: Member) -> Conflict? {
    let common = context.governed[first.policy].intersection(context.governed[second.policy])
    for firstRule in first.rules {
      for secondRule in second.rules where firstRule.rule.action != secondRule.rule.action {
        guard mayOverlap(firstRule.rule, secondRule.rule) else { continue }
        let both = matching(first, firstRule).intersection(matching(second, secondRule))
        if both.isEmpty { continue }
        for endpoint in common.prefix(Self.mostEndpoints) {
          for packets in own(endpoint, first.direction) {
            let set = packets.map { both.intersection($0) } ?? both
            guard let packet = packet(of: set, decidedBy: first, firstRule, and: second, secondRule, at: endpoint) else {
              continue
            }
            return Conflict(
              first: first.policy, second: second.policy, direction: first.direction, firstRule: firstRule,
              secondRule: secondRule, endpoint: endpoint, packet: packet)
          }
        }
      }
    }
    return nil
  }

  /// What an endpoint gets or sends: of a workload its own packets; of a host endpoint rather those of the host, and else what
  /// it forwards (`nil`: anything).
  private mutating func own(_ endpoint: Int, _ direction: Direction) -> [PacketSet?] {
    let place = OwnPackets(endpoint: endpoint, direction: direction)
    if let known = ownPackets[place] { return known }
    let made = makeOwn(endpoint, direction)
    ownPackets[place] = made
    return made
  }

  private func makeOwn(_ endpoint: Int, _ direction: Direction) -> [PacketSet?] {
    let isHost = context.hostEndpoints.contains(endpoint)
    var addresses = world.endpoints[endpoint].addresses
    if isHost { addresses += context.topology(ofEndpoint: endpoint)?.ownAddresses ?? [] }
    guard !addresses.isEmpty else { return [nil] }
    let networks = addresses.map { IPNetwork(single: $0) }
    let own = PacketSet(
      direction == .ingress ? PacketCriteria(destination: networks) : PacketCriteria(source: networks))
    return isHost ? [own, nil] : [own]
  }

  /// A packet of the set that gets as far as both rules: nothing before either decides it, and no policy that is asked earlier.
  ///
  /// What decides an example is taken from the set, until an example is left or nothing. Most sets need no more than one.
  private mutating func packet(
    of set: PacketSet, decidedBy first: Member, _ firstRule: PlacedInList, and second: Member, _ secondRule: PlacedInList,
    at endpoint: Int
  ) -> Packet? {
    var rest = set
    while spent < Self.budget, let packet = rest.witness {
      spent += 1
      let within =
        decider(of: packet, in: first, before: firstRule.index) ?? decider(of: packet, in: second, before: secondRule.index)
      guard let decider = within ?? earlierDecider(of: packet, before: first, at: endpoint) else { return packet }
      rest = rest.subtracting(matching(decider.member, decider.rule))
    }
    return nil
  }

  private func earlierDecider(of packet: Packet, before member: Member, at endpoint: Int) -> (
    member: Member, rule: PlacedInList
  )? {
    for earlier in 0..<member.policy where members[earlier].kind == member.kind && context.governed[earlier].contains(endpoint)
    {
      if let found = decider(of: packet, in: members[earlier], before: .max) { return found }
    }
    return nil
  }

  private func decider(of packet: Packet, in member: Member, before index: Int) -> (member: Member, rule: PlacedInList)? {
    for rule in member.rules where rule.index < index {
      if context.simulation.matches(packet, policy: member.policy, member.direction, rule: rule.index) { return (member, rule) }
    }
    return nil
  }

  /// A quick look that settles most pairs of rules: `false` only if no packet matches both.
  private mutating func mayOverlap(_ first: Rule, _ second: Rule) -> Bool {
    if let mine = first.protocol?.value, let theirs = second.protocol?.value, mine != theirs { return false }
    return mayOverlap(first.source, second.source) && mayOverlap(first.destination, second.destination)
  }

  private mutating func mayOverlap(_ first: EntityRule, _ second: EntityRule) -> Bool {
    guard first.ports.mayOverlap(second.ports), first.nets.mayOverlap(second.nets) else { return false }
    // A selector stands for known addresses alone, so that these tell.
    guard first.isOfKnownAddresses || second.isOfKnownAddresses else { return true }
    return !numbers(first).isDisjoint(with: numbers(second))
  }

  private mutating func numbers(_ entity: EntityRule) -> Bitset {
    var key = entity
    (key.ports, key.notPorts) = ([], [])
    if let known = satisfying[key] { return known }
    let numbers = addresses.satisfying(key)
    satisfying[key] = numbers
    return numbers
  }

  private mutating func matching(_ member: Member, _ rule: PlacedInList) -> PacketSet {
    spent += 1
    let place = Place(policy: member.policy, direction: member.direction, index: rule.index)
    if let known = known[place] { return known }
    let set = packets.packets(of: rule.rule)
    known[place] = set
    return set
  }

  // MARK: Words

  private func finding(_ conflict: Conflict) -> Finding {
    let (first, second) = (world.policies[conflict.first], world.policies[conflict.second])
    let names = "\(first.name.quoted) and \(second.name.quoted)"
    let order = first.order.map { "have the same order \(Self.text($0))" } ?? "have no order, so both come last"
    return Finding(
      "GW121", .warning, at: second.location,
      "policies \(names) \(order): by its name alone \(first.name.quoted) is asked first, so "
        + "\(conflict.packet.text) is \(conflict.firstRule.rule.action.past), not \(conflict.secondRule.rule.action.past), at "
        + context.words(conflict.endpoint),
      help: "give the policy that is to be asked first a lower order (S27)",
      subject: Subject(Resource.policy(second).id, field: ["spec", "order"]),
      related: [
        related(first, conflict.direction, conflict.firstRule), related(second, conflict.direction, conflict.secondRule),
      ])
  }

  private func related(_ policy: Policy, _ direction: Direction, _ rule: PlacedInList) -> Finding.Related {
    Finding.Related(
      "\(rule.rule.action.rawValue) by policy \(policy.name.quoted) \(direction.rawValue)[\(rule.index)]",
      at: rule.rule.location)
  }

  private func unfinished(_ member: Member) -> Finding {
    let policy = world.policies[member.policy]
    return Finding(
      "GW121", .info, at: policy.location,
      "there are more policies of equal order than can be compared: \(member.direction.rawValue) rules of "
        + "\(policy.name.quoted), and what comes after it, were not looked at", help: "give them orders of their own",
      subject: Subject(Resource.policy(policy).id))
  }

  /// `100` rather than `100.0`.
  private static func text(_ order: Double) -> String { Int(exactly: order).map(String.init) ?? String(order) }
}

extension Action {
  fileprivate var past: String {
    switch self {
    case .allow: "allowed"
    case .deny: "denied"
    case .log: "logged"
    case .pass: "passed on"
    }
  }
}

extension EntityRule {
  fileprivate var isOfKnownAddresses: Bool { selector != nil || tag != nil }
}

extension [PortRange] {
  /// Have both a port in common, or does one of them ask for none?
  fileprivate func mayOverlap(_ other: [PortRange]) -> Bool {
    isEmpty || other.isEmpty || contains { mine in other.contains { mine.lower <= $0.upper && $0.lower <= mine.upper } }
  }
}

extension [IPNetwork] {
  /// Have both an address in common, or does one of them ask for none?
  fileprivate func mayOverlap(_ other: [IPNetwork]) -> Bool {
    isEmpty || other.isEmpty || contains { mine in other.contains { $0.contains(mine.address) || mine.contains($0.address) } }
  }
}
