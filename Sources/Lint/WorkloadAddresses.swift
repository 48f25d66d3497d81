import Selector
import Simulator

/// Workloads by their addresses.
struct WorkloadAddresses: Sendable {
  private var endpoints: [IPAddress: [Int]] = [:]

  init(_ world: World, _ workloads: Bitset) {
    for endpoint in workloads {
      for address in world.endpoints[endpoint].addresses { endpoints[address, default: []].append(endpoint) }
    }
  }

  /// The first workload of a set that has the address.
  func first(with address: IPAddress, in set: Bitset) -> Int? { endpoints[address]?.first(where: set.contains) }
}
