/// The eight ways of a packet through a host (SEMANTICS section 1).
package enum Path: String, Hashable, Sendable, CaseIterable {
  /// K1: arrives on a host interface, for a local workload.
  case toWorkload = "to-workload"
  /// K2: arrives on a host interface, for a process in the host namespace.
  case toHost = "to-host"
  /// K3: arrives on a host interface and leaves by a host interface.
  case forwarded
  /// K4: sent by a process of the host, out of a host interface.
  case fromHost = "from-host"
  /// K5: sent by a local workload, out of a host interface.
  case fromWorkload = "from-workload"
  /// K6: between two workloads of one host.
  case workloadToWorkload = "workload-to-workload"
  /// K7: from the host to a local workload.
  case hostToWorkload = "host-to-workload"
  /// K8: from a local workload to the host.
  case workloadToHost = "workload-to-host"

  /// The path's number in the semantics' table: `K1` to `K8`.
  package var number: String {
    "K\((Self.allCases.firstIndex(of: self) ?? 0) + 1)"
  }

  /// The path of a packet by where it begins and where it goes.
  package init(from origin: Origin, to target: Target) {
    switch (origin, target) {
    case (.hostInterface, .workload): self = .toWorkload
    case (.hostInterface, .host): self = .toHost
    case (.hostInterface, .hostInterface): self = .forwarded
    case (.host, .workload): self = .hostToWorkload
    case (.host, .hostInterface), (.host, .host): self = .fromHost
    case (.workload, .hostInterface): self = .fromWorkload
    case (.workload, .workload): self = .workloadToWorkload
    case (.workload, .host): self = .workloadToHost
    }
  }

  /// Where a packet comes from.
  package enum Origin: Hashable, Sendable, CaseIterable {
    case hostInterface, host, workload
  }

  /// Where a packet goes.
  package enum Target: Hashable, Sendable {
    case hostInterface, host, workload
  }
}
