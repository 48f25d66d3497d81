import Selector
import Simulator

/// The workloads of each host, and what they want to be reached at: for packets to be tried that mean something.
struct LocalWorkloads {
  /// So many workloads of a host stand for all of it.
  private static let mostOfHost = 8

  /// Rules that allow ports one by one: the ports, and the workloads at which these rules are asked.
  struct Wish {
    var ports: [UInt16]
    var workloads: Bitset
  }

  private let context: LintContext
  private var local: [[Int]] = []
  /// Of each policy and profile that has one.
  private var wishes: [Wish] = []

  /// - Complexity: linear in the interfaces and in the rules; nothing where there is no untracked policy.
  init(_ context: LintContext) {
    self.context = context
    let world = context.world
    guard world.policies.indices.contains(where: { world.policies[$0].kind == .untracked && !context.governed[$0].isEmpty })
    else { return }
    local = context.topologies.map { $0.interfaces.lazy.filter(\.isWorkload).compactMap(\.endpoint) }
    for (index, policy) in world.policies.enumerated() where policy.kind == .normal {
      wishes.append(Wish(ports: Self.allowedPorts(policy.ingress), workloads: context.governed[index]))
    }
    var listing: [ByteString: Bitset] = [:]
    for endpoint in context.workloadEndpoints {
      for name in world.endpoints[endpoint].profiles { listing[name, default: Bitset()].insert(endpoint) }
    }
    for profile in world.profiles {
      wishes.append(Wish(ports: Self.allowedPorts(profile.ingress), workloads: listing[profile.name] ?? Bitset()))
    }
    wishes.removeAll { $0.ports.isEmpty || $0.workloads.isEmpty }
  }

  private static func allowedPorts(_ rules: [Rule]) -> [UInt16] {
    Set(rules.lazy.filter { $0.action == .allow && !$0.isDisabled }.flatMap(\.destination.ports).map(\.lower)).sorted()
  }

  /// What workloads want of the packets that one end of a rule is about.
  ///
  /// - Complexity: linear in the ports that rules allow one by one.
  func wishes(within end: EntityRule) -> [Wish] {
    if end.ports.isEmpty && end.notPorts.isEmpty { return wishes }
    return wishes.compactMap { wish in
      let ports = wish.ports.filter(end.admits)
      return ports.isEmpty ? nil : Wish(ports: ports, workloads: wish.workloads)
    }
  }

  /// Some workloads of a host with an address each.
  ///
  /// - Parameter set: only of these; `nil` for all.
  func some(
    on topology: Int, among set: Bitset? = nil, with admits: (IPAddress) -> Bool
  ) -> [(workload: Int, address: IPAddress)] {
    var found: [(workload: Int, address: IPAddress)] = []
    for workload in local.isEmpty ? [] : local[topology] where set?.contains(workload) ?? true {
      guard let address = context.world.endpoints[workload].addresses.first(where: admits) else { continue }
      found.append((workload, address))
      if found.count == Self.mostOfHost { break }
    }
    return found
  }
}
