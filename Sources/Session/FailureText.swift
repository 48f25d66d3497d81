import Manifests
import Reports
import Simulator

/// Says why a command did nothing, with a caret under the place where there is one.
struct FailureText {
  let failure: CommandFailure
  let input: String
  let style: Style

  var lines: [String] {
    switch failure {
    case .input(let problems):
      return problems.flatMap(lines)
    case .manifests(let diagnostics, let sources):
      let text = DiagnosticText(sources: sources, style: style, showsSource: true)
      return diagnostics.flatMap(text.lines)
    case .refused(let message, let help):
      return ["\(style.bad("error:")) \(Style.visible(message))"] + helpLine(help)
    }
  }

  private func lines(_ problem: CommandFailure.Problem) -> [String] {
    let bytes = Array(input.utf8)
    let place = min(problem.range.lowerBound, bytes.count)
    let lineStart = bytes[..<place].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    let lineEnd = bytes[place...].firstIndex(of: 0x0a) ?? bytes.count
    return ["\(style.bad("error:")) \(Style.visible(problem.message))"]
      + DiagnosticText.excerpt(
        line: bytes[lineStart..<lineEnd], from: place - lineStart, length: min(problem.range.count, lineEnd - place),
        style: style)
      + helpLine(problem.help)
  }

  private func helpLine(_ help: String?) -> [String] {
    help.map { ["  \(style.dim("help:")) \(Style.visible($0))"] } ?? []
  }
}
