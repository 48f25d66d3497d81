extension LintRule {
  /// The rules about what is ignored; found when all others have been asked, so no comment can speak of them.
  static let aboutIgnoring = ["GW002", "GW003", "GW004"]

  static let invalidIgnore = LintRule(
    id: "GW002", name: "invalid-ignore", severity: .warning,
    summary: "a comment that is to keep lint quiet cannot be understood, or gives no reason",
    claims: [],
    basis: "whoever reads the manifest later has to know what is ignored, and why",
    explanation: """
      A comment keeps lint quiet about what is meant as it stands. It names one rule or several, and a reason, which is shown with
      what is set aside:

      ```yaml
      # gatewalk:ignore GW104 the whole cluster is meant
      apiVersion: v1
      kind: policy
      metadata: {name: web}
      spec:
        selector: all()        # gatewalk:ignore GW104,empty-selector the same, for this line
      ```

      On a line with something else it holds for the findings on that line; alone on its line, for those on the next line that is
      more than a comment; before the first value of a document, for all findings in that document. A `#` in a text is no comment,
      and JSON has none.

      A comment that names no rule, or an unknown one, or gives no reason, keeps nothing quiet and is reported.
      """
  ) { _ in [] }
}
