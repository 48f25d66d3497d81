import Selector

extension World {
  /// What is doubtful about the world as a whole: host endpoints that a rule's selector matches by their labels, and that
  /// it can never match by address, since they have no expectedIPs (S39).
  ///
  /// - Complexity: one set operation per different selector in a rule.
  package func warnings() -> [Diagnostic] {
    let blind = endpoints.indices.filter { endpoints[$0].isHost && endpoints[$0].addresses.isEmpty }
    guard !blind.isEmpty else { return [] }
    var namedBy: [Int: Rule] = [:]
    var seen: Set<Selector> = []
    for rule in allRules {
      for selector in rule.selectors where seen.insert(selector).inserted {
        let matching = labels.endpoints(matching: selector)
        for endpoint in blind where namedBy[endpoint] == nil && matching.contains(endpoint) { namedBy[endpoint] = rule }
      }
    }
    return blind.compactMap { index in
      guard let rule = namedBy[index] else { return nil }
      let place = rule.location.map { " at \($0.fileAndLine)" } ?? ""
      return Diagnostic(
        .warning, id: "no-expected-ips", at: endpoints[index].location,
        "the rule\(place) selects host endpoint \"\(endpoints[index].shortName)\" by its labels and never matches it: it "
          + "has no expectedIPs", help: "list the interface's addresses in spec.expectedIPs (S39)")
    }
  }

  /// Disabled ones left out.
  private var allRules: some Sequence<Rule> {
    let ofPolicies = policies.lazy.filter { !$0.isDisabled }.flatMap { $0.ingress + $0.egress }
    let ofProfiles = profiles.lazy.flatMap { $0.ingress + $0.egress }
    return [AnySequence(ofPolicies), AnySequence(ofProfiles)].joined().filter { !$0.isDisabled }
  }
}

extension Rule {
  /// The selectors that must match for the rule to match, tags included.
  var selectors: [Selector] {
    [source, destination].flatMap { entity in
      [entity.selector, entity.tag.map(Selector.has)].compactMap { $0 }
    }
  }
}
