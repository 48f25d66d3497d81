import Glibc
import Reports
import Simulator

/// Text for people on standard output or standard error: in colour on a terminal, unless `NO_COLOR` is set.
struct Console {
  let output: Output
  let style: Style

  static let standard = Console(.standard)
  static let error = Console(.error)

  init(_ output: Output) {
    self.output = output
    let noColour = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
    style = Style(hasColour: output.isTerminal && !noColour && !isDumb)
  }

  func say(_ line: String) {
    output.write(line + "\n")
  }

  func say(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    output.write(lines.joined(separator: "\n") + "\n")
  }

  /// Diagnostics, with the source line and a caret on a terminal.
  func report(_ diagnostics: [Diagnostic], sources: [SourceText]) {
    guard !diagnostics.isEmpty else { return }
    let text = DiagnosticText(sources: sources, style: style, showsSource: output.isTerminal)
    say(diagnostics.flatMap(text.lines))
  }

  /// What is wrong with text that was typed as an argument, each with a caret under its place.
  func report(_ what: String, _ text: String, _ problems: [(range: Range<Int>, message: String, help: String?)]) {
    let bytes = Array(text.utf8)
    for problem in problems {
      say("\(style.bad("error:")) \(what), column \(problem.range.lowerBound + 1): \(Style.visible(problem.message))")
      say(
        DiagnosticText.excerpt(
          line: bytes[...], from: problem.range.lowerBound, length: problem.range.count, style: style))
      if let help = problem.help { say("  \(style.dim("help:")) \(Style.visible(help))") }
    }
  }
}
