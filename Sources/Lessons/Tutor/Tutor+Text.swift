import Manifests
import Reports
import Selector
import Simulator

/// What a learner is shown: a lesson's beginning, a section, a task.
extension Tutor {
  /// The lesson's title, and the section and task at which it goes on.
  var opening: [String] {
    let count = progress.doneCount(in: lesson)
    let state = count == 0 ? "" : count == lesson.tasks.count ? ", done" : ", \(count) of \(lesson.tasks.count) tasks done"
    let head =
      style.bold("Lesson \(lesson.number): \(Style.visible(lesson.title))") + style.dim("\(state)  (help, quit)")
    let intro = taskIndex == 0 ? LessonText.dressed(lesson.text.intro, style) : []
    let earlier = taskIndex == 0 ? [] : [style.dim("(\"task 1\" shows the lesson from its beginning)")]
    return [head] + earlier + intro + sectionLines + taskLines
  }

  /// The section's heading and text.
  var sectionLines: [String] { Self.lines(of: lesson.section(of: task), style) }

  static func lines(of section: LessonText.Section?, _ style: Style) -> [String] {
    guard let section else { return [] }
    return ["", style.bold("-- \(Style.visible(section.heading)) --")] + LessonText.dressed(section.body, style) + [""]
  }

  /// The task and what to type.
  var taskLines: [String] { TaskText(task, number: taskIndex + 1, of: lesson.tasks.count, exam: exam, style: style).lines }

  /// What may be typed after a task is done.
  var cue: String {
    guard isLastTask else { return "type \(style.bold("next")) to go on" }
    let after = lessonIndex + 1 < course.lessons.count ? course.lessons[lessonIndex + 1] : nil
    let left = lesson.tasks.count - progress.doneCount(in: lesson)
    let state =
      left == 0
      ? "that was the last task: lesson \(lesson.number) is done."
      : "that was the last one; \(left) \(left == 1 ? "task is" : "tasks are") still to do: \"lesson\" says which."
    guard let after else { return "\(state) \"gatewalk quiz\" has more questions; type \(style.bold("quit")) to leave" }
    return
      "\(state) type \(style.bold("next")) for lesson \(after.number), \(Style.visible(after.title)), or \(style.bold("quit"))"
  }
}

/// A task as it is set.
struct TaskText {
  private let task: LessonTask
  private let number: Int
  private let count: Int
  private let exam: ExamState
  private let style: Style

  init(_ task: LessonTask, number: Int, of count: Int, exam: ExamState, style: Style) {
    self.task = task
    self.number = number
    self.count = count
    self.exam = exam
    self.style = style
  }

  var lines: [String] {
    let ask = task.ask.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).droppingEmptyEnd
    var lines = ask.map { Markup.dressed(Style.visible($0), style) }
    if lines.isEmpty { lines = [usual] }
    lines[0] = style.bold("Task \(number) of \(count):") + " " + lines[0]
    return lines + work
  }

  /// Where the lesson says nothing besides.
  private var usual: String {
    switch task.work {
    case .predict(let prediction):
      prediction.isAboutReply ? "what becomes of the answer to this packet?" : "what becomes of this packet?"
    case .write: "write policy so that:"
    case .mend: "something is wrong here. Mend it so that:"
    case .choose: "which is right?"
    case .exam: "predict them all."
    }
  }

  private var work: [String] {
    switch task.work {
    case .predict(let prediction):
      return [
        Self.flow(prediction, style),
        "type \(style.bold("predict allow by …")) or \(style.bold("predict deny by …")) (\"help predict\" says how)",
      ]
    case .write(let demand), .mend(let demand):
      return demand.shown.map { flow in
        let word = flow.expectation.verdict == .allow ? style.good("allow") : style.bad("deny ")
        return "  \(word)  \(Style.visible(flow.text.text))"
      } + ["change the world at the prompt, then type \(style.bold("check")) (\"help write\" says how)"]
    case .choose(let options):
      let letters = options.indices.map { Self.letter($0) }
      return zip(letters, options).map { "  \(style.bold($0))  \(Style.visible($1.text.text))" }
        + ["type \(letters.dropLast().joined(separator: ", ")) or \(letters.last ?? "")"]
    case .exam(let questions, let pass):
      return ["\(questions.count) questions, one try each; \(pass) right answers pass."] + question(questions)
    }
  }

  /// The question of an exam that comes next.
  func question(_ questions: [LessonTask.Prediction]) -> [String] {
    let index = exam.answers.count
    guard questions.indices.contains(index) else { return [] }
    let ask = questions[index].ask.map { " " + Markup.dressed(Style.visible($0.text), style) } ?? ""
    return [
      style.bold("Question \(index + 1) of \(questions.count):") + ask, Self.flow(questions[index], style),
      "type \(style.bold("predict allow by …")) or \(style.bold("predict deny by …"))",
    ]
  }

  static func flow(_ prediction: LessonTask.Prediction, _ style: Style) -> String {
    "  " + (prediction.isAboutReply ? "the reply to  " : "") + style.bold(Style.visible(prediction.flow.text))
  }

  static func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index))) }
}

extension [String] {
  /// Without empty lines at the end.
  var droppingEmptyEnd: [String] { Array(reversed().drop { $0.isEmpty }.reversed()) }
}
