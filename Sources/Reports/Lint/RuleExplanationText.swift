package import Lint

/// What there is to know about a rule of lint, for people.
package struct RuleExplanationText {
  private let rule: LintRule
  private let style: Style
  private let width: Int

  /// - Parameter width: in columns, to which paragraphs are filled.
  package init(_ rule: LintRule, style: Style, width: Int = 100) {
    self.rule = rule
    self.style = style
    self.width = width
  }

  package var lines: [String] {
    let paragraphs = Paragraphs(width: width)
    return ["\(style.bold(rule.id)) \(rule.name) (\(rule.severity.rawValue))"] + paragraphs.lines(rule.summary) + [""]
      + paragraphs.lines(rule.explanation) + [""]
      + paragraphs.lines("Rests on: \(rule.basis)\(claims)")
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
