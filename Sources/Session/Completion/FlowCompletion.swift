import Selector
import Simulator

/// What may come next in a flow: `PROTOCOL SOURCE -> DESTINATION in INTERFACE …`.
struct FlowCompletion {
  let session: Session
  let prefix: [UInt8]

  private static let keywords = ["in", "from", "out", "on", "type", "code"]

  /// - Parameter words: the flow's words before the cursor.
  func candidates(after words: [String]) -> [Completion.Candidate] {
    guard let first = words.first else { return Candidates.protocols }
    if let arrow = words.firstIndex(of: "->") { return afterArrow(Array(words[(arrow + 1)...]), protocol: first) }
    return words.count == 1 ? ends(protocol: nil) : [Completion.Candidate("->")]
  }

  private func afterArrow(_ words: [String], protocol name: String) -> [Completion.Candidate] {
    guard let last = words.last else { return ends(protocol: name) }
    guard words.count > 1, words.count % 2 == 0 else {
      let given = Set(words)
      let isICMP = IPProtocol(name: name.lowercased())?.isICMP ?? false
      return Self.keywords.filter { !given.contains($0) && (isICMP || !["type", "code"].contains($0)) }.map {
        Completion.Candidate($0)
      }
    }
    switch last {
    case "in", "out": return interfaces(words)
    case "from": return [Completion.Candidate("host", note: "a process on the host")] + workloads(words)
    case "on": return session.now.world.nodes.map { Completion.Candidate($0.text, note: "host") }
    case "type": return ["0", "8", "13", "128"].map { Completion.Candidate($0) }
    default: return []
    }
  }

  /// Names and, once a digit was typed, addresses; with a port if the flow needs one.
  private func ends(protocol name: String?) -> [Completion.Candidate] {
    let needsPort = name.flatMap { IPProtocol(name: $0.lowercased()) }?.hasPorts ?? false
    if needsPort, let colon = prefix.lastIndex(of: UInt8(ascii: ":")) { return ports(after: prefix[...colon]) }
    let isAddress = prefix.first.map { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "[") } ?? false
    guard isAddress else {
      return Candidates(session: session).endpoints(prefix[...]).map { candidate in
        Completion.Candidate(needsPort ? candidate.text + ":" : candidate.text, note: candidate.note, endsWord: !needsPort)
      }
    }
    return session.now.world.endpoints.flatMap { endpoint in
      endpoint.addresses.map { address -> Completion.Candidate in
        let text = !needsPort ? address.description : address.family == .v4 ? "\(address):" : "[\(address)]:"
        return Completion.Candidate(text, note: endpoint.shortName.text, endsWord: !needsPort)
      }
    }
  }

  /// The ports that policies, failsafes and NAT rules speak of.
  private func ports(after end: ArraySlice<UInt8>) -> [Completion.Candidate] {
    var ports: Set<UInt16> = [22, 80, 443]
    for policy in session.now.world.policies.prefix(2_000) {
      for rule in policy.ingress + policy.egress { ports.formUnion(rule.destination.ports.map(\.lower)) }
    }
    for host in session.now.world.hosts.prefix(100) { ports.formUnion(host.dnat.compactMap(\.port)) }
    let head = String(decoding: end, as: UTF8.self)
    return ports.map { Completion.Candidate("\(head)\($0)", note: "port") }
  }

  /// Interfaces of the host that the flow names, else of all hosts.
  private func interfaces(_ words: [String]) -> [Completion.Candidate] {
    let node = self.node(words)
    let world = session.now.world
    var names: Set<ByteString> = []
    for host in world.hosts where node == nil || node == host.name { names.formUnion(host.interfaces.map(\.name)) }
    for endpoint in world.endpoints where node == nil || node == endpoint.node {
      if let name = endpoint.interfaceName, name.bytes.starts(with: prefix) { names.insert(name) }
    }
    return names.map { Completion.Candidate($0.text, note: "interface") }
  }

  private func workloads(_ words: [String]) -> [Completion.Candidate] {
    let node = self.node(words)
    return session.now.world.endpoints.compactMap { endpoint in
      guard !endpoint.isHost, node == nil || node == endpoint.node, endpoint.shortName.bytes.starts(with: prefix) else {
        return nil
      }
      return Completion.Candidate(endpoint.shortName.text, note: "workload")
    }
  }

  private func node(_ words: [String]) -> ByteString? {
    if let on = words.firstIndex(of: "on"), on + 1 < words.count { return ByteString(words[on + 1]) }
    return session.now.world.defaultNode
  }
}
