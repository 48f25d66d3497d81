import Lint
import Manifests
import Simulator
import Testing

/// A world as YAML, and what lint has to say about it.
///
///     LintCase("what it shows", "apiVersion: v1…", expected: ["GW104 12:3 everything sent is dropped"])
struct LintCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var yaml: String
  /// One line each, in order: id, line:column (`-` for a finding without a place), and a part of the message.
  var expected: [String]
  /// The severity that each finding must have; `nil` where it does not matter.
  var severity: Severity?
  var semantics: Semantics

  init(
    _ name: String, _ yaml: String, expected: [String] = [], severity: Severity? = nil, semantics: Semantics = .documented
  ) {
    testDescription = name
    self.yaml = yaml
    self.expected = expected
    self.severity = severity
    self.semantics = semantics
  }

  var report: LintReport { report(of: LintRule.all) }

  /// What some rules alone say of the world.
  func report(of rules: [LintRule]) -> LintReport {
    Linter(rules: rules).report(
      on: decodeManifests(SourceText(name: "world.yaml", bytes: Array(yaml.utf8)), strictness: .lenient),
      semantics: semantics)
  }

  /// Where one rule, or every rule, says something else than is expected; empty if all is well.
  ///
  /// - Parameter rule: the id of the rule under test, so that a case need not know what others say of its world.
  func problems(rule: String? = nil) -> [String] {
    let rules = LintRule.all.filter { rule == nil || $0.id == rule }
    if rules.isEmpty { return ["there is no rule \(rule ?? "")"] }
    let report = report(of: rules)
    // A world with a slip in its YAML would pass for one without findings.
    let invalid = rule == "GW001" ? [] : report.leftOut.map { "left out: \($0)" }
    return invalid + differences(report.findings)
  }

  private func differences(_ findings: [Finding]) -> [String] {
    let lines = findings.map(Self.line)
    let matches =
      lines.count == expected.count
      && zip(findings, expected).allSatisfy { finding, wanted in
        let parts = wanted.split(separator: " ", maxSplits: 2).map(String.init)
        return parts.count == 3 && parts[0] == finding.id && parts[1] == Self.place(finding)
          && finding.message.contains(parts[2])
      }
    let odd = findings.filter { severity != nil && $0.severity != severity }
    return (matches ? [] : ["found \(lines), expected \(expected)"]) + odd.map { "\($0.severity): \(Self.line($0))" }
  }

  static func line(_ finding: Finding) -> String { "\(finding.id) \(place(finding)) \(finding.message)" }

  private static func place(_ finding: Finding) -> String {
    finding.location.map { "\($0.line):\($0.column)" } ?? "-"
  }
}
