import Selector
import Simulator

/// A host all of whose outward interfaces are policed: where one is left alone, everything gets through there (S10).
struct LockOutHost {
  let topology: Topology
  /// Those of its interfaces, each once.
  let endpoints: [Int]
  /// All that it can be reached at; empty if they are not all known.
  let addresses: [IPAddress]

  init?(_ topology: Topology) {
    let outward = topology.interfaces.filter { !$0.isWorkload && $0.name != "lo" }
    guard !outward.isEmpty, outward.allSatisfy({ $0.endpoint != nil }) else { return nil }
    var seen: Set<Int> = []
    self.topology = topology
    endpoints = outward.compactMap(\.endpoint).filter { seen.insert($0).inserted }
    // Routers have an address on "lo" at which they are reached.
    let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
    let isKnown = outward.allSatisfy { !$0.addresses.isEmpty }
    addresses = isKnown ? topology.ownAddresses.filter { own in !loopback.contains { $0.contains(own) } } : []
  }

  /// `nil` if any address may be its own.
  var networks: [IPNetwork]? { addresses.isEmpty ? nil : addresses.map { IPNetwork(single: $0) } }

  /// Packets as they arrive, or as the host sends them, and what DNAT makes of them if it changes them.
  struct Way {
    var before: PacketSet
    var after: PacketSet?
  }

  /// Packets of a service between the host and anybody else, and those that DNAT turns into such.
  func ways(of opening: VitalService.Opening, isBroadcast: Bool) -> [Way] {
    let all = PacketSet(
      PacketCriteria(
        protocols: [opening.protocol], sourcePorts: [opening.clientPorts],
        destinationPorts: opening.ports.map { PortRange($0) }))
    guard let own = networks, !isBroadcast else { return [Way(before: all)] }
    let (near, far) =
      opening.direction == .ingress
      ? (PacketCriteria(destination: own), PacketCriteria(source: own))
      : (PacketCriteria(source: own), PacketCriteria(destination: own))
    let plain = all.intersection(PacketSet(near)).subtracting(PacketSet(far))
    return [Way(before: plain)] + (opening.direction == .ingress ? translated(to: opening) : [])
  }

  private func translated(to opening: VitalService.Opening) -> [Way] {
    topology.dnatRules.compactMap { rule in
      guard (rule.protocol ?? opening.protocol) == opening.protocol, addresses.contains(rule.toAddress) else { return nil }
      let ports = opening.ports.filter { $0 == rule.toPort ?? rule.port ?? $0 }
      guard !ports.isEmpty else { return nil }
      func packets(to address: IPAddress, _ ports: [UInt16]) -> PacketSet {
        PacketSet(
          PacketCriteria(
            protocols: [opening.protocol], sourcePorts: [opening.clientPorts], destination: [IPNetwork(single: address)],
            destinationPorts: ports.map { PortRange($0) }))
      }
      return Way(
        before: packets(to: rule.address, rule.port.map { [$0] } ?? ports), after: packets(to: rule.toAddress, ports))
    }
  }

  /// What answers a service's packets: from its port to the client's.
  func answers(to opening: VitalService.Opening) -> PacketSet {
    let isToHost = opening.direction == .egress
    return PacketSet(
      PacketCriteria(
        protocols: [opening.protocol], source: isToHost ? nil : networks, sourcePorts: opening.ports.map { PortRange($0) },
        destination: isToHost ? networks : nil, destinationPorts: [opening.clientPorts]))
  }
}
