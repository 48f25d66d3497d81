import Selector

/// Why a policy whose selector matches an endpoint is never asked there.
package enum PolicyAside: Hashable, Sendable {
  /// It was disabled.
  case disabled
  /// The semantics count it as missing, for a rule with ICMP type 0 or code 0 (D16).
  case countsAsMissing
  /// Untracked and pre-DNAT policies never apply to workload endpoints (D15).
  case notForWorkloads
}

extension Walker {
  /// The policies that a gate asks, if it asks any, in order; by index in the world.
  ///
  /// - Parameter interface: by index in the topology.
  package func policies(at stage: Stage, interface: Int) -> [Int] {
    let link = plan.links[interface]
    guard link.endpoint >= 0 else { return [] }
    return link.policies(stage).map { Int(book.assignment.policies[Int($0)]) }
  }

  /// The policies whose selector matches the endpoint of an interface and that a gate of this stage does not ask all the same,
  /// in the order of policies; those of other stages are left out, but for a workload's, which has but one stage.
  ///
  /// - Complexity: linear in the policies of the world.
  package func policiesAside(at stage: Stage, interface: Int) -> [(policy: Int, why: PolicyAside)] {
    guard let endpoint = topology.interfaces[interface].endpoint else { return [] }
    let labels = world.labels.labels(of: endpoint)
    return world.policies.indices.compactMap { index in
      guard let why = reasonAside(index, at: stage), world.policies[index].selector.matches(labels) else { return nil }
      return (index, why)
    }
  }

  private func reasonAside(_ index: Int, at stage: Stage) -> PolicyAside? {
    let policy = world.policies[index]
    switch (policy.kind, stage) {
    case (.untracked, .untracked), (.preDNAT, .preDNAT), (.normal, .normal), (.normal, .workload):
      guard book.policies[index].isMissing else { return nil }
      return policy.isDisabled ? .disabled : .countsAsMissing
    case (.untracked, .workload), (.preDNAT, .workload): return .notForWorkloads
    default: return nil
    }
  }
}
