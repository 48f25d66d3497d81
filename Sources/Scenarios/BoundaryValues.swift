import Selector
import Simulator

/// Every value at which something in a world changes its mind, with its neighbours: addresses, ports, protocols, ICMP types.
struct BoundaryValues: Sendable {
  private(set) var addresses: Set<IPAddress> = []
  private(set) var sourcePorts: Set<UInt16> = []
  private(set) var destinationPorts: Set<UInt16> = [1, .max]
  private(set) var protocols: Set<IPProtocol> = [.tcp, .udp, .icmp, .icmpv6]
  /// ICMP types, and the codes that rules give with them.
  private(set) var icmpCodes: [UInt8: Set<UInt8>] = [:]

  /// - Complexity: linear in the rules and endpoints.
  init(_ world: World, _ semantics: Semantics) {
    for policy in world.policies { add(policy.ingress + policy.egress) }
    for profile in world.profiles { add(profile.ingress + profile.egress) }
    for endpoint in world.endpoints { addresses.formUnion(endpoint.addresses) }
    for port in semantics.failsafeInbound + semantics.failsafeOutbound { add(port) }
    for host in world.hosts { add(host) }
    protocols.remove(IPProtocol(rawValue: 0))
  }

  private mutating func add(_ host: Host) {
    for port in (host.felix.failsafeInbound ?? []) + (host.felix.failsafeOutbound ?? []) { add(port) }
    addresses.formUnion(host.interfaces.flatMap { $0.addresses.map(\.address) })
    for rule in host.dnat {
      addresses.formUnion([rule.address, rule.toAddress])
      for port in [rule.port, rule.toPort].compactMap({ $0 }) { add(PortRange(port), to: &destinationPorts) }
      if let match = rule.protocol { protocols.insert(match) }
    }
  }

  private mutating func add(_ port: Host.FailsafePort) {
    add(PortRange(port.port), to: &destinationPorts)
    protocols.insert(port.protocol)
  }

  private mutating func add(_ rules: [Rule]) {
    for rule in rules where !rule.isDisabled {
      for match in [rule.protocol, rule.notProtocol].compactMap({ $0 }) { protocols.insert(match.value) }
      for match in [rule.icmp, rule.notICMP].compactMap({ $0 }) {
        if let type = match.type { icmpCodes[type, default: [0]].formUnion([match.code].compactMap(\.self)) }
      }
      for entity in [rule.source, rule.destination] {
        for network in entity.nets + entity.notNets { add(network) }
      }
      for range in rule.source.ports + rule.source.notPorts { add(range, to: &sourcePorts) }
      for range in rule.destination.ports + rule.destination.notPorts { add(range, to: &destinationPorts) }
    }
  }

  /// The ends of a network, and the addresses just beyond.
  private mutating func add(_ network: IPNetwork) {
    let (first, last) = network.ends
    addresses.formUnion([first, last])
    if let before = first.previous { addresses.insert(before) }
    if let after = last.next { addresses.insert(after) }
  }

  private func add(_ range: PortRange, to ports: inout Set<UInt16>) {
    ports.formUnion([range.lower, range.upper])
    if range.lower > 1 { ports.insert(range.lower - 1) }
    if range.upper < .max { ports.insert(range.upper + 1) }
  }
}

extension IPNetwork {
  /// The first and the last address.
  var ends: (first: IPAddress, last: IPAddress) {
    let mask = Self.mask(family: family, prefixLength: prefixLength)
    let first = masked.address
    let all: (high: UInt64, low: UInt64) = family == .v4 ? (0, 0xffff_ffff) : (.max, .max)
    return (
      first, IPAddress(family: family, high: first.high | (all.high & ~mask.high), low: first.low | (all.low & ~mask.low))
    )
  }
}

extension IPAddress {
  /// `nil` for the last address of the family.
  var next: IPAddress? {
    if family == .v4 { return low == 0xffff_ffff ? nil : IPAddress(family: .v4, high: 0, low: low + 1) }
    if low < .max { return IPAddress(family: .v6, high: high, low: low + 1) }
    return high == .max ? nil : IPAddress(family: .v6, high: high + 1, low: 0)
  }

  /// `nil` for the first address of the family.
  var previous: IPAddress? {
    if low > 0 { return IPAddress(family: family, high: high, low: low - 1) }
    return family == .v4 || high == 0 ? nil : IPAddress(family: .v6, high: high - 1, low: .max)
  }
}
