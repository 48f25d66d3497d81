/// What can be wrong with a lesson besides the shape of its fields.
enum LessonProblem: Error {
  case empty
  case noTasks
  case oneWorkEach
  case taskTwice(String)
  case badTaskName(String)
  case flowAlone
  case noDemand
  case oneRightOption(found: Int)
  case tooManyOptions
  case passOutOfReach(questions: Int)
  case onlyPredictionsHaveOf
}

extension LessonProblem {
  var wording: Wording {
    switch self {
    case .empty: return Wording("empty-lesson", "the file holds no lesson", help: "begin with lesson: TITLE")
    case .noTasks: return Wording("no-tasks", "the lesson has no tasks", help: "list them in \"tasks\"")
    case .oneWorkEach:
      return Wording(
        "missing-field", "a task has one of \"predict\", \"write\", \"mend\", \"choose\" and \"exam\"",
        help: "write predict: tcp 203.0.113.9 -> 10.0.0.1:80 in eth0")
    case .taskTwice(let name):
      return Wording(
        "duplicate-task", "there is a task \"\(name)\" already", help: "progress is kept by name, so give it another")
    case .badTaskName(let name):
      return Wording(
        "invalid-name", "\"\(name)\" is no name of a task",
        help: "use lower-case letters, digits and - only, such as ssh-from-outside")
    case .flowAlone:
      return Wording("missing-field", "here only flows can stand", help: "\"change\" belongs in the task itself")
    case .noDemand:
      return Wording(
        "no-flows", "the task asks for nothing, so any world would do", help: "list \"flows\", and \"hidden\" ones")
    case .oneRightOption(let found):
      return Wording(
        "right-option", "\(found == 0 ? "no option is" : "\(found) options are") right, and one has to be",
        help: "write right: true at one of them")
    case .tooManyOptions:
      return Wording("too-many-options", "there are more options than a screen has room for", help: "six are enough")
    case .passOutOfReach(let questions):
      return Wording("number-out-of-range", "\"pass\" has to be from 1 to the number of questions, \(questions)")
    case .onlyPredictionsHaveOf:
      return Wording("unknown-field", "\"of\" goes with \"predict\" alone", help: "leave it out")
    }
  }
}
