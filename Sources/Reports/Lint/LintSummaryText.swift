package import Lint

/// A lint report in one line: `1 error, 2 warnings, 0 infos in 12 resources`.
package struct LintSummaryText {
  package let text: String

  package init(_ report: LintReport, style: Style) {
    let resources = Self.count(report.resourceCount, "resource")
    let aside = Self.setAside(report)
    guard !report.findings.isEmpty else {
      text = "\(style.good("clean")): \(resources), nothing found\(aside)"
      return
    }
    let counts = Severity.allCases.map { Self.count(report.count($0), $0.rawValue) }
    let leftOut = report.leftOut.isEmpty ? "" : ", \(report.leftOut.count) left out as invalid"
    let dress = report.hasFindings(from: .error) ? style.bad : style.warning
    text = "\(dress("found")): \(counts.joined(separator: ", ")) in \(resources)\(leftOut)\(aside)"
  }

  /// `, 2 ignored by comments, 5 in the baseline`; nothing where nothing is set aside.
  private static func setAside(_ report: LintReport) -> String {
    let known = report.setAside.count { $0.reason == .baseline }
    let ignored = report.setAside.count - known
    return (ignored > 0 ? ", \(ignored) ignored by comments" : "") + (known > 0 ? ", \(known) in the baseline" : "")
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
