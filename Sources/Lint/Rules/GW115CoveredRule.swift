import Selector
import Simulator

extension LintRule {
  static let coveredRule = LintRule(
    id: "GW115", name: "covered-rule", severity: .warning,
    summary: "rule that can never match: earlier rules take all its packets",
    claims: ["S26", "S27"],
    basis: "rules are tried from top to bottom and policies in their order, and the first that matches acts",
    explanation: """
      The first rule that matches a packet settles it, so a rule whose packets all meet an earlier rule is never asked about
      any of them: be it in the same policy, or in policies that come before on every endpoint that the policy governs. If the
      earlier rule does the same, the later one is merely superfluous; if it does something else, the later one is not what it says.

      ```yaml
      apiVersion: v1
      kind: policy
      metadata: {name: web}
      spec:
        selector: role == 'web'
        ingress:
        - {action: deny, source: {nets: [10.0.0.0/8]}}
        - {action: allow, protocol: tcp, source: {nets: [10.1.0.0/16]}, destination: {ports: [80]}}
      ```

      Put the narrower rule first, give its policy a lower order, or remove it.
      """
  ) { context in
    var search = CoverSearch(context)
    return search.findings()
  }
}

private struct CoverSearch {
  private let context: LintContext
  private var analysis: GateAnalysis

  init(_ context: LintContext) {
    self.context = context
    analysis = GateAnalysis(world: context.world, semantics: context.semantics)
  }

  mutating func findings() -> [Finding] {
    context.world.policies.indices.flatMap { index -> [Finding] in
      let policy = context.world.policies[index]
      if policy.isDisabled || context.semantics.countsAsMissing(policy) { return [] }
      let isGoverning = !analysis.endpoints(governedBy: index).isEmpty
      return policy.placedRules.compactMap { placed in
        let place = PolicyRule(policy: index, direction: placed.place.direction, rule: placed.place.index)
        let cover = isGoverning ? analysis.coverEverywhere(of: place) : analysis.coverInPolicy(of: place)
        return cover.map { finding(placed, ofPolicy: index, $0) }
      }
    }
  }

  private func finding(_ placed: PlacedRule, ofPolicy policy: Int, _ cover: RuleCover) -> Finding {
    let others = Action.allCases.filter { other in
      other != placed.rule.action && cover.rules.contains { rule($0).action == other }
    }
    let differs = !others.isEmpty
    let names = cover.rules.map { name($0, inPolicy: policy) }
    let take = names.count == 1 ? "takes" : "together take"
    let effect =
      differs
      ? "and \(Self.list(others.map { names.count == 1 ? $0.third : $0.rawValue })) what this one would \(placed.rule.action.rawValue)"
      : "with the same action"
    return Finding(
      "GW115", differs ? .warning : .info, at: placed.rule.location,
      "\(placed.words) can never match: \(Self.list(names)) \(take) all its packets, \(effect)",
      help: differs ? "move it before them, or remove it" : "remove it, unless it is there for the day when the others go",
      subject: placed.subject(),
      related: cover.rules.prefix(3).map { rule in
        Finding.Related("\(name(rule, inPolicy: policy)) comes first", at: self.rule(rule).location)
      })
  }

  private func rule(_ place: PolicyRule) -> Rule { context.world.policies[place.policy].rules(place.direction)[place.rule] }

  /// Of a rule in the same policy its place alone.
  private func name(_ rule: PolicyRule, inPolicy policy: Int) -> String {
    let place = "\(rule.direction.rawValue)[\(rule.rule)]"
    return rule.policy == policy ? place : "policy \"\(context.world.policies[rule.policy].name)\" \(place)"
  }

  private static func list(_ words: [String]) -> String {
    let shown = words.count > 4 ? words.prefix(3) + ["\(words.count - 3) more"] : words[...]
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Action {
  /// `denies`.
  fileprivate var third: String {
    switch self {
    case .allow: "allows"
    case .deny: "denies"
    case .log: "logs"
    case .pass: "passes on"
    }
  }
}
