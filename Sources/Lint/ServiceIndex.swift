import Simulator

/// What DNAT does on all hosts, to be found by port.
struct ServiceIndex: Sendable {
  /// One DNAT rule that speaks of a port, and its host by index in the context's topologies.
  struct Service: Sendable {
    var topology: Int
    var proto: IPProtocol
    var address: IPAddress
    var port: UInt16
    var toAddress: IPAddress
    var toPort: UInt16

    /// `10.65.0.1:8080`.
    var backend: String { place(toAddress, toPort) }

    /// `10.0.0.1:30080`.
    var frontend: String { place(address, port) }

    private func place(_ address: IPAddress, _ port: UInt16) -> String {
      address.family == .v4 ? "\(address):\(port)" : "[\(address)]:\(port)"
    }
  }

  /// Where Kubernetes takes its NodePorts from unless it is told otherwise: a rule for a range of them is about services.
  private static let nodePorts: ClosedRange<UInt16> = 30_000...32_767

  private var services: [Service] = []
  /// Where the services of each host begin, and the end of the last.
  private var starts = [0]
  private var byPort: [UInt16: [Int]] = [:]
  private var byBackendPort: [UInt16: [Int]] = [:]

  init(_ topologies: [Topology]) {
    for (index, topology) in topologies.enumerated() {
      for rule in topology.dnatRules {
        guard let proto = rule.protocol, let port = rule.port else { continue }
        byPort[port, default: []].append(services.count)
        byBackendPort[rule.toPort ?? port, default: []].append(services.count)
        services.append(
          Service(
            topology: index, proto: proto, address: rule.address, port: port, toAddress: rule.toAddress,
            toPort: rule.toPort ?? port))
      }
      starts.append(services.count)
    }
  }

  var isEmpty: Bool { services.isEmpty }

  /// The services of one host, by its index in the context's topologies.
  func on(_ topology: Int) -> ArraySlice<Service> { services[starts[topology]..<starts[topology + 1]] }

  /// The services whose port a rule names as destination: one by one, or in a range of NodePorts.
  func named(by rule: Rule) -> [Service] {
    find(rule, byPort)
      + rule.destination.ports.filter { Self.isOfNodePorts($0) }.flatMap { range in
        services.filter { range.lower <= $0.port && $0.port <= range.upper && $0.matches(rule) }
      }
  }

  /// The services whose backend's port a rule names one by one as destination.
  func backends(namedBy rule: Rule) -> [Service] { find(rule, byBackendPort) }

  /// Does any service lead to this port of this address?
  func isBackend(_ proto: IPProtocol, _ address: IPAddress, _ port: UInt16) -> Bool {
    byBackendPort[port]?.contains { services[$0].proto == proto && services[$0].toAddress == address } == true
  }

  private func find(_ rule: Rule, _ table: [UInt16: [Int]]) -> [Service] {
    if table.isEmpty { return [] }
    return rule.destination.ports.filter { $0.lower == $0.upper }.flatMap { range in
      (table[range.lower] ?? []).map { services[$0] }.filter { $0.matches(rule) }
    }
  }

  private static func isOfNodePorts(_ range: PortRange) -> Bool {
    range.lower < range.upper && nodePorts.contains(range.lower) && nodePorts.contains(range.upper)
  }
}

extension ServiceIndex.Service {
  fileprivate func matches(_ rule: Rule) -> Bool { rule.protocol == nil || rule.protocol?.value == proto }
}
