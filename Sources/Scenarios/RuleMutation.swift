import Reports
import Selector
import Session
package import Simulator

/// A rule changed on purpose, to see whether a scenario notices.
package struct RuleMutation: Sendable, Hashable {
  package enum Change: Hashable, Sendable {
    case delete
    case act(Action)
  }

  package let rule: RuleIdentity
  package let change: Change

  /// `deny instead of allow`, `deleted`.
  package var text: String {
    switch change {
    case .delete: "deleted"
    case .act(let action): "\(action.rawValue) instead of \(rule.rule.action.rawValue)"
    }
  }

  /// The changes that are tried on a rule: it goes, and it does the opposite. That a rule which only logs goes changes no verdict.
  static func all(of rule: RuleIdentity) -> [RuleMutation] {
    let opposite: Action =
      switch rule.rule.action {
      case .allow: .deny
      case .deny, .log, .pass: .allow
      }
    let flipped = RuleMutation(rule: rule, change: .act(opposite))
    return rule.rule.action == .log ? [flipped] : [RuleMutation(rule: rule, change: .delete), flipped]
  }

  /// The resource with the changed rule; `nil` if it does not hold the rule.
  func apply(to resource: Resource) -> Resource? {
    switch resource {
    case .policy(var policy):
      guard apply(&policy[rule.direction]) else { return nil }
      return .policy(policy)
    case .profile(var profile):
      guard apply(&profile[rule.direction]) else { return nil }
      return .profile(profile)
    default: return nil
    }
  }

  private func apply(_ rules: inout [Rule]) -> Bool {
    guard let index = rules.indices.first(where: { isMeant(rules[$0], $0) }) else { return false }
    switch change {
    case .delete: rules.remove(at: index)
    case .act(let action): rules[index].action = action
    }
    return true
  }

  private func isMeant(_ other: Rule, _ index: Int) -> Bool {
    rule.location.map { $0 == other.location } ?? (index == rule.index)
  }
}

/// Which mutations the scenarios notice.
package struct MutationReport: Sendable {
  package private(set) var tried = 0
  /// Those that nobody notices, by place.
  package private(set) var survivors: [RuleMutation] = []

  package var noticed: Int { tried - survivors.count }

  /// Changes every rule in every scenario's world in turn.
  ///
  /// A mutation is noticed if one of the scenarios that pass does not pass with it.
  ///
  /// - Parameter runs: of scenarios that pass.
  package init(_ runs: [ScenarioRun]) {
    var noticed: Set<RuleMutation> = []
    var all: Set<RuleMutation> = []
    let results = Concurrently.map(runs) { Self.mutations(of: $0) }
    for result in results {
      all.formUnion(result.all)
      noticed.formUnion(result.noticed)
    }
    tried = all.count
    survivors = all.subtracting(noticed).sorted(by: Self.isBefore)
  }

  private static func mutations(of run: ScenarioRun) -> (all: [RuleMutation], noticed: [RuleMutation]) {
    let session = run.session
    var met = MetDecisions()
    met.note(session.world)
    let byID = Dictionary(run.loaded.resources.map { ($0.id, $0) }) { _, last in last }
    var all: [RuleMutation] = []
    var noticed: [RuleMutation] = []
    for rule in met.known {
      guard let resource = byID[rule.resource] else { continue }
      for mutation in RuleMutation.all(of: rule) {
        guard let mutated = mutation.apply(to: resource) else { continue }
        all.append(mutation)
        var changed = session
        let answer = changed.apply([mutated])
        if answer.hasFailed || run.outcome(in: changed).suite.hasFailed { noticed.append(mutation) }
      }
    }
    return (all, noticed)
  }

  private static func isBefore(_ left: RuleMutation, _ right: RuleMutation) -> Bool {
    switch (left.rule.location, right.rule.location) {
    case (let first?, let second?) where first != second: first < second
    case (nil, .some): true
    case (.some, nil): false
    default: (left.rule.resource.name, left.rule.index, left.text) < (right.rule.resource.name, right.rule.index, right.text)
    }
  }
}
