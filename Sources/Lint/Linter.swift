import Simulator

/// Holds every rule against a world.
package struct Linter: Sendable {
  package let rules: [LintRule]

  package init(rules: [LintRule] = LintRule.all) {
    self.rules = rules
  }

  /// All findings by place: file, line, column; then by id.
  package func findings(in context: LintContext) -> [Finding] {
    Concurrently.map(rules) { $0.find(context) }.joined().sorted(by: Self.isBefore)
  }

  /// By place, then by id; findings without a place come first.
  package static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
    switch (left.location, right.location) {
    case (let first?, let second?) where first != second: first < second
    case (nil, .some): true
    case (.some, nil): false
    default: (left.id, left.message) < (right.id, right.message)
    }
  }
}
