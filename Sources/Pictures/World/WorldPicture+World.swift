import Reports
import Selector
package import Simulator

extension WorldPicture {
  /// More hosts than these have no room, nor more boxes of a kind on all of them together.
  private static let mostHosts = 12
  private static let mostCards = 48

  /// The picture of a world.
  ///
  /// - Complexity: linear in the endpoints, interfaces, routes and NAT rules.
  package init(_ world: World, semantics: Semantics) {
    let topologies = Topology.ofEachNode(in: world, semantics: semantics)
    let shown = topologies.prefix(Self.mostHosts)
    let room = min(12, max(3, Self.mostCards / max(1, shown.count)))
    hosts = shown.map { WorldPictureMaker(world: world, topology: $0, most: room).host }
    let hidden = topologies.dropFirst(Self.mostHosts)
    guard !hidden.isEmpty else { return }
    let names = Set(hidden.map(\.node))
    let endpoints = world.endpoints.count { names.contains($0.node) }
    rest =
      "and \(hidden.count) more \(hidden.count == 1 ? "host" : "hosts") with \(endpoints) "
      + (endpoints == 1 ? "endpoint" : "endpoints")
  }
}

/// Puts the parts of one host together.
private struct WorldPictureMaker {
  let world: World
  let topology: Topology
  /// How many boxes of a kind have room.
  let most: Int

  var host: WorldPicture.Host {
    WorldPicture.Host(
      name: Style.visible(topology.node.text), isInferred: topology.document == nil,
      interfaces: cards(topology.interfaces.filter { !$0.isWorkload }),
      workloads: cards(topology.interfaces.filter(\.isWorkload)),
      facts: [dnat, routes, felix, idle].filter { !$0.lines.isEmpty })
  }

  // MARK: Boxes

  private func cards(_ interfaces: [Topology.Interface]) -> WorldPicture.Cards {
    // A line on the rest takes as much room as a box.
    let shown = interfaces.count > most ? interfaces.prefix(most - 1) : interfaces[...]
    let hidden = interfaces.dropFirst(shown.count)
    return WorldPicture.Cards(shown: shown.map(card), rest: hidden.isEmpty ? nil : "and \(hidden.count) more\(kinds(hidden))")
  }

  private func card(_ interface: Topology.Interface) -> WorldPicture.Card {
    let name = Style.visible(interface.name.text)
    guard let index = interface.endpoint else {
      return WorldPicture.Card(
        title: ([name] + interface.addresses.map(\.description)).joined(separator: " "),
        lines: [interface.isWorkload ? "no endpoint: an unknown workload" : "no host endpoint: not policed"],
        guarding: interface.isWorkload ? .unknownWorkload : .nothing)
    }
    let endpoint = world.endpoints[index]
    let own = Style.visible(endpoint.shortName.text)
    let addresses = (interface.isWorkload ? endpoint.addresses.map(\.description) : interface.addresses.map(\.description))
    var lines = [interface.isWorkload ? "workload by \(name)" : "host endpoint \(own)"]
    let labels = Self.labels(endpoint.labels)
    lines.append(labels.isEmpty ? "no labels" : labels)
    if !endpoint.profiles.isEmpty {
      lines.append("profiles \(Style.visible(endpoint.profiles.map(\.text).joined(separator: ", ")))")
    }
    return WorldPicture.Card(
      title: ([interface.isWorkload ? own : name] + addresses).joined(separator: " "), lines: lines, guarding: .endpoint)
  }

  private static func labels(_ labels: LabelSet) -> String {
    Style.visible(labels.sorted.map { "\($0.key.text)=\($0.value.text)" }.joined(separator: ", "))
  }

  /// Those that have no room by their labels, the most frequent first.
  private func kinds(_ interfaces: ArraySlice<Topology.Interface>) -> String {
    let labels = interfaces.compactMap(\.endpoint).map { Self.labels(world.endpoints[$0].labels) }.filter { !$0.isEmpty }
    let counts = Dictionary(grouping: labels) { $0 }.map { (labels: $0.key, count: $0.value.count) }.sorted {
      ($1.count, $0.labels) < ($0.count, $1.labels)
    }
    guard !counts.isEmpty else { return "" }
    let shown = counts.prefix(4).map { "\($0.count) with \($0.labels)" }.joined(separator: "; ")
    return ": \(shown)\(counts.count > 4 ? "; …" : "")"
  }

  // MARK: Facts

  /// More lines of one fact than these are counted.
  private static let mostLines = 10

  private static func fact(_ title: String, _ lines: [String]) -> WorldPicture.Fact {
    let more = lines.count > mostLines ? ["and \(lines.count - mostLines) more"] : []
    return WorldPicture.Fact(title: title, lines: lines.prefix(mostLines).map(Style.visible) + more)
  }

  private var dnat: WorldPicture.Fact {
    Self.fact(
      "DNAT",
      topology.dnatRules.map { rule in
        func end(_ address: IPAddress, _ port: UInt16?) -> String {
          guard let port else { return address.description }
          return address.family == .v6 ? "[\(address)]:\(port)" : "\(address):\(port)"
        }
        let before = end(rule.address, rule.port)
        return "\(rule.protocol.map { "\($0) " } ?? "")\(before) becomes \(end(rule.toAddress, rule.toPort ?? rule.port))"
      })
  }

  private var routes: WorldPicture.Fact {
    Self.fact("Routes", (topology.document?.routes ?? []).map { "\($0.to) by \($0.interface)" })
  }

  /// What the host document says; defaults are the semantics' own.
  private var felix: WorldPicture.Fact {
    guard let felix = topology.document?.felix else { return Self.fact("Felix", []) }
    func ports(_ ports: [Host.FailsafePort]) -> String {
      ports.isEmpty ? "none" : ports.map { "\($0.protocol) \($0.port)" }.joined(separator: ", ")
    }
    var lines: [String] = []
    if let prefixes = felix.interfacePrefixes {
      lines.append("workload interfaces begin with \(prefixes.map(\.text).joined(separator: ", "))")
    }
    if let action = felix.defaultEndpointToHostAction { lines.append("defaultEndpointToHostAction \(action.rawValue)") }
    if let inbound = felix.failsafeInbound { lines.append("failsafe ports inbound: \(ports(inbound))") }
    if let outbound = felix.failsafeOutbound { lines.append("failsafe ports outbound: \(ports(outbound))") }
    return Self.fact("Felix", lines)
  }

  /// Endpoints that no interface of the host belongs to.
  private var idle: WorldPicture.Fact {
    let governing = Set(topology.interfaces.compactMap(\.endpoint))
    let idle = world.endpoints.indices.filter { world.endpoints[$0].node == topology.node && !governing.contains($0) }
    return Self.fact("Endpoints without an interface", idle.map { world.endpoints[$0].shortName.text })
  }
}
