package import Lint

/// The page about all rules of lint, in Markdown: made from the rules, so that it cannot say otherwise.
package enum LintReference {
  package static func markdown(_ rules: [LintRule]) -> String {
    let rows = rules.map { rule in
      "| [\(rule.id)](#\(rule.id.lowercased())) | `\(rule.name)` | \(rule.severity.rawValue) | \(escaped(rule.summary)) |"
    }
    return """
      # What lint looks for

      `gatewalk lint FILE…` reads all files as one world and reasons over it with the engine: what a selector stands for, what DNAT has
      done by the time a rule sees a packet, which policies stand before and beside it. `gatewalk lint --explain ID` shows one of
      these in the terminal. A finding may be milder than its rule, where less depends on it. [Gatewalk in CI](../how-to/ci.md) tells how to
      keep some quiet, with a reason. This page is made by `gatewalk lint --reference`.

      | id | name | severity | finds |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))

      \(rules.map(section).joined(separator: "\n\n"))

      """
  }

  private static func section(_ rule: LintRule) -> String {
    let claims = rule.claims.isEmpty ? "" : " (\(rule.claims.joined(separator: ", ")))"
    return """
      ## \(rule.id)

      *\(rule.summary)* (`\(rule.name)`, \(rule.severity.rawValue))

      \(rule.explanation)

      **Rests on**: \(rule.basis)\(claims)
      """
  }

  private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
