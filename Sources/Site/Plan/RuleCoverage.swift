import Reports
import Scenarios
import Selector
import Simulator

/// Which rule was met by which flows.
struct RuleCoverage: Sendable {
  struct Entry: Sendable {
    var rule: RuleIdentity
    var flows: [FlowPlace]
    /// Its id on the page about coverage.
    var anchor: String
  }

  /// A policy or profile in one file with its rules.
  struct Owner: Sendable {
    var resource: ResourceID
    var entries: [Entry]

    var location: SourceLocation? { entries.first?.rule.location }
    var coveredCount: Int { entries.count { !$0.flows.isEmpty } }
  }

  /// A policy that brings nothing but a default drop.
  struct EmptyPolicy: Sendable {
    var resource: ResourceID
    var flows: [FlowPlace]
  }

  let coverage: Coverage
  /// By file and line.
  let owners: [Owner]
  let emptyPolicies: [EmptyPolicy]
  /// Which scenarios name a claim, by their numbers.
  let claims: [String: [Int]]

  init(_ stories: [ScenarioStory]) {
    coverage = Coverage(stories.map(\.outcome))
    var flows: [RuleIdentity: [FlowPlace]] = [:]
    var drops: [ResourceID: [FlowPlace]] = [:]
    var claims: [String: [Int]] = [:]
    for (number, story) in stories.enumerated() {
      for (index, flow) in story.flows.enumerated() {
        let place = FlowPlace(story: number, number: index + 1)
        for rule in flow.met.rules { flows[rule, default: []].append(place) }
        for policy in flow.met.emptyPolicies { drops[policy, default: []].append(place) }
      }
      for claim in story.outcome.suite.claims { claims[claim, default: []].append(number) }
    }
    self.claims = claims
    let sorted = coverage.met.known.sorted(by: Self.isBefore)
    owners = Self.owners(of: sorted, flows)
    emptyPolicies = coverage.met.knownEmptyPolicies.sorted { $0.name < $1.name }.map { policy in
      EmptyPolicy(resource: policy, flows: drops[policy] ?? [])
    }
  }

  /// Rules in their order, put together by what they stand in. Scenarios in one file may have policies of one name: where a place in a list
  /// comes a second time another begins.
  private static func owners(of rules: [RuleIdentity], _ flows: [RuleIdentity: [FlowPlace]]) -> [Owner] {
    struct ListPlace: Hashable {
      var direction: Direction
      var index: Int
    }
    var owners: [Owner] = []
    var seen: Set<ListPlace> = []
    for (number, rule) in rules.enumerated() {
      let place = ListPlace(direction: rule.direction, index: rule.index)
      let isSame = owners.last.map { $0.resource == rule.resource && $0.location?.file == rule.location?.file } ?? false
      if !isSame || seen.contains(place) {
        owners.append(Owner(resource: rule.resource, entries: []))
        seen = []
      }
      seen.insert(place)
      owners[owners.count - 1].entries.append(
        Entry(rule: rule, flows: flows[rule] ?? [], anchor: "rule-\(number + 1)"))
    }
    return owners
  }

  /// By place; what was made in memory comes first, by name.
  private static func isBefore(_ left: RuleIdentity, _ right: RuleIdentity) -> Bool {
    switch (left.location, right.location) {
    case (let first?, let second?) where first != second: return first < second
    case (nil, .some): return true
    case (.some, nil): return false
    default: break
    }
    if left.resource != right.resource { return left.resource.description < right.resource.description }
    return (left.direction.rawValue, left.index) < (right.direction.rawValue, right.index)
  }

  var hasClaims: Bool { !claims.isEmpty }
}
