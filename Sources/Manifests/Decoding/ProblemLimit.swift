import Simulator

/// Keeps the problems of one text to a number that somebody might still read, so that memory stays bounded whatever the
/// input: after so many errors the rest of the text is not read, after so many warnings further ones are left out. Either
/// is said.
struct ProblemLimit {
  static let errors = 10_000
  static let warnings = 10_000

  private var errorsLeft = errors
  private var warningsLeft = warnings

  /// Is the rest of the text to be left unread?
  private(set) var isExhausted = false

  /// The problems that are to be reported.
  mutating func admit(_ problems: [PlacedProblem], _ strictness: Strictness) -> [PlacedProblem] {
    var admitted: [PlacedProblem] = []
    for problem in problems where !isExhausted {
      switch problem.problem.severity(strictness) {
      case .error:
        errorsLeft -= 1
        admitted.append(problem)
        if errorsLeft > 0 { continue }
        isExhausted = true
        admitted.append(PlacedProblem(problem: .document(.tooManyErrors(limit: Self.errors)), range: problem.range))
      case .warning:
        warningsLeft -= 1
        if warningsLeft >= 0 { admitted.append(problem) }
        if warningsLeft == -1 {
          admitted.append(
            PlacedProblem(problem: .document(.tooManyWarnings(limit: Self.warnings)), range: problem.range)
          )
        }
      }
    }
    return admitted
  }
}
