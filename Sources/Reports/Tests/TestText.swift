import Simulator

/// A test run for a person: what failed, *expected … got … because …*, and a count.
package struct TestText: Sendable {
  private let report: TestReport
  private let style: Style
  /// Is what passed listed too?
  private let showsAll: Bool

  package init(_ report: TestReport, style: Style, showsAll: Bool) {
    self.report = report
    self.style = style
    self.showsAll = showsAll
  }

  package var lines: [String] {
    let suites = report.suites.filter { showsAll || $0.hasFailed }
    return suites.flatMap(lines) + (suites.isEmpty ? [] : [""]) + [summary]
  }

  private func lines(_ suite: TestSuite) -> [String] {
    let word = suite.hasFailed ? style.bad("FAIL") : style.good("ok  ")
    let place = suite.location.map { " (\($0.fileAndLine))" } ?? ""
    let semantics = suite.semantics == Semantics.documented.name ? "" : ", \(suite.semantics)"
    let head = "\(word)  \(style.bold(Style.visible(suite.name)))\(Style.visible(place))\(semantics)"
    return [head] + suite.cases.filter { showsAll || $0.hasFailed }.flatMap(lines)
  }

  private func lines(_ testCase: TestCase) -> [String] {
    let place = testCase.location.map { "\($0.fileAndLine): " } ?? ""
    let note = testCase.note.map { style.dim("  (\($0))") } ?? ""
    let head = "\(Style.visible(place + testCase.name))\(note)"
    switch testCase.outcome {
    case .passed: return ["  \(style.good("ok"))  \(head)"]
    case .broken(let message, let help):
      return ["  \(head)"] + Self.indented("error", message, style) + (help.map { Self.indented("help", $0, style) } ?? [])
    case .failed(let failures): return ["  \(head)"] + failures.flatMap(lines)
    }
  }

  private func lines(_ failure: TestFailure) -> [String] {
    Self.indented("expected", "\(failure.point == "flow" ? "" : "\(failure.point) ")\(failure.expected)", style)
      + Self.indented("got", style.bold(Style.visible(failure.got)), style)
      + (failure.because.map { Self.indented("because", $0, style) } ?? [])
      + (failure.decidedAt.map { Self.indented("rule", $0.fileAndLine, style) } ?? [])
  }

  private static func indented(_ word: String, _ text: String, _ style: Style) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let label = word.padded(to: 9)
    return lines.enumerated().map { number, line in
      let margin = number == 0 ? style.dim(label) : String(repeating: " ", count: label.count)
      return "      \(margin)\(style.hasColour ? line : Style.visible(line))"
    }
  }

  /// The last line: `passed: 2 scenarios, 3 checks, 3 passed, 0 failed`.
  package var summary: String {
    let scenarios = report.suites.count
    let failed = report.failureCount
    let counts = [
      "\(scenarios) \(scenarios == 1 ? "scenario" : "scenarios")",
      "\(report.cases.count) \(report.cases.count == 1 ? "check" : "checks")",
    ].joined(separator: ", ")
    let passed = report.cases.count - failed
    let result = failed == 0 ? style.good("passed") : style.bad("failed")
    return "\(result): \(counts), \(passed) passed, \(failed) failed"
  }
}

extension TestSuite {
  package var hasFailed: Bool { cases.contains(where: \.hasFailed) }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
