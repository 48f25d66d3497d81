import Selector

/// All rules of a world in the form in which packets are held against them: each rule a run of checks in one flat
/// array, selectors resolved to sets of addresses.
///
/// A class because it is handed to each packet: that costs one reference, not one for each table. It never changes.
final class RuleBook: Sendable {
  /// One criterion, compiled. What the fields mean depends on the criterion; see `matches`.
  struct Check: Sendable {
    var criterion: Criterion
    var first: UInt8 = 0
    var second: UInt8 = 0
    var start: UInt32 = 0
    var end: UInt32 = 0
  }

  struct CompiledRule: Sendable {
    var action: Action
    var firstCheck: UInt32
    var lastCheck: UInt32
  }

  /// A network as two words and two masks.
  struct Net: Sendable {
    var high: UInt64
    var low: UInt64
    var highMask: UInt64
    var lowMask: UInt64
    var family: UInt8
  }

  /// Rules of a policy or profile, by direction; `isMissing` where it is disabled or the semantics treat it as not there (D16).
  struct Sheet: Sendable {
    var ingress: Range<Int32>
    var egress: Range<Int32>
    var isMissing: Bool

    @inline(__always)
    func rules(_ direction: Direction) -> Range<Int32> { direction == .ingress ? ingress : egress }
  }

  let rules: FixedTable<CompiledRule>
  let checks: FixedTable<Check>
  let nets: FixedTable<Net>
  let ports: FixedTable<PortRange>
  /// One row of bits per different selector, one bit per known address.
  let addressSets: FixedTable<UInt64>
  let wordsPerSet: Int
  let policies: [Sheet]
  let profiles: [Sheet]
  /// Over the ingress rules and the egress rules of all policies; `nil` if they are tried one by one.
  let ingressFilter: RuleFilter?
  let egressFilter: RuleFilter?
  /// The policies that govern each endpoint.
  let assignment: PolicyAssignment
  /// The number of every address that an endpoint has.
  let addresses: AddressTable
  /// What the selectors pick, for the world after an edit; `nil` where a filter says that there will be none.
  let selections: Selections?

  /// - Parameter isFiltered: filters pay once some thousand packets are judged; without them rules are tried one by one.
  /// - Parameter selections: of this world, as far as they are known.
  init(world: World, semantics: Semantics, isFiltered: Bool = true, selections: Selections? = nil) {
    var builder = RuleBookBuilder(world: world, selections: selections ?? Selections(world))
    // The policies' rules of one direction stand together, so that a filter knows nothing of the other direction.
    let ingress = world.policies.map { builder.compile($0.ingress) }
    let egress = world.policies.map { builder.compile($0.egress) }
    policies = world.policies.indices.map { index in
      let policy = world.policies[index]
      return Sheet(
        ingress: ingress[index], egress: egress[index],
        isMissing: policy.isDisabled || semantics.countsAsMissing(policy))
    }
    profiles = world.profiles.map { profile in
      Sheet(
        ingress: builder.compile(profile.ingress), egress: builder.compile(profile.egress),
        isMissing: semantics.countsAsMissing(profile))
    }
    rules = FixedTable(builder.rules)
    checks = FixedTable(builder.checks)
    nets = FixedTable(builder.nets)
    ports = FixedTable(builder.ports)
    addressSets = FixedTable(builder.addressSets)
    wordsPerSet = builder.wordsPerSet
    addresses = builder.selections.addresses
    ingressFilter = isFiltered ? RuleFilter(ingress, of: builder) : nil
    egressFilter = isFiltered ? RuleFilter(egress, of: builder) : nil
    assignment = PolicyAssignment(world: world, sheets: policies, &builder.selections)
    self.selections = isFiltered ? nil : builder.selections
  }

  /// Do other semantics compile the world to the same? They do unless they treat something as missing.
  func isSame(under semantics: Semantics, _ world: World) -> Bool {
    world.policies.indices.allSatisfy { index in
      let policy = world.policies[index]
      return (policy.isDisabled || semantics.countsAsMissing(policy)) == policies[index].isMissing
    }
      && world.profiles.indices.allSatisfy { index in
        semantics.countsAsMissing(world.profiles[index]) == profiles[index].isMissing
      }
  }

  @inline(__always)
  func filter(_ direction: Direction) -> RuleFilter? { direction == .ingress ? ingressFilter : egressFilter }

  /// What of a packet the checks look at.
  struct Facts: Sendable {
    var packet: Packet
    /// Numbers of the two addresses; -1 for an address that no endpoint has.
    var source: Int32
    var destination: Int32
  }

  @inline(__always)
  func facts(of packet: Packet) -> Facts {
    Facts(packet: packet, source: addresses[packet.source], destination: addresses[packet.destination])
  }

  /// The first criterion of a rule that the packet fails; `nil` if the rule matches.
  @inline(__always)
  func firstFailure(of rule: CompiledRule, _ facts: Facts) -> Criterion? {
    var index = Int(rule.firstCheck)
    let end = Int(rule.lastCheck)
    while index < end {
      let check = checks[index]
      if !holds(check, facts) { return check.criterion }
      index &+= 1
    }
    return nil
  }

  /// Every criterion of a rule, and whether the packet meets it.
  func results(of rule: CompiledRule, _ facts: Facts) -> [CriterionResult] {
    (Int(rule.firstCheck)..<Int(rule.lastCheck)).map { CriterionResult(checks[$0].criterion, holds: holds(checks[$0], facts)) }
  }

  @inline(__always)
  private func holds(_ check: Check, _ facts: Facts) -> Bool {
    let packet = facts.packet
    switch check.criterion {
    case .disabled: return false
    case .ipVersion, .protocolFamily, .netFamily: return packet.family.rawValue == check.first
    case .protocol: return packet.protocol.rawValue == check.first
    case .notProtocol: return packet.protocol.rawValue != check.first
    case .portProtocol: return packet.protocol == .tcp || packet.protocol == .udp
    case .icmp: return isICMP(packet, check)
    case .notICMP: return !isICMP(packet, check)
    case .sourceNets: return contains(check, packet.source)
    case .sourceNotNets: return !contains(check, packet.source)
    case .sourceTag, .sourceSelector: return isInSet(check, facts.source)
    case .sourceNotTag, .sourceNotSelector: return !isInSet(check, facts.source)
    case .sourcePorts: return packet.protocol.hasPorts && contains(check, port: packet.sourcePort)
    case .sourceNotPorts: return packet.protocol.hasPorts && !contains(check, port: packet.sourcePort)
    case .destinationNets: return contains(check, packet.destination)
    case .destinationNotNets: return !contains(check, packet.destination)
    case .destinationTag, .destinationSelector: return isInSet(check, facts.destination)
    case .destinationNotTag, .destinationNotSelector: return !isInSet(check, facts.destination)
    case .destinationPorts: return packet.protocol.hasPorts && contains(check, port: packet.destinationPort)
    case .destinationNotPorts: return packet.protocol.hasPorts && !contains(check, port: packet.destinationPort)
    }
  }

  /// `first` is the type, `second` the code, `start` 1 where the code counts.
  @inline(__always)
  private func isICMP(_ packet: Packet, _ check: Check) -> Bool {
    packet.protocol == (packet.family == .v4 ? .icmp : .icmpv6) && packet.icmpType == check.first
      && (check.start == 0 || packet.icmpCode == check.second)
  }

  @inline(__always)
  private func contains(_ check: Check, _ address: IPAddress) -> Bool {
    for index in Int(check.start)..<Int(check.end) {
      let net = nets[index]
      if (address.low ^ net.low) & net.lowMask == 0, (address.high ^ net.high) & net.highMask == 0,
        net.family == address.family.rawValue
      {
        return true
      }
    }
    return false
  }

  @inline(__always)
  private func contains(_ check: Check, port: UInt16) -> Bool {
    for index in Int(check.start)..<Int(check.end) where ports[index].lower <= port && port <= ports[index].upper {
      return true
    }
    return false
  }

  /// `start` is the number of the set.
  @inline(__always)
  private func isInSet(_ check: Check, _ address: Int32) -> Bool {
    guard address >= 0 else { return false }
    let word = Int(check.start) &* wordsPerSet &+ Int(address) >> 6
    return addressSets[word] >> UInt64(address & 63) & 1 != 0
  }
}
