import Selector

/// What selectors pick in a world, and the numbers of its endpoints' addresses.
///
/// Compiling a world asks for both; the world after an edit takes over what the edit leaves alone.
struct Selections: Sendable {
  /// The number of every address that an endpoint has.
  let addresses: AddressTable
  /// Numbers of each endpoint's addresses.
  let addressesOfEndpoint: [[Int32]]
  private var endpoints: [Selector: Bitset] = [:]

  init(_ world: World) {
    var table = AddressTable()
    addressesOfEndpoint = world.endpoints.map { endpoint in
      endpoint.addresses.map { table.insert($0, Int32(table.count)) }
    }
    addresses = table
  }

  /// Those of the world after some changes, as far as the changes let them be.
  func following(_ changes: [ResourceChange], _ world: World) -> Selections {
    guard changes.allSatisfy(\.leavesNetworkAlone) else { return Selections(world) }
    var next = self
    if changes.contains(where: { $0.id.kind == .profile }) {
      next.endpoints = [:]
    } else {
      for change in changes where change.id.kind != .policy { next.matchAnew(change.id, world) }
    }
    return next
  }

  /// An endpoint has other labels now: each selector that was asked for is asked about it alone.
  private mutating func matchAnew(_ id: ResourceID, _ world: World) {
    guard let endpoint = world.endpoint(id) else { return }
    let labels = world.labels.labels(of: endpoint)
    for (selector, matching) in endpoints {
      let matches = selector.matches(labels)
      guard matches != matching.contains(endpoint) else { continue }
      if matches { endpoints[selector]?.insert(endpoint) } else { endpoints[selector]?.remove(endpoint) }
    }
  }

  /// The endpoints that a selector matches, by index in the world.
  mutating func endpoints(matching selector: Selector, in world: World) -> Bitset {
    if let known = endpoints[selector] { return known }
    let found = world.labels.endpoints(matching: selector)
    endpoints[selector] = found
    return found
  }
}

extension ResourceChange {
  /// Does every host keep its interfaces, addresses and routes, and every endpoint its place in the world?
  var leavesNetworkAlone: Bool {
    switch id.kind {
    case .policy, .profile, .node, .ipPool, .bgpPeer: return true
    case .host: return false
    case .hostEndpoint, .workloadEndpoint:
      guard let before, let after else { return false }
      return before.withoutLabels == after.withoutLabels
    }
  }
}

extension Resource {
  /// An endpoint without its labels; anything else as it is.
  fileprivate var withoutLabels: Resource {
    switch self {
    case .hostEndpoint(var endpoint):
      endpoint.labels = LabelSet()
      return .hostEndpoint(endpoint)
    case .workloadEndpoint(var endpoint):
      endpoint.labels = LabelSet()
      return .workloadEndpoint(endpoint)
    default: return self
    }
  }
}
