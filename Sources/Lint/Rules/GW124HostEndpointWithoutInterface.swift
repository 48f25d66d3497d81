import Selector
import Simulator

extension LintRule {
  static let hostEndpointWithoutInterface = LintRule(
    id: "GW124", name: "host-endpoint-without-interface", severity: .error,
    summary: "host endpoint that fits no interface: the traffic that it was made for is not policed",
    claims: ["S5", "S33", "S44"],
    basis: "if the node's name, the interface's name or the expected IP is wrong, no traffic is dropped: nothing is policed",
    explanation: """
      No interface of the host fits the host endpoint, so it polices nothing and the interface that was meant stays open. The
      name of the interface or the expected IP is wrong, or the node's name, or the interface is a workload's, which host
      endpoints never govern. Calico says nothing of it. What interfaces a host has, Gatewalk knows from its Host document alone.

      ```yaml
      - apiVersion: gatewalk/v1
        kind: Host
        metadata: {name: my-host}
        spec: {interfaces: [{name: ens3, addresses: [10.0.0.1/24]}]}
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: outer, node: my-host}
        spec: {interfaceName: eth0}
      ```

      Correct what is wrong, here `interfaceName: ens3`.
      """
  ) { context in
    let nodes = DoubtfulNodes(context)
    return Contenders.all(in: context).flatMap { host in
      host.candidates.compactMap { candidate -> Finding? in
        guard let misfit = misfit(candidate, host, nodes) else { return nil }
        let endpoint = context.world.endpoints[candidate.index]
        return Finding(
          "GW124", misfit.severity, at: endpoint.location,
          "\(context.words(candidate.index)) \(misfit.reason)",
          help: misfit.help, subject: Subject(endpoint.resource.id, field: misfit.field),
          related: host.topology.document.map { [Finding.Related("the host's document", at: $0.location)] } ?? [])
      }
    }
  }

  private struct Misfit {
    var severity: Severity
    /// What is said of the endpoint. One for an unknown node governs an interface as far as Gatewalk knows.
    var reason: String
    var help: String
    var field: [String]
  }

  private static func misfit(_ candidate: Contenders.Candidate, _ host: Contenders, _ nodes: DoubtfulNodes) -> Misfit? {
    let endpoint = candidate.endpoint
    if let name = endpoint.interfaceName, host.hasWorkloadPrefix(name) {
      // Nothing stays open: a workload's interface has policy of its own.
      return Misfit(
        severity: .warning, reason: "governs no interface: \(name.quoted) is a workload's interface",
        help: "host endpoints govern interfaces without a workload prefix (S5); make it a workloadEndpoint",
        field: ["spec", "interfaceName"])
    }
    if candidate.interfaces.isEmpty, host.topology.document != nil { return unknownInterface(endpoint, host.topology) }
    guard nodes.contains(endpoint.node) else { return nil }
    let close = nodes.closest(to: endpoint.node)
    return Misfit(
      severity: .warning, reason: "is for a node that nothing else speaks of, \(endpoint.node.quoted)",
      help: (close.map { "did you mean \"\($0)\"? " } ?? "")
        + "metadata.node must be the name that Felix goes by on that host (S44)",
      field: ["metadata", "node"])
  }

  private static func unknownInterface(_ endpoint: HostEndpoint, _ topology: Topology) -> Misfit {
    let interfaces = topology.interfaces.filter { !$0.isWorkload }
    let node = topology.node.quoted
    guard let name = endpoint.interfaceName else {
      let addresses = endpoint.expectedIPs.map(\.description).prefix(3).joined(separator: ", ")
      let carried = interfaces.flatMap(\.addresses).map(\.address.description).prefix(6).joined(separator: ", ")
      return Misfit(
        severity: .error,
        reason: "governs no interface: no interface of \(node) carries \(addresses), so its traffic is not policed",
        help: "the host's addresses are \(carried)", field: ["spec", "expectedIPs"])
    }
    let close = closestName(to: name.text, among: interfaces.map(\.name.text))
    return Misfit(
      severity: .error, reason: "governs no interface: \(node) has no interface \(name.quoted), so its traffic is not policed",
      help: (close.map { "did you mean \"\($0)\"? " } ?? "")
        + "its interfaces are \(interfaces.prefix(6).map(\.name.text).joined(separator: ", "))",
      field: ["spec", "interfaceName"])
  }
}

/// Which nodes are likely to be a slip: host endpoints name them, and nothing else does.
private struct DoubtfulNodes {
  /// Names that are compared with all known ones.
  private static let mostCompared = 100

  private let doubtful: Set<ByteString>
  private let closest: [ByteString: String]

  init(_ context: LintContext) {
    var declared: Set<ByteString> = Set(context.world.hosts.map(\.name))
    for case .node(let node) in context.resources { declared.insert(node.name) }
    let known = declared.union(context.workloadEndpoints.map { context.world.endpoints[$0].node })
    let named = Set(context.hostEndpoints.map { context.world.endpoints[$0].node })
    // Where no node is described, none can be missing.
    // Beside "db1" nobody writes "db2" by a slip: it is the other one of a pair.
    let families = Set(known.map(\.withoutDigits))
    let unknown = declared.isEmpty ? [] : Set(named.subtracting(known).filter { !families.contains($0.withoutDigits) })
    let names = known.map(\.text).sorted()
    var closest: [ByteString: String] = [:]
    for node in unknown.sorted().prefix(Self.mostCompared) { closest[node] = closestName(to: node.text, among: names) }
    self.closest = closest
    // Where most nodes are like this, the input simply does not describe them, and only a name much like a known one counts.
    doubtful = unknown.count <= declared.count ? unknown : Set(closest.keys)
  }

  func contains(_ node: ByteString) -> Bool { doubtful.contains(node) }

  /// The known name that a doubtful one is most like, if it is much like one.
  func closest(to node: ByteString) -> String? { closest[node] }
}

extension ByteString {
  /// What the names of hosts in a row have in common.
  fileprivate var withoutDigits: ByteString {
    ByteString(bytes: bytes.filter { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
  }
}
