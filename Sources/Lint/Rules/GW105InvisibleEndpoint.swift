import Selector
import Simulator

extension LintRule {
  static let invisibleEndpoint = LintRule(
    id: "GW105", name: "invisible-endpoint", severity: .warning,
    summary: "a rule's selector matches host endpoints without expectedIPs, whose packets it never matches",
    claims: ["S38", "S39"],
    basis: "label selectors in rules are resolved to the expectedIPs of host endpoints; without them such rules fail to match "
      + "the endpoint",
    explanation: """
      A selector in a rule stands for addresses: those of workloads, and the `expectedIPs` of host endpoints. A host endpoint
      that has none is invisible to rules, whatever its labels and its interface: an allow does not let its packets in, a deny
      does not stop them.

      ```yaml
      apiVersion: v1
      kind: hostEndpoint
      metadata: {name: db-eth0, node: db, labels: {role: database}}
      spec: {interfaceName: eth0}              # a rule from role == "database" never matches
      ```

      List the addresses:

      ```yaml
      spec: {interfaceName: eth0, expectedIPs: [10.0.0.7]}
      ```
      """
  ) { context in
    let blind = Bitset(context.hostEndpoints.lazy.filter { context.world.endpoints[$0].addresses.isEmpty })
    let seen = Bitset(context.world.endpoints.indices.lazy.filter { !context.world.endpoints[$0].addresses.isEmpty })
    if blind.isEmpty { return [] }
    return context.placedRules.flatMap { place in
      place.rule.selectedEnds.compactMap { end -> Finding? in
        let matching = context.endpoints(matching: end.selector)
        let lost = matching.intersection(blind)
        if lost.isEmpty { return nil }
        let never = matching.isDisjoint(with: seen)
        return Finding(
          "GW105", .warning, at: place.rule.location,
          "\(end.words) of \(place.words) " + (never ? "never matches a packet" : "does not match all that it selects")
            + ": \(context.words(lost)) has no expectedIPs".plural(lost.count),
          help: "list the interface's addresses in spec.expectedIPs of the host endpoint (S39)",
          subject: Subject(place.owner, rule: place.place, field: end.field),
          related: lost.prefix(3).map { .init("\(context.words($0))", at: context.world.endpoints[$0].location) })
      }
    }
  }
}

extension String {
  fileprivate func plural(_ count: Int) -> String { count == 1 ? self : replacing(" has no ", with: " have no ") }
}

extension Rule {
  /// A selector that must match for the rule to match, and where in the rule it stands.
  fileprivate struct SelectedEnd {
    var selector: Selector
    var field: [String]
    var words: String
  }

  fileprivate var selectedEnds: [SelectedEnd] {
    [("source", source), ("destination", destination)].flatMap { name, entity in
      [
        entity.selector.map { SelectedEnd(selector: $0, field: [name, "selector"], words: "the \(name) selector") },
        entity.tag.map { SelectedEnd(selector: .has($0), field: [name, "tag"], words: "the \(name) tag \"\($0)\"") },
      ].compactMap(\.self)
    }
  }
}
