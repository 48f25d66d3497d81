extension FlowError {
  /// What is wrong, in words; names come from the walker that threw the error.
  package func message(_ walker: Walker) -> String {
    switch self {
    case .noRoute(let address):
      return "\(walker.topology.node) has no route to \(address)"
    case .mixedFamilies:
      return "source and destination are of different address families"
    case .governedLoopback(let endpoint):
      let name = walker.world.endpoints[endpoint].shortName
      return "host endpoint \"\(name)\" governs lo: packets from the host to itself are not modelled then"
    }
  }

  /// What to do about it.
  package func help(_ walker: Walker) -> String {
    switch self {
    case .noRoute:
      let what = walker.topology.document == nil ? "add a Host document with routes" : "add a route to the Host document"
      return "\(what), or say \"out INTERFACE\""
    case .mixedFamilies:
      return "give both ends IPv4 addresses or both IPv6 addresses"
    case .governedLoopback:
      return "remove the host endpoint, or ask about another flow"
    }
  }
}
