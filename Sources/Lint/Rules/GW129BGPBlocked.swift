import Selector
import Simulator

extension LintRule {
  static let bgpBlocked = LintRule(
    id: "GW129", name: "bgp-blocked", severity: .error,
    summary: "node with BGP whose host endpoint lets no tcp 179 through: it loses its routes",
    claims: ["S30"],
    basis: "if Calico networks workloads, add an ingress and an egress rule that allow TCP to port 179, for BGP",
    explanation: """
      The node speaks BGP with its peers over TCP port 179, and policy at its host endpoint drops that, in one direction or both.
      Calico 2.4 has no failsafe for BGP, so the session ends and with it the routes to the workloads of other nodes.

      ```yaml
      - {apiVersion: v1, kind: node, metadata: {name: n1}, spec: {bgp: {ipv4Address: 10.0.0.1/24}}}
      - {apiVersion: v1, kind: bgpPeer, metadata: {scope: global, peerIP: 10.0.0.254}, spec: {asNumber: 64512}}
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: eth0, node: n1, labels: {role: node}}
        spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
      ```

      Allow it both ways:

      ```yaml
      apiVersion: v1
      kind: policy
      metadata: {name: bgp}
      spec:
        selector: role == "node"
        ingress: [{action: allow, protocol: tcp, destination: {ports: [179]}}]
        egress: [{action: allow, protocol: tcp, destination: {ports: [179]}}]
      ```
      """
  ) { context in
    BGPSearch(context).findings()
  }
}

private struct BGPSearch {
  /// Peers of a node that are tried.
  private static let mostPeers = 8
  private static let port: UInt16 = 179

  private let context: LintContext
  private let nodes: [Node]
  private let peers: [BGPPeer]

  init(_ context: LintContext) {
    self.context = context
    nodes = context.resources.compactMap { resource in
      if case .node(let node) = resource, node.bgp != nil { node } else { nil }
    }
    peers = context.resources.compactMap { resource in
      if case .bgpPeer(let peer) = resource { peer } else { nil }
    }
  }

  func findings() -> [Finding] {
    let policed = Set(context.hostEndpoints.intersection(context.governing).map { context.world.endpoints[$0].node })
    let speaking = nodes.filter { policed.contains($0.name) }
    guard !speaking.isEmpty else { return [] }
    let topologies = Dictionary(uniqueKeysWithValues: context.topologies.map { ($0.node, $0) })
    let changes = speaking.compactMap { node in topologies[node.name].flatMap { completion(of: $0, for: node) } }
    var simulation = Simulation(world: context.world.applying(changes), after: context.simulation, changes)
    let mesh = nodes.prefix(Self.mostPeers + 1).flatMap { node in node.addresses.map { (node.name, $0.address) } }
    return speaking.compactMap { node in
      simulation.walker(node: node.name).flatMap { finding(node, on: $0, peers: peers(of: node, mesh)) }
    }
  }

  /// Those that are configured for all nodes or for this one; if there are none, the other nodes.
  private func peers(of node: Node, _ mesh: [(node: ByteString, address: IPAddress)]) -> [IPAddress] {
    let configured = peers.filter { ($0.node ?? node.name) == node.name }.map(\.peerIP)
    let found = configured.isEmpty ? mesh.filter { $0.node != node.name }.map(\.address) : configured
    return Array(found.prefix(Self.mostPeers))
  }

  // MARK: What no document says

  /// A Host document that says what the node's resource implies, where the world's own is silent: its only interface carries
  /// the address that BGP speaks from, and everything is reached by the interface that carries it.
  private func completion(of topology: Topology, for node: Node) -> ResourceChange? {
    guard topology.document?.routes == nil else { return nil }
    var host = topology.document ?? Host(name: node.name)
    let interfaces = topology.interfaces.filter { !$0.isWorkload }
    host.interfaces = interfaces.map { Host.Interface(name: $0.name, addresses: $0.addresses) }
    if interfaces.count == 1, interfaces[0].addresses.isEmpty { host.interfaces[0].addresses = node.addresses }
    let carrying = host.interfaces.first { interface in
      interface.addresses.contains { carried in node.addresses.contains { $0.address == carried.address } }
    }
    guard let carrying else { return nil }
    host.routes = ["0.0.0.0/0", "::/0"].compactMap { IPNetwork($0) }.map { Host.Route(to: $0, interface: carrying.name) }
    return ResourceChange(
      Resource.host(host).id, from: topology.document.map(Resource.host), to: .host(host))
  }

  // MARK: Trying it

  private struct Blocked {
    var packet: Packet
    var isReply: Bool
    var decision: Decision
  }

  private func finding(_ node: Node, on walker: Walker, peers: [IPAddress]) -> Finding? {
    let pairs = node.addresses.map(\.address).filter { walker.topology.isOwn($0) }.flatMap { own in
      peers.filter { $0.family == own.family && !walker.topology.isOwn($0) }.map { (own: own, peer: $0) }
    }
    let incoming = pairs.lazy.compactMap { blocked(from: $0.peer, to: $0.own, on: walker) }.first
    let outgoing = pairs.lazy.compactMap { blocked(from: $0.own, to: $0.peer, on: walker) }.first
    guard let first = incoming ?? outgoing else { return nil }
    let direction = incoming == nil ? "out" : outgoing == nil ? "in" : "in and out"
    let endpoint = Int(first.decision.endpoint)
    return Finding(
      "GW129", .error, at: node.location,
      "node \(node.name.quoted) speaks BGP, and \(context.words(endpoint)) does not let it \(direction): "
        + "\(first.isReply ? "the answer to " : "")\(first.packet.text) is denied",
      help: "add an ingress and an egress rule that allow tcp to port 179 (S30)", subject: Subject(Resource.node(node).id),
      related: [context.related(endpoint)])
  }

  private func blocked(from source: IPAddress, to destination: IPAddress, on walker: Walker) -> Blocked? {
    let topology = walker.topology
    let packet = Packet(.tcp, from: source, port: FlowResolver.ephemeralPort, to: destination, port: Self.port)
    guard let entry = topology.isOwn(source) ? .host : topology.route(to: source).map(Flow.Entry.interface),
      let verdict = try? walker.judge(Flow(packet, entry: entry))
    else { return nil }
    if !verdict.forward.isAllowed, verdict.forward.decidedBy.endpoint >= 0 {
      return Blocked(packet: packet, isReply: false, decision: verdict.forward.decidedBy)
    }
    guard let reply = verdict.reply, !reply.isAllowed, reply.decidedBy.endpoint >= 0 else { return nil }
    return Blocked(packet: packet, isReply: true, decision: reply.decidedBy)
  }
}

extension Node {
  fileprivate var addresses: [IPNetwork] { [bgp?.ipv4Address, bgp?.ipv6Address].compactMap(\.self) }
}
