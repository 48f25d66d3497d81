import Selector
import Simulator

private enum RuleField: String, FieldName {
  case action, ipVersion, `protocol`, icmp, notProtocol, notICMP, source, destination
  static let place = Place.rule
}

private enum EntityField: String, FieldName {
  case tag, net, nets, selector, ports, notTag, notNet, notNets, notSelector, notPorts
  static let place = Place.entity
}

private enum ICMPField: String, FieldName {
  case type, code
  static let place = Place.icmp
}

/// One end of a rule, with the places that cross-checks speak of.
private struct Entity {
  var rule = EntityRule()
  /// Every network in the order nets, notNets, with the node it was read from.
  var networks: [(network: IPNetwork, node: YAMLDocument.NodeID)] = []
  /// The keys of `net` and `notNet`, and of `nets` and `notNets`, that hold anything.
  var singleNets: [YAMLDocument.NodeID] = []
  var netLists: [YAMLDocument.NodeID] = []
  /// The keys of `ports` and `notPorts` that hold anything.
  var portLists: [YAMLDocument.NodeID] = []
}

extension ResourceReader {
  /// A rule of a policy or a profile (MANIFESTS section A.2).
  mutating func rule(_ id: NodeID, ofProfile: Bool) -> Rule? {
    guard let fields = fields(id, RuleField.self) else { return nil }
    let action = action(fields, at: id)
    let ipVersion = ipVersion(fields[.ipVersion])
    let match = protocolMatch(fields[.protocol])
    let notMatch = protocolMatch(fields[.notProtocol])
    let icmp = icmpMatch(fields[.icmp], ofProfile: ofProfile)
    let notICMP = icmpMatch(fields[.notICMP], ofProfile: ofProfile)
    let source = entity(fields[.source], .source, ofRule: id)
    let destination = entity(fields[.destination], .destination, ofRule: id)
    checkNetworks(source, destination, ipVersion: ipVersion)
    checkPorts(source, destination, protocol: match, field: fields[.protocol])
    guard let action else { return nil }
    return Rule(
      action,
      ipVersion: ipVersion,
      protocol: match,
      notProtocol: notMatch,
      icmp: icmp,
      notICMP: notICMP,
      source: source.rule,
      destination: destination.rule,
      location: location(id)
    )
  }

  private mutating func action(_ fields: Fields<RuleField>, at id: NodeID) -> Action? {
    let before = errorCount
    if let action = word(fields[.action], Action.self, what: "action") { return action }
    if errorCount == before {
      note(.field(.missing(field: "action", in: .rule)), at: fields.key(.action) ?? id)
    }
    return nil
  }

  private mutating func ipVersion(_ id: NodeID?) -> IPFamily? {
    guard let id, let version = integer(id, what: "IP version", in: 0...255) else { return nil }
    guard let family = IPFamily(rawValue: UInt8(version)) else {
      note(.value(.oneOf(String(version), what: "ipVersion", allowed: ["4", "6"])), at: id)
      return nil
    }
    return family
  }

  /// An ICMP type and code; `nil` where neither is given.
  private mutating func icmpMatch(_ id: NodeID?, ofProfile: Bool) -> ICMPMatch? {
    guard let id, let fields = fields(id, ICMPField.self) else { return nil }
    let type = fields[.type].flatMap { integer($0, what: "ICMP type", in: 0...254) }
    let code = fields[.code].flatMap { integer($0, what: "ICMP code", in: 0...255) }
    for (name, value) in [(ICMPField.type, type), (.code, code)] where value == 0 {
      if let place = fields.key(name) { note(.rule(.icmpZero(ofProfile: ofProfile)), at: place) }
    }
    let hasType = fields[.type].map { !isNull($0) } ?? false
    if code != nil, !hasType { note(.rule(.codeWithoutType), at: fields.key(.code) ?? id) }
    guard let type else { return nil }
    return ICMPMatch(type: UInt8(type), code: code.map { UInt8($0) })
  }

  private mutating func entity(_ id: NodeID?, _ end: DeprecatedField.End, ofRule rule: NodeID) -> Entity {
    guard let id, let fields = fields(id, EntityField.self) else { return Entity() }
    var entity = Entity()
    noteDeprecated(in: fields, end, ofRule: rule)
    entity.rule.tag = name(fields[.tag], .name, what: "tag")
    entity.rule.notTag = name(fields[.notTag], .name, what: "tag")
    entity.rule.selector = selector(fields[.selector])
    entity.rule.notSelector = selector(fields[.notSelector])
    entity.rule.nets = networks(fields, .net, .nets, into: &entity)
    entity.rule.notNets = networks(fields, .notNet, .notNets, into: &entity)
    entity.rule.ports = portList(fields, .ports, into: &entity)
    entity.rule.notPorts = portList(fields, .notPorts, into: &entity)
    return entity
  }

  private mutating func noteDeprecated(in fields: Fields<EntityField>, _ end: DeprecatedField.End, ofRule rule: NodeID) {
    let deprecated: [(EntityField, DeprecatedField.Name)] = [
      (.net, .net), (.notNet, .notNet), (.tag, .tag), (.notTag, .notTag),
    ]
    for (field, name) in deprecated {
      guard let key = fields.key(field), let value = fields[field], !isNull(value) else { continue }
      noteDeprecated(name, of: end, inRule: rule, at: key)
    }
  }

  private mutating func networks(
    _ fields: Fields<EntityField>,
    _ single: EntityField,
    _ several: EntityField,
    into entity: inout Entity
  ) -> [IPNetwork] {
    var found: [(network: IPNetwork, node: NodeID)] = []
    if let id = fields[single], !isNull(id) {
      entity.singleNets.append(fields.key(single) ?? id)
      if let network = network(id) { found.append((network, id)) }
    }
    if let id = fields[several], let nodes = list(id, of: "networks"), !nodes.isEmpty {
      entity.netLists.append(fields.key(several) ?? id)
      for node in nodes {
        if let network = network(node) { found.append((network, node)) }
      }
    }
    entity.networks += found
    return found.map(\.network)
  }

  private mutating func portList(
    _ fields: Fields<EntityField>,
    _ name: EntityField,
    into entity: inout Entity
  ) -> [PortRange] {
    guard let id = fields[name], let nodes = list(id, of: "ports"), !nodes.isEmpty else { return [] }
    entity.portLists.append(fields.key(name) ?? id)
    var result: [PortRange] = []
    for node in nodes {
      if let range = ports(node) { result.append(range) }
    }
    return result
  }

  /// `net` and `nets` do not go together anywhere in one rule, and all networks of a rule are of one family, that of
  /// `ipVersion` if it is given.
  private mutating func checkNetworks(_ source: Entity, _ destination: Entity, ipVersion: IPFamily?) {
    if let single = (source.singleNets + destination.singleNets).first,
      !source.netLists.isEmpty || !destination.netLists.isEmpty
    {
      note(.rule(.netAndNets), at: single)
    }
    let all = source.networks + destination.networks
    guard let first = all.first else { return }
    if let ipVersion, let other = all.first(where: { $0.network.family != ipVersion }) {
      note(.rule(.familyIsNotIPVersion(other.network, ipVersion)), at: other.node)
    }
    if let other = all.first(where: { $0.network.family != first.network.family }) {
      note(.rule(.mixedFamilies(first: first.network, other: other.network)), at: other.node)
    }
  }

  /// Only TCP and UDP have ports (in calicoctl 1.4). Without any protocol, a lenient reader takes both (D12).
  private mutating func checkPorts(
    _ source: Entity,
    _ destination: Entity,
    protocol match: ProtocolMatch?,
    field: NodeID?
  ) {
    if let match, match.value == .tcp || match.value == .udp { return }
    let isGiven = field.map { !isNull($0) } ?? false
    // A protocol that could not be read has had its own error.
    if match == nil, isGiven { return }
    for key in source.portLists + destination.portLists {
      note(.rule(match.map(RuleProblem.portsNeedProtocol) ?? .portsWithoutProtocol), at: key)
    }
  }
}
