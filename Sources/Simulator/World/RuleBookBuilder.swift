import Selector

/// Compiles the rules of a world, each selector once.
struct RuleBookBuilder {
  private let world: World
  private(set) var rules: [RuleBook.CompiledRule] = []
  private(set) var checks: [RuleBook.Check] = []
  private(set) var nets: [RuleBook.Net] = []
  private(set) var ports: [PortRange] = []
  private(set) var addressSets: [UInt64] = []
  let wordsPerSet: Int
  /// What the selectors asked for so far pick.
  var selections: Selections
  private var setNumbers: [Selector: UInt32] = [:]

  /// - Parameter selections: of this world; what is in them already is not looked for again.
  init(world: World, selections: Selections) {
    self.world = world
    self.selections = selections
    wordsPerSet = (selections.addresses.count + 63) / 64
  }

  /// Compiles a list of rules.
  ///
  /// - Returns: their numbers.
  mutating func compile(_ list: [Rule]) -> Range<Int32> {
    let start = Int32(rules.count)
    for rule in list { compile(rule) }
    return start..<Int32(rules.count)
  }

  private mutating func compile(_ rule: Rule) {
    let start = UInt32(checks.count)
    if rule.isDisabled {
      checks.append(RuleBook.Check(criterion: .disabled))
    } else {
      compileHeader(rule)
      compile(rule.source, SideCriteria.source)
      compile(rule.destination, SideCriteria.destination)
    }
    rules.append(
      RuleBook.CompiledRule(action: rule.action, firstCheck: start, lastCheck: UInt32(checks.count)))
  }

  private mutating func compileHeader(_ rule: Rule) {
    if let version = rule.ipVersion {
      checks.append(RuleBook.Check(criterion: .ipVersion, first: version.rawValue))
    } else if let family = rule.protocol?.impliedFamily {
      checks.append(RuleBook.Check(criterion: .protocolFamily, first: family.rawValue))
    }
    for list in [rule.source.nets, rule.source.notNets, rule.destination.nets, rule.destination.notNets] {
      // A rule whose nets are all of the other family does not match (Felix `rules/policy.go`, filterNets).
      guard let family = list.first?.family, list.allSatisfy({ $0.family == family }) else { continue }
      checks.append(RuleBook.Check(criterion: .netFamily, first: family.rawValue))
    }
    if let value = rule.protocol?.value {
      checks.append(RuleBook.Check(criterion: .protocol, first: value.rawValue))
    } else if rule.mentionsPorts {
      checks.append(RuleBook.Check(criterion: .portProtocol))
    }
    if let value = rule.notProtocol?.value {
      checks.append(RuleBook.Check(criterion: .notProtocol, first: value.rawValue))
    }
    for (match, criterion) in [(rule.icmp, Criterion.icmp), (rule.notICMP, .notICMP)] {
      guard let match, let type = match.type else { continue }
      checks.append(
        RuleBook.Check(criterion: criterion, first: type, second: match.code ?? 0, start: match.code == nil ? 0 : 1))
    }
  }

  /// The criteria of one end of a rule, so that source and destination are compiled by one function.
  private struct SideCriteria {
    let nets, notNets, tag, notTag, selector, notSelector, ports, notPorts: Criterion

    static let source = SideCriteria(
      nets: .sourceNets, notNets: .sourceNotNets, tag: .sourceTag, notTag: .sourceNotTag, selector: .sourceSelector,
      notSelector: .sourceNotSelector, ports: .sourcePorts, notPorts: .sourceNotPorts)
    static let destination = SideCriteria(
      nets: .destinationNets, notNets: .destinationNotNets, tag: .destinationTag, notTag: .destinationNotTag,
      selector: .destinationSelector, notSelector: .destinationNotSelector, ports: .destinationPorts,
      notPorts: .destinationNotPorts)
  }

  private mutating func compile(_ entity: EntityRule, _ criteria: SideCriteria) {
    addNets(entity.nets, criteria.nets)
    addNets(entity.notNets, criteria.notNets)
    addPorts(entity.ports, criteria.ports)
    addPorts(entity.notPorts, criteria.notPorts)
    if let tag = entity.tag { addSet(Selector.has(tag), criteria.tag) }
    if let tag = entity.notTag { addSet(Selector.has(tag), criteria.notTag) }
    if let selector = entity.selector { addSet(selector, criteria.selector) }
    if let selector = entity.notSelector { addSet(selector, criteria.notSelector) }
  }

  private mutating func addNets(_ list: [IPNetwork], _ criterion: Criterion) {
    guard !list.isEmpty else { return }
    let start = UInt32(nets.count)
    for network in list {
      let mask = IPNetwork.mask(family: network.family, prefixLength: network.prefixLength)
      nets.append(
        RuleBook.Net(
          high: network.address.high, low: network.address.low, highMask: mask.high, lowMask: mask.low,
          family: network.family.rawValue))
    }
    checks.append(RuleBook.Check(criterion: criterion, start: start, end: UInt32(nets.count)))
  }

  private mutating func addPorts(_ list: [PortRange], _ criterion: Criterion) {
    guard !list.isEmpty else { return }
    let start = UInt32(ports.count)
    ports += list
    checks.append(RuleBook.Check(criterion: criterion, start: start, end: UInt32(ports.count)))
  }

  /// A selector in a rule stands for the addresses of the endpoints that it matches (SEMANTICS section 7).
  private mutating func addSet(_ selector: Selector, _ criterion: Criterion) {
    if let known = setNumbers[selector] {
      checks.append(RuleBook.Check(criterion: criterion, start: known))
      return
    }
    let number = UInt32(setNumbers.count)
    setNumbers[selector] = number
    let base = addressSets.count
    addressSets += repeatElement(0, count: wordsPerSet)
    for endpoint in selections.endpoints(matching: selector, in: world) {
      for address in selections.addressesOfEndpoint[endpoint] {
        addressSets[base + Int(address) >> 6] |= 1 << UInt64(address & 63)
      }
    }
    checks.append(RuleBook.Check(criterion: criterion, start: number))
  }
}

extension Semantics {
  /// Does the policy count as missing for one of its rules (D16)? Whether it is disabled is another question.
  package func countsAsMissing(_ policy: Policy) -> Bool { isMissing(policy.ingress) || isMissing(policy.egress) }

  /// Does the profile count as missing for one of its rules (D16)?
  package func countsAsMissing(_ profile: Profile) -> Bool { isMissing(profile.ingress) || isMissing(profile.egress) }

  /// Does a rule in the list make its whole policy or profile count as missing (D16)?
  private func isMissing(_ rules: [Rule]) -> Bool {
    dropsRulesWithICMPZero && rules.contains(where: \.hasICMPZero)
  }
}

extension Rule {
  /// Does the rule name ICMP type 0 or code 0, which Felix 2.4 refuses (D16)? A disabled one would not be given to Felix.
  package var hasICMPZero: Bool {
    !isDisabled && [icmp, notICMP].contains { $0?.type == 0 || $0?.code == 0 }
  }

  package var mentionsPorts: Bool {
    [source, destination].contains { !$0.ports.isEmpty || !$0.notPorts.isEmpty }
  }
}
