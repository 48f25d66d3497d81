package import Lint

extension LintReport {
  /// Annotations for GitHub's runner, a line a finding; what is set aside is not shown.
  package var github: [UInt8] {
    let columns = SourceColumns(sources)
    let names = Dictionary(rules.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let lines = findings.map { finding in
      let title = names[finding.id].map { "\(finding.id) \($0)" } ?? finding.id
      let message = finding.help.map { "\(finding.message)\n\($0)" } ?? finding.message
      var command = WorkflowCommand(finding.severity.workflowLevel, at: finding.location, title: title, message)
      if let location = finding.location, command.file != nil {
        let region = columns.region(location, length: finding.length)
        (command.column, command.endColumn) = (region.start, region.end)
      }
      return command.text + "\n"
    }
    return Array(lines.joined().utf8)
  }
}

extension Severity {
  fileprivate var workflowLevel: WorkflowCommand.Level {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .notice
    }
  }
}
