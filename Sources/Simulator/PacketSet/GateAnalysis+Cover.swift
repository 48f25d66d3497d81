import Selector

extension GateAnalysis {
  /// The rules before it in its own policy that leave a rule nothing; `nil` if some packet gets to it, or if it matches
  /// none to begin with (`RulePackets.contradiction`).
  ///
  /// - Complexity: a comparison for each rule before it.
  package mutating func coverInPolicy(of rule: PolicyRule) -> RuleCover? {
    let packets = packets(ofPolicy: rule.policy, rule.direction)
    guard !packets[rule.rule].isEmpty else { return nil }
    return RuleCover(of: packets[rule.rule], by: [takingRules(before: rule)])
  }

  /// The rules before it, in its own policy and in earlier ones of its kind, that leave a rule nothing on each endpoint that
  /// its policy governs; `nil` if some packet gets to it on one of them, if it matches none to begin with, or if the policy
  /// governs nothing.
  ///
  /// Different endpoints may have different earlier policies: the cover names all rules that are needed on some of them.
  /// Failsafe ports are no rules, and not counted.
  ///
  /// - Complexity: a comparison for each rule that comes before it on the endpoint with the fewest policies before; only if
  ///   nothing is left there, the same for each different list of policies that the other endpoints have before it.
  package mutating func coverEverywhere(of rule: PolicyRule) -> RuleCover? {
    let packets = packets(ofPolicy: rule.policy, rule.direction)[rule.rule]
    guard !packets.isEmpty, let pivot = governed[rule.policy].pivot else { return nil }
    // Most rules get some packet there, and nothing more is asked.
    guard cover(of: rule, packets, after: policies(before: rule.policy, onEndpoint: pivot)) != nil else { return nil }
    var whole: RuleCover?
    for list in differentLists(before: rule, packets) {
      guard let here = cover(of: rule, packets, after: list) else { return nil }
      whole?.merge(here)
      whole = whole ?? here
    }
    return whole
  }

  private mutating func cover(of rule: PolicyRule, _ packets: PacketSet, after policies: [Int]) -> RuleCover? {
    let earlier = policies.map { takingRules(of: $0, rule.direction)[...] }
    return RuleCover(of: packets, by: earlier + [takingRules(before: rule)])
  }

  private func placeInList(of policy: Int, _ endpoint: Int) -> Int {
    let list = policyPlaces(world.policies[policy].kind, of: endpoint)
    // Policies are numbered in the order in which they are asked, so the list ascends.
    var (low, high) = (list.lowerBound, list.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if assignment.policies[middle] < policy { low = middle + 1 } else { high = middle }
    }
    return low - list.lowerBound
  }

  private func policies(before policy: Int, onEndpoint endpoint: Int) -> [Int] {
    let list = policyPlaces(world.policies[policy].kind, of: endpoint)
    return list.prefix(placeInList(of: policy, endpoint)).map { Int(assignment.policies[$0]) }
  }

  /// The policies before a rule's that have a rule about some of its packets: each different list that there is on the
  /// endpoints that its policy governs.
  private mutating func differentLists(before rule: PolicyRule, _ packets: PacketSet) -> [[Int]] {
    var isAboutThem: [Int: Bool] = [:]
    var lists: [[Int]] = []
    var known: Set<[Int]> = []
    for endpoint in endpoints(governedBy: rule.policy) {
      let list = policies(before: rule.policy, onEndpoint: endpoint).filter { policy in
        if let answer = isAboutThem[policy] { return answer }
        let answer = takingRules(of: policy, rule.direction).contains { !$0.packets.isDisjoint(with: packets) }
        isAboutThem[policy] = answer
        return answer
      }
      if known.insert(list).inserted { lists.append(list) }
    }
    return lists
  }

  /// The endpoints that a policy governs: those of the right kind that it selects and that govern an interface (D15).
  package func endpoints(governedBy policy: Int) -> [Int] { governed[policy].endpoints }

  /// The rules of the same policy before a rule, as far as they take what they match.
  private mutating func takingRules(before rule: PolicyRule) -> ArraySlice<TakingRule> {
    takingRules(of: rule.policy, rule.direction).prefix { $0.rule.rule < rule.rule }
  }
}
