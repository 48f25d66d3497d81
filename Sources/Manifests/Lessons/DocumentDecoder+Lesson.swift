import Selector
package import Simulator

/// Reads a lesson, strictly: whatever is doubtful about it is an error. Its world may be doubtful, as that is what lessons are about.
///
/// - Returns: the lesson, and everything that is wrong with it; `nil` if anything is.
/// - Complexity: O(*n* log *n*) in the bytes of the text.
package func decodeLesson(_ source: SourceText) -> (lesson: LessonDocument?, errors: [Diagnostic]) {
  let lines = LineIndex(source.bytes)
  var lesson: LessonDocument?
  var problems: [PlacedProblem] = []
  do throws(YAMLSyntaxError) {
    let document = try YAMLParser.parse(source.bytes, in: 0..<source.bytes.count)
    var decoder = DocumentDecoder(
      ResourceReader(document: document, source: source, lines: lines, strictness: .lenient))
    lesson = decoder.lesson(document.root)
    problems = decoder.reader.problems
  } catch {
    problems = [PlacedProblem(problem: .document(.yaml(error.reason)), range: error.range)]
  }
  let errors = problems.filter { !$0.problem.isDoubtfulWorld }.sorted(by: Problem.isBefore).map { problem in
    var diagnostic = problem.diagnostic(in: source, lines, .lenient)
    diagnostic.severity = .error
    return diagnostic
  }
  return (errors.isEmpty ? lesson : nil, errors)
}

extension Problem {
  /// A warning about what a resource means.
  fileprivate var isDoubtfulWorld: Bool {
    switch self {
    case .rule, .endpoint: severity(.lenient) == .warning
    default: false
    }
  }
}

extension DocumentDecoder {
  fileprivate mutating func lesson(_ root: YAMLDocument.NodeID?) -> LessonDocument? {
    guard let root, !reader.isNull(root) else {
      reader.note(.lesson(.empty), at: 0..<0)
      return nil
    }
    guard let fields = reader.fields(root, LessonField.self) else { return nil }
    let title = reader.required(fields, .lesson, in: root) { $0.filledText($1) }
    let number = reader.required(fields, .number, in: root) { $0.integer($1, what: "number", in: 1...999) }
    let world = reader.oneOrMore(fields[.world], of: "files and directories") { $0.optionalText($1) }
    let semantics = fields[.semantics].flatMap { reader.semantics($0) }
    let resources = fields[.resources].map { inlineResources($0) } ?? []
    let tasks = tasks(fields, in: root)
    guard let title, let number else { return nil }
    return LessonDocument(
      title: title, number: number, world: world, resources: resources, semantics: semantics, tasks: tasks,
      location: reader.location(root))
  }

  private mutating func tasks(_ fields: Fields<LessonField>, in root: YAMLDocument.NodeID) -> [LessonTask] {
    guard let id = fields[.tasks], let items = reader.list(id, of: "tasks") else {
      if fields[.tasks] == nil { reader.note(.lesson(.noTasks), at: root) }
      return []
    }
    if items.isEmpty { reader.note(.lesson(.noTasks), at: id) }
    var names: Set<ByteString> = []
    return items.compactMap { item in
      guard let task = task(item) else { return nil }
      if !names.insert(task.name).inserted { reader.note(.lesson(.taskTwice(task.name.shown)), at: item) }
      return task
    }
  }

  private mutating func task(_ id: YAMLDocument.NodeID) -> LessonTask? {
    guard let fields = reader.fields(id, LessonTaskField.self) else { return nil }
    let name = reader.required(fields, .task, in: id) { $0.taskName($1) }
    let section = reader.required(fields, .section, in: id) { $0.filledText($1) }
    let change = fields[.change].map { edits($0) } ?? []
    let work = work(fields, in: id)
    let hints = reader.oneOrMore(fields[.hint], of: "hints") { $0.filledText($1) }
    var (model, wrong) = (reader.inputs(fields[.model]), reader.answers(fields[.wrong]))
    if case .choose(let options)? = work, let right = options.firstIndex(where: \.isRight) {
      // What there is to choose among are the answers.
      model = model.isEmpty ? [Self.letter(right)] : model
      wrong += options.indices.filter { $0 != right }.map { [Self.letter($0)] }
    }
    if work != nil {
      if model.isEmpty { reader.note(.field(.missing(field: "model", in: .lessonTask)), at: fields.key(.model) ?? id) }
      if wrong.isEmpty { reader.note(.field(.missing(field: "wrong", in: .lessonTask)), at: fields.key(.wrong) ?? id) }
    }
    guard let name, let section, let work else { return nil }
    return LessonTask(
      name: name, section: section, sectionLocation: reader.location(fields[.section] ?? id),
      ask: reader.optionalText(fields[.ask]) ?? "", change: change, work: work, hints: hints, model: model, wrong: wrong,
      because: reader.optionalText(fields[.because]), location: reader.location(id))
  }

  private static func letter(_ index: Int) -> ByteString { ByteString(bytes: [UInt8(ascii: "a") + UInt8(index)]) }

  // MARK: Work

  private mutating func work(_ fields: Fields<LessonTaskField>, in id: YAMLDocument.NodeID) -> LessonTask.Work? {
    let given = LessonTaskField.works.filter { fields.key($0) != nil }
    guard given.count == 1, let value = fields[given[0]] else {
      reader.note(.lesson(.oneWorkEach), at: id)
      return nil
    }
    if let of = fields.key(.of), given[0] != .predict { reader.note(.lesson(.onlyPredictionsHaveOf), at: of) }
    switch given[0] {
    case .predict: return reader.prediction(flow: value, of: fields[.of], ask: nil).map { .predict($0) }
    case .write: return reader.demand(value).map { .write($0) }
    case .mend: return reader.demand(value).map { .mend($0) }
    case .choose: return reader.options(value).map { .choose($0) }
    default: return reader.exam(value)
    }
  }
}
