import Selector

/// Which policies govern each endpoint of a host, per kind, in the order in which they are asked: indices in the world.
struct GatePlan: Sendable {
  /// Per interface three lists: untracked, pre-DNAT, normal.
  private let lists: [[Int32]]
  /// Per interface, the profiles of its endpoint: an index in the world, or -1 for one that is missing.
  private let profiles: [[Int32]]

  init(world: World, topology: Topology, book: RuleBook) {
    lists = Self.policyLists(world: world, topology: topology, book: book)
    profiles = topology.interfaces.map { interface in
      (interface.endpoint.map { world.endpoints[$0].profiles } ?? []).map { name in
        guard let index = world.profile(named: name), !book.profiles[index].isMissing else { return -1 }
        return Int32(index)
      }
    }
  }

  /// Three lists of policies for each interface, in the order of `lists`.
  private static func policyLists(world: World, topology: Topology, book: RuleBook) -> [[Int32]] {
    var interfacesOfEndpoint: [Int: [Int]] = [:]
    for (place, interface) in topology.interfaces.enumerated() {
      if let endpoint = interface.endpoint { interfacesOfEndpoint[endpoint, default: []].append(place) }
    }
    let local = Bitset(interfacesOfEndpoint.keys)
    var lists = Array(repeating: [Int32](), count: topology.interfaces.count * 3)
    for (number, policy) in world.policies.enumerated() where !book.policies[number].isMissing {
      let slot = slot(policy.kind)
      for endpoint in book.endpointsOfPolicy[number].intersection(local) {
        for place in interfacesOfEndpoint[endpoint] ?? [] where slot == 2 || !topology.interfaces[place].isWorkload {
          // Untracked and pre-DNAT policies never apply to workloads (D15).
          lists[place * 3 + slot].append(Int32(number))
        }
      }
    }
    return lists
  }

  private static func slot(_ kind: PolicyKind) -> Int {
    switch kind {
    case .untracked: 0
    case .preDNAT: 1
    case .normal: 2
    }
  }

  /// The policies that an interface's endpoint has in a stage.
  @inline(__always)
  func policies(_ stage: Stage, interface: Int) -> [Int32] {
    let slot =
      switch stage {
      case .untracked: 0
      case .preDNAT: 1
      case .normal, .workload: 2
      }
    return lists[interface * 3 + slot]
  }

  /// The profiles of the endpoint at an interface, in its order; -1 for one that is missing.
  @inline(__always)
  func profiles(interface: Int) -> [Int32] { profiles[interface] }
}
