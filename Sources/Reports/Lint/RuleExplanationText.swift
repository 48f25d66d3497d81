package import Lint

/// What there is to know about a rule of lint, for people.
package struct RuleExplanationText {
  private let rule: LintRule
  private let style: Style

  package init(_ rule: LintRule, style: Style) {
    self.rule = rule
    self.style = style
  }

  package var lines: [String] {
    ["\(style.bold(rule.id)) \(rule.name) (\(rule.severity.rawValue))", rule.summary, ""]
      + rule.explanation.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      + ["", "\(style.bold("Rests on")): \(rule.basis)\(claims)"]
  }

  private var claims: String { rule.claims.isEmpty ? "" : " (\(rule.claims.joined(separator: ", ")))" }

  /// Every rule in a line: id, severity, summary.
  package static func table(_ rules: [LintRule], style: Style) -> [String] {
    var table = TextTable()
    for rule in rules {
      table.add([.init(rule.id, style.bold), .init(rule.severity.rawValue), .init(rule.summary)])
    }
    return table.lines(indent: 0)
  }
}
