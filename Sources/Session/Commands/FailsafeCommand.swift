import Reports
import Selector
import Simulator

extension Command {
  static let failsafe = Command(
    "failsafe", forms: ["failsafe in|out none|default|PROTOCOL:PORT[,…] [on HOST]"],
    summary: "set a host's failsafe ports",
    details: """
      Failsafe ports stay open whatever the policies say. `failsafe in none` shows what a host would be without them, `failsafe in
      tcp:22,udp:68` sets a list, `default` returns to that of the semantics. Without `on HOST` it speaks of the only host, or of
      all hosts.
      """,
    isJournalled: true,
    slots: { before in
      switch before.count {
      case 0: [.words(["in", "out"])]
      case 1: [.words(["none", "default"])]
      case 2: [.words(["on"])]
      case 3: [.host]
      default: []
      }
    },
    example: { _ in "failsafe in none" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let words = arguments.words.map(\.text).joined(separator: " ")
      let direction = try arguments.takeDirection()
      let ports = try arguments.takePorts()
      let nodes = try session.takeNodes(&arguments)
      try arguments.expectEnd()
      var changes: [ResourceChange] = []
      for node in nodes {
        let id = ResourceID(.host, node)
        let before = session.now.catalog[id]
        var host = session.hostDocument(node)
        if direction == .ingress { host.felix.failsafeInbound = ports } else { host.felix.failsafeOutbound = ports }
        if before != .host(host) { changes.append(ResourceChange(id, from: before, to: .host(host))) }
      }
      guard !changes.isEmpty else {
        answer.say("they are so already")
        answer.changedNothing = true
        return
      }
      for change in changes where change.before == nil {
        answer.say("added Host \(Style.visible(change.id.name.text)), which says what was inferred so far, to hold them")
      }
      answer.say(session.failsafeTable(changes))
      let before = session.now.world.defaultNode
      session.commit(changes, words, &answer)
      if let node = session.now.world.defaultNode, node != before {
        answer.say(
          "  \(Style.visible(node.text)) has the only Host document now, so flows without \"on HOST\" are judged there")
      }
    })
}

extension Arguments {
  fileprivate mutating func takeDirection() throws(CommandFailure) -> Direction {
    let word = try take("in or out", help: "failsafe in none, failsafe out tcp:2379,udp:53")
    switch word.text {
    case "in", "inbound", "ingress": return .ingress
    case "out", "outbound", "egress": return .egress
    default: throw .at(word.range, "\"\(word.text)\" is neither in nor out", help: "failsafe in none")
    }
  }

  /// The list; `nil` for the semantics' own.
  fileprivate mutating func takePorts() throws(CommandFailure) -> [Host.FailsafePort]? {
    let word = try take("a list of ports", help: "none, default, or PROTOCOL:PORT,…")
    if word.text == "default" { return nil }
    if word.text == "none" { return [] }
    var ports: [Host.FailsafePort] = []
    for item in word.text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let parts = item.split(separator: UInt8(ascii: ":")).map { String(Substring($0)) }
      guard parts.count == 2,
        let proto = IPProtocol(name: parts[0].lowercased()) ?? UInt8(parts[0]).map(IPProtocol.init(rawValue:)),
        proto.hasPorts, let port = UInt16(parts[1]), port > 0
      else {
        throw .at(
          word.range, "\"\(String(Substring(item)))\" is no protocol and port",
          help: "such as tcp:22; several with commas between")
      }
      ports.append(Host.FailsafePort(proto, port))
    }
    return ports
  }
}

extension Session {
  /// `on HOST`, else the default host, else all.
  fileprivate func takeNodes(_ arguments: inout Arguments) throws(CommandFailure) -> [ByteString] {
    let nodes = now.world.nodes
    guard arguments.take("on") else {
      guard !nodes.isEmpty else { throw .refused("there is no host", help: "apply a host endpoint or a Host document first") }
      return now.world.defaultNode.map { [$0] } ?? nodes
    }
    let word = try arguments.take("a host", help: "hosts are \(Self.list(nodes.map(\.text)))")
    guard nodes.contains(ByteString(word.text)) else {
      let close = closestName(to: word.text, among: nodes.map(\.text)).map { "did you mean \"\($0)\"? " } ?? ""
      throw .at(word.range, "there is no host \"\(word.text)\"", help: close + "hosts are \(Self.list(nodes.map(\.text)))")
    }
    return [ByteString(word.text)]
  }

  /// A host's document; where it has none, one that says what is inferred from its endpoints.
  func hostDocument(_ node: ByteString) -> Host {
    if let host = now.world.host(named: node) { return host }
    let topology = Topology(of: node, in: now.world, semantics: semantics)
    return Host(
      name: node,
      interfaces: topology.interfaces.filter { !$0.isWorkload }.map { Host.Interface(name: $0.name, addresses: $0.addresses) })
  }

  fileprivate func failsafeTable(_ changes: [ResourceChange]) -> [String] {
    var snapshot = now
    snapshot.apply(changes)
    var after = self
    after.now = snapshot
    return after.table("failsafes", containing: changes.count == 1 ? changes[0].id.name.text : nil)
  }
}
