package import Selector

/// Looks up in a world what a flow's text names, and settles what it leaves open.
package struct FlowResolver {
  private let walker: Walker
  private let text: FlowText
  private let source: String
  private var errors: [FlowTextError] = []

  /// A missing source port is an ephemeral one.
  package static let ephemeralPort: UInt16 = 49152

  package init(_ text: FlowText, source: String, on walker: Walker) {
    self.text = text
    self.source = source
    self.walker = walker
  }

  /// The node that a flow speaks of: the one it names, else the world's default, else the one that its sender is on.
  package static func node(of text: FlowText, source: String, in world: World) throws(FlowTextErrors) -> ByteString {
    let nodes = world.nodes.map(\.text)
    if let word = text.node {
      if world.nodes.contains(ByteString(word.text)) { return ByteString(word.text) }
      let close = closestName(to: word.text, among: nodes).map { "did you mean \"\($0)\"? " } ?? ""
      throw FlowTextErrors(
        text: source,
        errors: [
          FlowTextError(word.range, "there is no host \"\(word.text)\"", help: close + "hosts are \(list(nodes))")
        ])
    }
    if let node = world.defaultNode ?? senderNode(of: text, in: world) { return node }
    let end = source.utf8.count
    throw FlowTextErrors(
      text: source,
      errors: [
        FlowTextError(
          end..<end, nodes.isEmpty ? "the input has no host and no endpoint" : "which host? there are several",
          help: nodes.isEmpty
            ? "load manifests with a host endpoint or a Host document" : "add \"on HOST\", one of \(list(nodes))")
      ])
  }

  /// The flow, ready to be judged.
  ///
  /// - Throws: everything in the text that the world does not have.
  package consuming func resolve() throws(FlowTextErrors) -> Flow {
    let destination = address(of: text.destination.host, family: IPAddress(text.source.host.text)?.family)
    let sourceAddress = address(of: text.source.host, family: destination?.family)
    let out = text.out.flatMap { interface($0) }
    let entry = entry(sourceAddress)
    guard let destination, let sourceAddress else { throw failure() }
    var proto = text.protocol
    if text.protocolIsName, proto.isICMP { proto = destination.family == .v4 ? .icmp : .icmpv6 }
    guard let entry, errors.isEmpty else { throw failure() }
    let echo: UInt8 = destination.family == .v4 ? 8 : 128
    return Flow(
      Packet(
        proto, from: sourceAddress, port: proto.hasPorts ? text.source.port ?? Self.ephemeralPort : 0,
        to: destination, port: text.destination.port ?? 0, icmpType: proto.isICMP ? text.icmpType ?? echo : 0,
        icmpCode: text.icmpCode ?? 0),
      entry: entry, out: out)
  }

  private func failure() -> FlowTextErrors {
    FlowTextErrors(text: source, errors: errors.sorted { $0.range.lowerBound < $1.range.lowerBound })
  }

  private mutating func fail(_ range: Range<Int>, _ message: String, help: String) {
    errors.append(FlowTextError(range, message, help: help))
  }

  // MARK: Addresses

  private mutating func address(of word: FlowText.Word, family: IPFamily?) -> IPAddress? {
    if let address = IPAddress(word.text) { return address }
    let addresses = candidates(ByteString(word.text))
    guard !addresses.isEmpty else {
      failUnknown(word)
      return nil
    }
    let distinct = Set(addresses.map(\.name))
    guard distinct.count == 1 else {
      fail(
        word.range, "\"\(word.text)\" could be any of several endpoints",
        help: "write its full name, one of \(Self.list(distinct.sorted().map(\.text)))")
      return nil
    }
    let own = addresses.flatMap(\.addresses)
    if let first = own.first(where: { family == nil || $0.family == family }) { return first }
    if own.isEmpty {
      fail(
        word.range, "endpoint \"\(word.text)\" has no address",
        help: "give it expectedIPs, list the interface's addresses in the Host document, or write an address")
    } else {
      fail(
        word.range, "endpoint \"\(word.text)\" has no address of the other end's family",
        help: "its addresses are \(Self.list(own.map(\.description)))")
    }
    return nil
  }

  /// Endpoints that a name may stand for, and hosts; a full name, a host endpoint's or a workload's.
  private func candidates(_ name: ByteString) -> [(name: ByteString, addresses: [IPAddress])] {
    var found: [(name: ByteString, addresses: [IPAddress])] = []
    for index in Self.indices(name, in: walker.world) {
      let endpoint = walker.world.endpoints[index]
      var addresses = endpoint.addresses
      if endpoint.node == walker.topology.node {
        for interface in walker.topology.interfaces where interface.endpoint == index {
          addresses += interface.addresses.map(\.address)
        }
      }
      found.append((endpoint.name, addresses))
    }
    let local = found.filter { $0.name.hasPrefix(ByteString("\(walker.topology.node)/")) }
    if found.count > 1, !local.isEmpty { found = local }
    if found.isEmpty, name == walker.topology.node { found.append((name, walker.topology.ownAddresses)) }
    return found
  }

  /// Endpoints with this full or short name, ascending.
  static func indices(_ name: ByteString, in world: World) -> [Int] {
    let full = [ResourceKind.hostEndpoint, .workloadEndpoint].compactMap { world.endpoint(ResourceID($0, name)) }
    return Set(full + world.endpoints(shortNamed: name)).sorted()
  }

  private mutating func failUnknown(_ word: FlowText.Word) {
    let isNumeric =
      word.text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e || $0 == 0x2f }
      || word.text.utf8.contains(UInt8(ascii: ":"))
    let names = walker.world.endpoints.map(\.shortName.text) + [walker.topology.node.text]
    let close = closestName(to: word.text, among: names).map { "did you mean \"\($0)\"? " } ?? ""
    if isNumeric {
      fail(word.range, "\"\(word.text)\" is no IP address", help: "write one address, such as 10.0.0.1 or [fd00::1]:80")
    } else {
      fail(
        word.range, "there is no endpoint \"\(word.text)\"",
        help: close + (names.count <= 12 ? "endpoints are \(Self.list(names))" : "write an endpoint's name or an address"))
    }
  }

  // MARK: Entry

  private mutating func interface(_ word: FlowText.Word) -> Int? {
    if let place = walker.topology.interface(named: ByteString(word.text)) { return place }
    let names = walker.topology.interfaces.map(\.name.text)
    let close = closestName(to: word.text, among: names).map { "did you mean \"\($0)\"? " } ?? ""
    fail(
      word.range, "\(walker.topology.node) has no interface \"\(word.text)\"",
      help: close + (names.isEmpty ? "list it in a Host document" : "its interfaces are \(Self.list(names))"))
    return nil
  }

  /// Where the packet enters: as the text says, else as the source address settles it.
  private mutating func entry(_ source: IPAddress?) -> Flow.Entry? {
    switch text.entry {
    case .host: return .host
    case .interface(let word): return interface(word).map { .interface($0) }
    case .workload(let word): return workload(word)
    case nil: break
    }
    guard let source else { return nil }
    let topology = walker.topology
    if topology.isOwn(source) { return .host }
    if let place = topology.route(to: source) { return .interface(place) }
    let outward = topology.interfaces.indices.filter { !topology.interfaces[$0].isWorkload }
    if outward.count == 1, topology.document?.routes == nil { return .interface(outward[0]) }
    let names = topology.interfaces.map(\.name.text)
    fail(
      self.text.source.host.range, "\(source) does not tell by which interface the packet comes in",
      help: "add \"in INTERFACE\" (\(Self.list(names))), \"from host\" or \"from WORKLOAD\"")
    return nil
  }

  private mutating func workload(_ word: FlowText.Word) -> Flow.Entry? {
    let name = ByteString(word.text)
    let topology = walker.topology
    let places = topology.interfaces.indices.filter { place in
      guard topology.interfaces[place].isWorkload else { return false }
      guard let index = topology.interfaces[place].endpoint else { return topology.interfaces[place].name == name }
      let endpoint = walker.world.endpoints[index]
      return endpoint.name == name || endpoint.shortName == name || endpoint.interfaceName == name
    }
    if places.count == 1 { return .interface(places[0]) }
    let names = topology.interfaces.compactMap { $0.endpoint.map { walker.world.endpoints[$0] } }
      .filter { !$0.isHost }.map(places.isEmpty ? \.shortName.text : \.name.text)
    let close = closestName(to: word.text, among: names).map { "did you mean \"\($0)\"? " } ?? ""
    fail(
      word.range,
      places.isEmpty
        ? "\(topology.node) has no workload \"\(word.text)\"" : "\"\(word.text)\" could be any of several workloads",
      help: close + (names.isEmpty ? "no workload endpoint is on this host" : "workloads are \(Self.list(names))"))
    return nil
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).joined(separator: ", ")
    return names.count > 12 ? shown + ", …" : shown
  }
}
