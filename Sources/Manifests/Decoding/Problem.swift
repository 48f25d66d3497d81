/// What can be wrong with a manifest.
enum Problem: Error {
  case document(DocumentProblem)
  case field(FieldProblem)
  case value(ValueProblem)
  case rule(RuleProblem)
  case endpoint(EndpointProblem)
  case scenario(ScenarioProblem)
  case lesson(LessonProblem)

  var wording: Wording {
    switch self {
    case .document(let problem): problem.wording
    case .field(let problem): problem.wording
    case .value(let problem): problem.wording
    case .rule(let problem): problem.wording
    case .endpoint(let problem): problem.wording
    case .scenario(let problem): problem.wording
    case .lesson(let problem): problem.wording
    }
  }
}

/// A problem at its place: bytes of the file.
struct PlacedProblem {
  var problem: Problem
  var range: Range<Int>
}
