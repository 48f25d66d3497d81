import Simulator

extension TestReport {
  /// Annotations for GitHub's runner: a line for every point in which a case failed, and for every case that could not be tried.
  package var github: [UInt8] {
    var lines: [String] = []
    for suite in suites {
      for test in suite.cases {
        lines += test.messages.map { message in
          WorkflowCommand(.error, at: test.location ?? suite.location, title: suite.title, "\(test.name): \(message)").text
        }
      }
    }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }
}

extension TestCase {
  fileprivate var messages: [String] {
    switch outcome {
    case .passed: []
    case .failed(let failures): failures.isEmpty ? ["failed"] : failures.map(\.sentence)
    case .broken(let message, let help): [help.map { "\(message); \($0)" } ?? message]
    }
  }
}
