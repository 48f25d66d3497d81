import Selector
import Simulator

/// Packets to hold against a rule, to see what it does to traffic of one kind: few of many, but each one real.
extension LintContext {
  /// An ephemeral port, which no service listens on.
  private static let clientPort: UInt16 = 49_152
  /// Addresses of the documentation and test networks, which no world should have.
  private static let strangers: [IPFamily: [IPAddress]] = [
    .v4: [0xc633_6407, 0xcb00_7107, 0xc000_0207, 0xc612_0007].map { IPAddress(v4: $0) },
    .v6: [IPAddress(family: .v6, high: 0x2001_0db8_ffff_0000, low: 7)],
  ]

  /// Addresses that may satisfy what a rule asks of one end: from its networks, of endpoints that its selector matches, and
  /// of strangers.
  func samples(_ entity: EntityRule, _ family: IPFamily) -> [IPAddress] {
    let inside = entity.nets.filter { $0.family == family }.flatMap(\.samples)
    let selectors = [entity.selector, entity.tag.map(Selector.has)].compactMap(\.self)
    let known = selectors.flatMap { selector in
      endpoints(matching: selector).lazy.flatMap { world.endpoints[$0].addresses }.filter { $0.family == family }.prefix(8)
    }
    return inside + known + (inside.isEmpty && known.isEmpty ? Self.strangers[family] ?? [] : [])
  }

  /// A packet to this place that a rule of a policy matches before anything is done to it; `nil` if none was found.
  func packet(
    to address: IPAddress, _ port: UInt16, _ proto: IPProtocol, matching rule: Rule, at place: Subject.RulePlace, of policy: Int
  ) -> Packet? {
    let sourcePort = rule.source.ports.first?.lower ?? Self.clientPort
    return samples(rule.source, address.family).lazy
      .map { Packet(proto, from: $0, port: proto.hasPorts ? sourcePort : 0, to: address, port: port) }
      .first { simulation.matches($0, policy: policy, place.direction, rule: place.index) }
  }
}

extension EntityRule {
  /// Do the networks of this end let an address through? What its selectors say is another question.
  func admits(_ address: IPAddress) -> Bool {
    (nets.isEmpty || nets.contains { $0.contains(address) }) && !notNets.contains { $0.contains(address) }
  }

  /// Do the ports of this end let one through?
  func admits(_ port: UInt16) -> Bool {
    (ports.isEmpty || ports.contains { $0.lower <= port && port <= $0.upper })
      && !notPorts.contains { $0.lower <= port && port <= $0.upper }
  }
}

extension IPNetwork {
  /// Some addresses of the network: the first two after its own and the last but one; of a network of one address that one.
  var samples: [IPAddress] {
    guard family.bits - prefixLength >= 2 else { return [address] }
    let first = masked.address
    let mask = Self.mask(family: family, prefixLength: prefixLength)
    var last = first
    last.high |= ~mask.high & (family == .v4 ? 0 : ~0)
    last.low |= ~mask.low & (family == .v4 ? 0xffff_ffff : ~0)
    let offsets: [(IPAddress, UInt64)] = [(first, 1), (first, 2), (last, 0)]
    return offsets.map { base, offset in
      var address = base
      address.low = offset == 0 ? base.low & ~1 : base.low | offset
      return address
    }
  }
}
