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
    let inside = entity.nets.filter { $0.family == family }.map(\.sample)
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

extension IPNetwork {
  /// An address of the network that is not the network's own, where it has one.
  var sample: IPAddress {
    var address = masked.address
    if prefixLength < family.bits - 1 { address.low |= 1 }
    return prefixLength == family.bits ? self.address : address
  }
}
