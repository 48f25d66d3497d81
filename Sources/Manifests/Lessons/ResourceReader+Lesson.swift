import Selector
import Simulator

/// The smaller parts of a lesson.
extension ResourceReader {
  /// More options are hard to keep in mind.
  private static let mostOptions = 6

  /// Text that is not empty.
  mutating func filledText(_ id: NodeID) -> ByteString? {
    guard let text = text(id) else { return nil }
    if !text.isEmpty { return text }
    note(.field(.wrongType(expected: "text", found: "an empty text")), at: id)
    return nil
  }

  mutating func taskName(_ id: NodeID) -> ByteString? {
    guard let text = filledText(id) else { return nil }
    let isName = text.bytes.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    if isName { return text }
    note(.lesson(.badTaskName(text.shown)), at: id)
    return nil
  }

  // MARK: Answers

  /// Inputs of a session: a list, or one that stands alone.
  mutating func inputs(_ id: NodeID?) -> [ByteString] {
    oneOrMore(id, of: "inputs") { $0.filledText($1) }
  }

  /// Answers, each a list of inputs or one input.
  mutating func answers(_ id: NodeID?) -> [[ByteString]] {
    oneOrMore(id, of: "answers") { reader, item in
      let inputs = reader.inputs(item)
      return inputs.isEmpty ? nil : inputs
    }
  }

  // MARK: Kinds of work

  mutating func prediction(flow id: NodeID, of packet: NodeID?, ask: ByteString?) -> LessonTask.Prediction? {
    let about: PredictedPacket? = word(packet, what: "packet")
    guard let flow = flowText(id) else { return nil }
    return LessonTask.Prediction(flow: flow, isAboutReply: about == .reply, ask: ask, location: location(id))
  }

  mutating func demand(_ id: NodeID) -> LessonTask.Demand? {
    guard let fields = fields(id, LessonDemandField.self) else { return nil }
    let before = errorCount
    var demand = LessonTask.Demand()
    demand.shown = list(fields[.flows], of: "flows") { $0.flowOfDemand($1) }
    demand.hidden = list(fields[.hidden], of: "flows") { $0.flowOfDemand($1) }
    demand.invariants = list(fields[.invariants], of: "invariants") { $0.invariant($1) }
    if demand.shown.isEmpty, errorCount == before { note(.lesson(.noDemand), at: id) }
    return errorCount == before ? demand : nil
  }

  private mutating func flowOfDemand(_ id: NodeID) -> Scenario.ExpectedFlow? {
    guard let fields = fields(id, ScenarioStepField.self) else { return nil }
    if let key = fields.key(.change) {
      note(.lesson(.flowAlone), at: key)
      return nil
    }
    return expectedFlow(fields, in: id)
  }

  mutating func options(_ id: NodeID) -> [LessonTask.Option]? {
    let before = errorCount
    let options = list(id, of: "options") { (reader, item) -> LessonTask.Option? in
      guard let fields = reader.fields(item, LessonOptionField.self) else { return nil }
      guard let text = reader.required(fields, .says, in: item, { $0.filledText($1) }) else { return nil }
      let isRight = fields[.right].flatMap { reader.bool($0) } ?? false
      return LessonTask.Option(text: text, isRight: isRight, because: reader.optionalText(fields[.because]))
    }
    guard errorCount == before else { return nil }
    let right = options.count { $0.isRight }
    if right != 1 { note(.lesson(.oneRightOption(found: right)), at: id) }
    if options.count > Self.mostOptions { note(.lesson(.tooManyOptions), at: id) }
    return errorCount == before ? options : nil
  }

  mutating func exam(_ id: NodeID) -> LessonTask.Work? {
    guard let fields = fields(id, LessonExamField.self) else { return nil }
    let before = errorCount
    let pass = required(fields, .pass, in: id) { $0.integer($1, what: "pass", in: 1...999) }
    let questions = list(required(fields, .questions, in: id) { $1 }, of: "questions") { $0.question($1) }
    guard errorCount == before, let pass else { return nil }
    guard pass <= questions.count else {
      note(.lesson(.passOutOfReach(questions: questions.count)), at: fields[.pass] ?? id)
      return nil
    }
    return .exam(questions, pass: pass)
  }

  private mutating func question(_ id: NodeID) -> LessonTask.Prediction? {
    guard let fields = fields(id, LessonQuestionField.self) else { return nil }
    let ask = optionalText(fields[.ask])
    guard let flow = required(fields, .predict, in: id, { $1 }) else { return nil }
    return prediction(flow: flow, of: fields[.of], ask: ask)
  }
}
