package import Lint
package import Simulator

/// Draws findings for people: place, severity, id, message, the line with a caret under it, related places, and what to do.
package struct FindingText: Sendable {
  private let text: DiagnosticText
  private let style: Style

  /// - Parameter showsSource: do the source line and the rest follow on lines of their own? On a terminal they do; in a log
  ///   one line a finding is better.
  package init(sources: [SourceText], style: Style, showsSource: Bool) {
    text = DiagnosticText(sources: sources, style: style, showsSource: showsSource)
    self.style = style
  }

  /// The lines for one finding: `file:line:column: warning [GW104]: message`.
  package func lines(_ finding: Finding) -> [String] {
    text.lines(
      label(finding), finding.message, at: finding.location, length: finding.length,
      notes: finding.related.map { ($0.location, $0.message) }, help: finding.help)
  }

  private func label(_ finding: Finding) -> String {
    let label = "\(finding.severity.rawValue) [\(finding.id)]:"
    return switch finding.severity {
    case .error: style.bad(label)
    case .warning: style.warning(label)
    case .info: style.bold(label)
    }
  }
}
