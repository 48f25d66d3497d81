import Simulator

extension TestReport {
  /// The report as TAP, version 13: a line a case, and for a failed one a YAML block with the points in which it failed.
  package var tap: [UInt8] {
    var lines = ["TAP version 13", "1..\(cases.count)"]
    var number = 0
    for suite in suites {
      lines.append("# \(Self.onOneLine(suite.title))")
      for test in suite.cases {
        number += 1
        lines.append("\(test.hasFailed ? "not ok" : "ok") \(number) - \(Self.description(suite.title, test.name))")
        lines += test.diagnostics
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// A `#` would begin a directive such as `# SKIP`.
  private static func description(_ suite: String, _ name: String) -> String {
    var result = ""
    for scalar in onOneLine("\(suite): \(name)").unicodeScalars {
      if scalar == "#" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static func onOneLine(_ text: String) -> String {
    Style.visible(String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 })))
  }
}

extension TestCase {
  /// The YAML block, indented as TAP has it; nothing for a case that passed.
  fileprivate var diagnostics: [String] {
    var lines: [String] = []
    switch outcome {
    case .passed:
      return []
    case .broken(let message, let help):
      lines = ["severity: \"error\"", "message: \(message.quotedForYAML)"]
      if let help { lines.append("help: \(help.quotedForYAML)") }
      lines += Self.place(location)
    case .failed(let failures):
      lines = ["severity: \"fail\"", "message: \(failures.map(\.sentence).joined(separator: "; ").quotedForYAML)"]
      lines += Self.place(location)
      if !failures.isEmpty { lines.append("failures:") }
      for failure in failures { lines += Self.item(failure) }
    }
    return (["---"] + lines + ["..."]).map { "  " + $0 }
  }

  private static func place(_ location: SourceLocation?) -> [String] {
    location.map { ["file: \($0.file.quotedForYAML)", "line: \($0.line)"] } ?? []
  }

  private static func item(_ failure: TestFailure) -> [String] {
    var lines = [
      "point: \(failure.point.quotedForYAML)", "expected: \(failure.expected.quotedForYAML)",
      "got: \(failure.got.quotedForYAML)",
    ]
    if let because = failure.because { lines.append("because: \(because.quotedForYAML)") }
    lines += place(failure.decidedAt)
    return lines.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
  }
}
