/// One kind of mistake: its stable id, what is said about it, and how it is found.
///
/// The table is data: each rule stands in a file of its own in `Rules`, its words beside its check.
package struct LintRule: Sendable {
  /// Stable: `GW101`.
  package let id: String
  /// A short name in kebab case, for SARIF and people: `empty-selector`.
  package let name: String
  /// The severity that its findings have unless a finding says otherwise.
  package let severity: Severity
  /// One line, as in the table of rules.
  package let summary: String
  /// What is wrong, what follows, and an example with its mending, in Markdown.
  package let explanation: String
  /// The claims of the semantics that it rests on: `S42`, `D15`.
  package let claims: [String]
  /// The sentence of the documentation that rules, in our own words.
  package let basis: String
  /// Everything of this kind in a world, in no order that matters.
  package let find: @Sendable (LintContext) -> [Finding]

  package init(
    id: String, name: String, severity: Severity, summary: String, claims: [String], basis: String, explanation: String,
    find: @escaping @Sendable (LintContext) -> [Finding]
  ) {
    self.id = id
    self.name = name
    self.severity = severity
    self.summary = summary
    self.claims = claims
    self.basis = basis
    self.explanation = explanation
    self.find = find
  }
}
