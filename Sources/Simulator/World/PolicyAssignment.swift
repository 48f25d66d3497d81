import Selector

/// Which policies govern each endpoint, by kind, in the order in which they are asked: all lists in one array.
struct PolicyAssignment: Sendable {
  /// Indices in the world.
  let policies: FixedTable<Int32>
  /// Where the lists of each endpoint begin, one for each kind, and the end of the last.
  private let starts: [Int32]

  /// - Parameter sheets: tell which policies count as missing.
  /// - Complexity: linear in the matches of policies and endpoints.
  init(world: World, sheets: [RuleBook.Sheet], _ selections: inout Selections) {
    let matching = world.policies.indices.map { index in
      sheets[index].isMissing
        ? Bitset() : selections.endpoints(matching: world.policies[index].selector, in: world)
    }
    var starts = Array(repeating: Int32(0), count: world.endpoints.count * 3 + 1)
    for (policy, endpoints) in matching.enumerated() {
      let slot = Self.slot(world.policies[policy].kind)
      for endpoint in endpoints { starts[endpoint * 3 + slot + 1] += 1 }
    }
    for list in 1..<starts.count { starts[list] += starts[list - 1] }
    var policies = Array(repeating: Int32(0), count: Int(starts[starts.count - 1]))
    var ends = starts
    for (policy, endpoints) in matching.enumerated() {
      let slot = Self.slot(world.policies[policy].kind)
      for endpoint in endpoints {
        policies[Int(ends[endpoint * 3 + slot])] = Int32(policy)
        ends[endpoint * 3 + slot] += 1
      }
    }
    self.policies = FixedTable(policies)
    self.starts = starts
  }

  private static func slot(_ kind: PolicyKind) -> Int {
    switch kind {
    case .untracked: 0
    case .preDNAT: 1
    case .normal: 2
    }
  }

  /// Where an endpoint's untracked, pre-DNAT and normal policies begin in `policies`, and the end of the last.
  func lists(of endpoint: Int) -> [Int32] { Array(starts[(endpoint * 3)...(endpoint * 3 + 3)]) }
}
