import Simulator

extension PlacedProblem {
  /// The problem in words, with line and column. A place of several lines is cut at the end of its first.
  func diagnostic(in source: SourceText, _ lines: LineIndex, _ strictness: Strictness) -> Diagnostic {
    let position = lines.position(range.lowerBound)
    let end = min(range.upperBound, lines.lineEnd(range.lowerBound, of: source.bytes))
    let wording = problem.wording
    return Diagnostic(
      problem.severity(strictness),
      id: wording.id,
      at: SourceLocation(file: source.name, line: position.line, column: position.column),
      length: max(1, end - range.lowerBound),
      wording.message,
      help: wording.help
    )
  }
}

extension Problem {
  /// By place in the file; two at one place in the order in which they were found, since the sort is stable.
  static func isBefore(_ left: PlacedProblem, _ right: PlacedProblem) -> Bool {
    left.range.lowerBound < right.range.lowerBound
  }

  /// Warnings are what calicoctl takes but means something unexpected, and, for a lenient reader, the few things that
  /// calicoctl refuses though their meaning is plain (SEMANTICS D12, MANIFESTS section 0.1).
  func severity(_ strictness: Strictness) -> Diagnostic.Severity {
    switch self {
    case .document(.emptyDocument), .document(.kubernetesList), .rule(.portsWithoutProtocol):
      strictness == .strict ? .error : .warning
    case .document(.tooManyWarnings), .document(.duplicateIdentity), .field(.duplicateKey), .field(.overriddenByMerge),
      .field(.readAsOtherText), .rule(.icmpZero), .endpoint(.slashInProfileName), .scenario(.noFlows):
      .warning
    default:
      .error
    }
  }
}
