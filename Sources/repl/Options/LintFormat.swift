import Lint
import Manifests
import Reports
import Simulator

/// The formats of a lint report.
enum LintFormat: String, ReportFormat {
  case text, json, sarif, github, junit
}

extension LintReport {
  /// The report in a format.
  ///
  /// - Parameter resources: what was looked at, for formats that tell how a finding can be mended.
  func bytes(_ format: LintFormat, style: Style, showsSource: Bool, resources: [Resource]) -> [UInt8] {
    switch format {
    case .text:
      let text = FindingText(sources: sources, style: style, showsSource: showsSource)
      let lines = findings.flatMap(text.lines) + [LintSummaryText(self, style: style).text]
      let shown = showsSource ? ProseWrap(width: TerminalSize.ofOutput.width).lines(lines) : lines
      return Array(shown.map { $0 + "\n" }.joined().utf8)
    case .json: return json
    case .sarif:
      return LintSARIF(
        self, version: Gatewalk.version, directory: WorkingDirectory.path, fixes: edits(resources: resources)
      ).bytes
    case .github: return github
    case .junit: return junit
    }
  }
}
