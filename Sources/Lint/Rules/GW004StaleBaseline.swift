extension LintRule {
  /// Found when all others have been asked, by `Baseline`.
  static let staleBaseline = LintRule(
    id: "GW004", name: "stale-baseline", severity: .info,
    summary: "the baseline has a finding that is not found any more",
    claims: [],
    basis: "a baseline that holds what is mended would hide it if it came back",
    explanation: """
      A baseline holds the findings that were there when somebody began to lint, so that only new ones count:

      ```yaml
      # .gatewalk.yaml
      lint:
        baseline: .gatewalk-baseline.json
      ```

      `gatewalk lint --write-baseline .gatewalk-baseline.json cluster/` writes it. Findings are recognised by the rule, the resource and
      its content, whatever lines and files they move to. What was mended since is reported, so that the baseline can be written anew;
      lint the files that it was written for, since what is not read is not found either.
      """
  ) { _ in [] }
}
