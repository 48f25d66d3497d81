import Selector
import Simulator

/// A way through a host: in by an interface that a host endpoint governs, out by another host interface.
struct Crossing {
  /// Indices in the topology.
  var arrival: Int
  var departure: Int
  /// By index in the world.
  var arrivalEndpoint: Int
  var departureEndpoint: Int?
  /// What lies behind each, as far as the Host document says: connected networks and routes.
  var before: [IPNetwork]
  var behind: [IPNetwork]
}

extension Topology {
  /// Of a host with very many interfaces, those that stand for all: enough to find an example.
  private static let mostDepartures = 16

  /// The ways that packets can be forwarded. None without a Host document: nobody says then what lies behind an interface.
  var crossings: [Crossing] {
    let outward = interfaces.indices.filter { !interfaces[$0].isWorkload && interfaces[$0].name != "lo" }
    var behind: [Int: [IPNetwork]] = [:]
    for place in outward { behind[place] = networks(behind: place) }
    return outward.flatMap { arrival -> [Crossing] in
      guard let endpoint = interfaces[arrival].endpoint else { return [] }
      return outward.filter { $0 != arrival && behind[$0]?.isEmpty == false }.prefix(Self.mostDepartures).map { departure in
        Crossing(
          arrival: arrival, departure: departure, arrivalEndpoint: endpoint,
          departureEndpoint: interfaces[departure].endpoint, before: behind[arrival] ?? [],
          behind: behind[departure] ?? [])
      }
    }
  }

  private func networks(behind place: Int) -> [IPNetwork] {
    let connected = interfaces[place].addresses.filter { $0.prefixLength < $0.family.bits }.map(\.masked)
    let routed = (document?.routes ?? []).filter { $0.interface == interfaces[place].name }.map(\.to.masked)
    return connected + routed
  }

  /// Addresses behind an interface, one of each network at most, that packets for them really leave by it.
  func examples(in networks: [IPNetwork], behind place: Int) -> [IPAddress] {
    networks.compactMap { network in
      let candidates = network.exampleAddresses
      return candidates.first { route(to: $0) == place }
    }
  }
}

extension IPNetwork {
  /// Some addresses in it, those that documentation uses first.
  fileprivate var exampleAddresses: [IPAddress] {
    let usual = ["203.0.113.9", "198.51.100.9", "2001:db8::9"].compactMap { IPAddress($0) }.filter { contains($0) }
    let (first, last) = (values.lowerBound, values.upperBound)
    let near: [UInt128] = [9, 2, 77, 1, 0]
    return usual + near.filter { $0 <= last - first }.map { IPAddress(family, value: first + $0) }
  }
}
