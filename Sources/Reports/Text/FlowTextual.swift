package import Simulator

extension Flow.Entry {
  /// `in eth0`, `from host`, `from w1 (cali1)`.
  package func text(on walker: Walker) -> String {
    switch self {
    case .host: return "from host"
    case .interface(let place):
      let interface = walker.topology.interfaces[place]
      guard interface.isWorkload else { return "in \(interface.name)" }
      guard let endpoint = interface.endpoint else { return "from unknown workload \(interface.name)" }
      return "from \(walker.world.endpoints[endpoint].shortName) (\(interface.name))"
    }
  }
}
