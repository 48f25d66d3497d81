package import Reports
import Selector
import Simulator

/// Coverage for a person: a line of figures, and what is missing.
package struct CoverageText: Sendable {
  private let coverage: Coverage
  private let style: Style
  private let showsMissed: Bool

  package init(_ coverage: Coverage, style: Style, showsMissed: Bool) {
    self.coverage = coverage
    self.style = style
    self.showsMissed = showsMissed
  }

  /// More claims than these are counted.
  private static let mostClaims = 20

  package var lines: [String] { [figures] + (showsMissed ? missed : []) }

  private var figures: String {
    let builtIn = Coverage.builtIn.count
    var parts = [
      "\(coverage.coveredRuleCount) of \(coverage.ruleCount) rules (\(Self.percent(coverage.percentage)))",
      "\(builtIn - coverage.missedBuiltIn.count) of \(builtIn) built-in decisions",
    ]
    if !coverage.claims.isEmpty {
      let testable = Claim.all.count { $0.isTestable }
      parts.append("\(testable - coverage.missedClaims.count) of \(testable) claims")
    }
    return "coverage: \(parts.joined(separator: ", "))"
  }

  private var missed: [String] {
    var lines: [String] = []
    if !coverage.missedRules.isEmpty || !coverage.missedPolicies.isEmpty {
      lines.append("no flow was decided by")
      lines += coverage.missedRules.map { "  \(Self.name($0)): \(RuleText(rule: $0.rule).text)" }
      lines += coverage.missedPolicies.map { "  \(Style.visible($0.description)): its default drop" }
    }
    if !coverage.missedBuiltIn.isEmpty {
      lines.append("built-in decisions that no flow met: \(coverage.missedBuiltIn.map(\.name).joined(separator: ", "))")
    }
    if !coverage.claims.isEmpty, !coverage.missedClaims.isEmpty {
      let missed = coverage.missedClaims.map(\.id)
      let more = missed.count > Self.mostClaims ? ", … (\(missed.count); --list --claims shows them)" : ""
      lines.append("claims that no scenario names: \(missed.prefix(Self.mostClaims).joined(separator: ", "))\(more)")
    }
    return lines
  }

  /// `policy web ingress[0] (cluster.yaml:31)`.
  static func name(_ rule: RuleIdentity) -> String {
    let place = rule.location.map { " (\($0.fileAndLine))" } ?? ""
    return Style.visible("\(rule.resource) \(rule.direction.rawValue)[\(rule.index)]\(place)")
  }

  /// `85.2 %`; 100 only for all of them.
  static func percent(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}
