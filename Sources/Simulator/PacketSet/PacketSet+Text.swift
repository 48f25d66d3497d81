extension PacketSet: CustomStringConvertible {
  /// The set in words: `tcp from 10.0.0.0/8 to port 22; icmp type 8`. At most three criteria and of each list at most three
  /// members are named, so it stays short whatever the set is.
  package var description: String {
    if isEmpty { return "nothing" }
    let (list, isWhole) = criteria(limit: 3)
    return list.map(\.description).joined(separator: "; ") + (isWhole ? "" : "; and more")
  }
}

extension PacketCriteria: CustomStringConvertible {
  /// `tcp from 10.0.0.0/8 port 1024:65535 to 10.0.0.1 port 22`.
  package var description: String {
    let ends =
      [end("from", source, sourcePorts), end("to", destination, destinationPorts)].compactMap { $0 }
    let icmp = [("type", icmpTypes), ("code", icmpCodes)].compactMap { name, values in
      values == Self.allICMP ? nil : "\(name) \(values.text(within: Self.allICMP) { String($0) })"
    }
    return ([subject] + icmp + ends).joined(separator: " ")
  }

  // MARK: Family and protocol

  private var subject: String {
    let v4 = protocols(.v4)
    let v6 = protocols(.v6)
    if v4 == v6 { return Self.subject("", v4) }
    if v6.isEmpty { return Self.subject(namesFamily(.v4) || v4 == Self.icmp ? "" : "IPv4 ", v4) }
    if v4.isEmpty { return Self.subject(namesFamily(.v6) || v6 == Self.icmpv6 ? "" : "IPv6 ", v6) }
    if v4 == Self.icmp, v6 == Self.icmpv6 { return "icmp or icmpv6" }
    return "\(Self.subject("IPv4 ", v4)) or \(Self.subject("IPv6 ", v6))"
  }

  private static let allProtocols = Intervals(0...255)
  private static let icmp = Intervals(IPProtocol.icmp.range)
  private static let icmpv6 = Intervals(IPProtocol.icmpv6.range)

  private func protocols(_ family: IPFamily) -> Intervals {
    guard !source[family].isEmpty, !destination[family].isEmpty else { return .none }
    let first = PacketNode.header(family, 0)
    return Intervals(
      headers.intersection(Self.headers(of: family)).ranges.map { ($0.lowerBound - first)...($0.upperBound - first) })
  }

  /// Is one of the ends restricted, so that its addresses tell the family?
  private func namesFamily(_ family: IPFamily) -> Bool {
    source[family] != AddressSet.all[family] || destination[family] != AddressSet.all[family]
  }

  private static func subject(_ family: String, _ protocols: Intervals) -> String {
    if protocols == allProtocols { return "any \(family)packet" }
    return family + protocols.text(within: allProtocols) { IPProtocol(rawValue: UInt8(truncatingIfNeeded: $0)).description }
  }

  // MARK: Ends

  private func end(_ word: String, _ addresses: AddressSet, _ ports: Intervals) -> String? {
    var parts: [String] = []
    let families = [IPFamily.v4, .v6].filter { !addresses[$0].isEmpty && addresses[$0] != AddressSet.all[$0] }
    if !families.isEmpty { parts.append(families.map { Self.text(addresses[$0], $0) }.joined(separator: ", ")) }
    if ports != Self.allPorts { parts.append("port \(ports.text(within: Self.allPorts) { String($0) })") }
    return parts.isEmpty ? nil : "\(word) \(parts.joined(separator: " "))"
  }

  private static func text(_ addresses: Intervals, _ family: IPFamily) -> String {
    let rest = AddressSet.all[family].subtracting(addresses)
    if rest.ranges.count <= 3, rest.ranges.count < addresses.ranges.count {
      return "not " + list(rest, family)
    }
    return list(addresses, family)
  }

  private static func list(_ addresses: Intervals, _ family: IPFamily) -> String {
    Intervals.list(
      addresses.ranges.map { range in
        let ends = [range.lowerBound, range.upperBound].map { IPAddress(family, value: $0).description }
        guard range.lowerBound != range.upperBound else { return ends[0] }
        return prefixLength(of: range, family).map { "\(ends[0])/\($0)" } ?? ends.joined(separator: "-")
      })
  }

  /// The length of the prefix, if the range is a network.
  private static func prefixLength(of range: ClosedRange<UInt128>, _ family: IPFamily) -> Int? {
    let hostBits = range.lowerBound ^ range.upperBound
    guard hostBits & (hostBits &+ 1) == 0, range.lowerBound & hostBits == 0 else { return nil }
    return family.bits - hostBits.nonzeroBitCount
  }
}

extension Intervals {
  /// The values, or those that are missing where they take fewer ranges.
  fileprivate func text(within all: Intervals, _ name: (UInt128) -> String) -> String {
    let rest = all.subtracting(self)
    let isInverse = rest.ranges.count <= 3 && rest.ranges.count < ranges.count
    let names = (isInverse ? rest : self).ranges.map { range in
      range.lowerBound == range.upperBound ? name(range.lowerBound) : "\(name(range.lowerBound)):\(name(range.upperBound))"
    }
    return (isInverse ? "not " : "") + Self.list(names)
  }

  /// At most three names.
  fileprivate static func list(_ names: [String]) -> String {
    guard names.count > 3 else { return names.joined(separator: ", ") }
    return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
  }
}
