package import Reports

/// What became of mutations, for a person: a line of figures, and those that nobody notices.
package struct MutationText: Sendable {
  private let report: MutationReport
  private let style: Style

  package init(_ report: MutationReport, style: Style) {
    self.report = report
    self.style = style
  }

  package var lines: [String] {
    let share = report.tried == 0 ? 100 : 100 * Double(report.noticed) / Double(report.tried)
    let figures = "mutations: \(report.noticed) of \(report.tried) noticed (\(CoverageText.percent(share)))"
    guard !report.survivors.isEmpty else { return [figures] }
    return [figures, "no scenario would notice"]
      + report.survivors.map { "  \(CoverageText.name($0.rule)): \(style.bold($0.text))" }
  }
}
