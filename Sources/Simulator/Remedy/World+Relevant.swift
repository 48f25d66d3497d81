import Selector

extension Walker {
  /// The world with only the policies that a flow can meet on this host: to try changes on, since compiling the rules of
  /// all others is what a new world costs most.
  func worldMet(by flow: Flow) -> World {
    let met = endpointsMet(by: flow)
    var slim = world
    slim.policies = world.policies.filter { !world.labels.endpoints(matching: $0.selector).isDisjoint(with: met) }
    return slim
  }

  /// The endpoints that the flow can meet, all host endpoints in force among them.
  func endpointsMet(by flow: Flow) -> Bitset {
    var met = Bitset(topology.interfaces.lazy.filter { !$0.isWorkload }.compactMap(\.endpoint))
    for place in interfacesMet(by: flow) {
      if let endpoint = topology.interfaces[place].endpoint { met.insert(endpoint) }
    }
    return met
  }

  /// Where the packet can enter and leave, DNATed or not, whatever policy does to it, and its reply too.
  private func interfacesMet(by flow: Flow) -> [Int] {
    var places: [Int?] = [flow.out, topology.route(to: flow.packet.source), topology.route(to: flow.packet.destination)]
    if case .interface(let place) = flow.entry { places.append(place) }
    if let rule = topology.dnat.rule(for: flow.packet) {
      places.append(topology.route(to: topology.dnat.rewrite(flow.packet, by: rule).destination))
    }
    if let reply = flow.packet.reply, let rule = topology.dnat.rule(for: reply) {
      places.append(topology.route(to: topology.dnat.rewrite(reply, by: rule).destination))
    }
    return places.compactMap(\.self)
  }
}
