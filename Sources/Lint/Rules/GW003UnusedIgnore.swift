extension LintRule {
  static let unusedIgnore = LintRule(
    id: "GW003", name: "unused-ignore", severity: .warning,
    summary: "a comment keeps lint quiet about something that is not found there",
    claims: [],
    basis: "a comment that is no longer needed hides the next finding of its kind",
    explanation: """
      What the comment was for has been mended, or it stands at another line than the finding:

      ```yaml
      # gatewalk:ignore GW103 the policies come later
      apiVersion: v1
      kind: hostEndpoint
      metadata: {name: eth0, node: my-host}
      spec: {interfaceName: eth0, profiles: [guarded]}
      ```

      Remove the comment, or put it on the line of the finding or right above it. Rules that were not asked (`--only`, `--disable`)
      are not missed.
      """
  ) { _ in [] }
}
