extension PacketSet {
  /// One packet of the set, the same each time: of what is in it the values that people use in examples, such as TCP,
  /// an ephemeral source port, a host outside; `nil` if it is empty.
  package var witness: Packet? {
    guard let root else { return nil }
    let header = root.pick(Self.headers)
    let family: IPFamily = header.value < 256 ? .v4 : .v6
    let proto = IPProtocol(rawValue: UInt8(truncatingIfNeeded: header.value))
    let fields = ProtocolClass(proto)
    // Port 0 and the address of a network itself are valid, but odd.
    let oddPort: UInt128? = fields == .withPorts ? .max : nil
    let second = header.child.pick(fields == .withPorts ? Self.destinationPorts : [], avoiding: oddPort)
    let first = second.child.pick(
      fields == .withPorts ? Self.sourcePorts : fields == .icmp ? [proto == .icmp ? 8 : 128] : [], avoiding: oddPort)
    let source = first.child.pick(Self.addresses(family, Self.sources), avoiding: 0xff)
    let destination = source.child.pick(Self.addresses(family, Self.destinations), avoiding: 0xff)
    func port(_ value: UInt128) -> UInt16 { fields == .withPorts ? UInt16(truncatingIfNeeded: value) : 0 }
    func code(_ value: UInt128) -> UInt8 { fields == .icmp ? UInt8(truncatingIfNeeded: value) : 0 }
    return Packet(
      proto, from: IPAddress(family, value: source.value), port: port(first.value),
      to: IPAddress(family, value: destination.value), port: port(second.value), icmpType: code(first.value),
      icmpCode: code(second.value))
  }

  private static let headers: [UInt128] = [IPFamily.v4, .v6].flatMap { family in
    let usual: [IPProtocol] = [.tcp, .udp, family == .v4 ? .icmp : .icmpv6]
    return usual.map { PacketNode.header(family, UInt128($0.rawValue)) }
  }
  private static let destinationPorts: [UInt128] = [80, 443, 22, 53, 8080]
  private static let sourcePorts: [UInt128] = [49_152, 40_000]
  private static let sources = ["203.0.113.9", "10.0.0.2", "2001:db8::9", "fd00::2"]
  private static let destinations = ["10.0.0.1", "203.0.113.1", "fd00::1", "2001:db8::1"]

  private static func addresses(_ family: IPFamily, _ texts: [String]) -> [UInt128] {
    texts.compactMap { IPAddress($0) }.filter { $0.family == family }.map(\.value)
  }
}

extension PacketNode {
  /// A value that leads on: the first of those preferred that does, else the smallest, or the one after it if that is better
  /// avoided, having no bit of a mask.
  fileprivate func pick(_ preferred: [UInt128], avoiding mask: UInt128? = nil) -> (value: UInt128, child: PacketNode) {
    for value in preferred { if let child = child(of: value) { return (value, child) } }
    // No node is without a piece that leads on, but for the leaf, which is not asked.
    let piece = targets.firstIndex { $0 >= 0 } ?? 0
    let start = starts[piece]
    let last = piece + 1 < starts.count ? starts[piece + 1] - 1 : .max
    let isBetterAvoided = mask.map { start & $0 == 0 && last > start } ?? false
    return (isBetterAvoided ? start + 1 : start, children[Int(targets[piece])])
  }
}
