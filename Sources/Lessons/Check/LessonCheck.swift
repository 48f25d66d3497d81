import Manifests
package import Reports
import Selector
import Session
import Simulator

/// Tries a lesson: model answers do their tasks, wrong ones do not, and every answer in the text is what the engine says.
///
/// The product is a report of the same kind as that of scenarios, so that it is shown in the same ways.
package struct LessonCheck: Sendable {
  /// What a terminal of 24 lines has room for, with a line for what was typed and one for the prompt.
  package static let screen = 22
  private let lesson: Lesson

  package init(_ lesson: Lesson) {
    self.lesson = lesson
  }

  package var suite: TestSuite {
    var cases = lesson.tasks.indices.flatMap(check)
    cases += lesson.text.sections.flatMap(check)
    return TestSuite(
      name: "\(lesson.number) \(lesson.title)", location: placed(lesson.document.location), semantics: lesson.semantics.name,
      cases: cases)
  }

  // MARK: Tasks

  private func check(_ index: Int) -> [TestCase] {
    let task = lesson.tasks[index]
    let problems = lesson.resources(for: task).problems
    guard problems.isEmpty else {
      return [broken("task \(task.name)", task, "its change cannot be made: \(problems.joined(separator: "\n"))")]
    }
    let model = attempt(task.model, index)
    var cases = [
      model.isDone
        ? passed("model answer to \(task.name)", task)
        : failed("model answer to \(task.name)", task, expected: "the task done", got: "not done", because: model.said)
    ]
    for (number, wrong) in task.wrong.enumerated() {
      let name = "wrong answer \(number + 1) to \(task.name)"
      let outcome = attempt(wrong, index)
      if outcome.isDone {
        cases.append(failed(name, task, expected: "the task not done", got: "done", because: Self.firstLine(wrong)))
      } else if let refusal = outcome.refusal {
        cases.append(broken(name, task, "it is no answer at all: \(refusal)"))
      } else {
        cases.append(passed(name, task))
      }
    }
    return cases
  }

  private struct Attempt {
    var isDone: Bool
    /// What an input was refused with: then nobody would take it for an answer.
    var refusal: String?
    var said: String
  }

  /// Gives an answer to a tutor.
  private func attempt(_ inputs: [ByteString], _ index: Int) -> Attempt {
    let task = lesson.tasks[index]
    var tutor = Tutor(Course(only: lesson), lesson: 0, progress: Progress(), style: .plain)
    _ = tutor.go(toTask: index)
    var attempt = Attempt(isDone: false, refusal: nil, said: "")
    var inputs = inputs.map(\.text)
    switch task.work {
    // What was changed is looked at once everything is changed.
    case .write, .mend: inputs.append("check")
    default: break
    }
    for input in inputs {
      let answer = tutor.perform(input)
      attempt.said = answer.lines.joined(separator: "\n")
      if answer.hasFailed { attempt.refusal = attempt.said }
    }
    attempt.isDone = tutor.progress[lesson.name].done.contains(task.name.text) && attempt.refusal == nil
    return attempt
  }

  private static func firstLine(_ inputs: [ByteString]) -> String? {
    inputs.first.map { String($0.text.prefix { $0 != "\n" }) }
  }

  // MARK: Texts

  private func check(_ section: LessonText.Section) -> [TestCase] {
    var cases: [TestCase] = []
    let lines = shownLines(section)
    if lines > Self.screen {
      cases.append(
        TestCase(
          name: "section \(section.heading)", location: place(section.line),
          outcome: .failed([
            TestFailure("length", expected: "at most \(Self.screen) lines with its first task", got: "\(lines)")
          ])))
    }
    return cases
      + TranscriptRun(section, lesson: lesson).results.map { result in
        let location = place(result.exchange.line)
        guard !result.isTrue else { return TestCase(name: result.exchange.input, location: location, outcome: .passed) }
        return TestCase(name: result.exchange.input, location: location, outcome: .failed([result.difference]))
      }
  }

  /// How many lines of a terminal a section and its first task take.
  private func shownLines(_ section: LessonText.Section) -> Int {
    guard let index = lesson.tasks.firstIndex(where: { $0.section.bytes == Array(section.heading.utf8) }) else { return 0 }
    let task = TaskText(lesson.tasks[index], number: index + 1, of: lesson.tasks.count, exam: ExamState(), style: .plain)
    let intro = index == 0 ? 1 + lesson.text.intro.count : 0
    let lines = Tutor.lines(of: section, .plain) + task.lines
    return intro + lines.reduce(0) { $0 + max(1, ($1.unicodeScalars.count + 79) / 80) }
  }

  // MARK: Cases

  private func passed(_ name: String, _ task: LessonTask) -> TestCase {
    TestCase(name: name, location: placed(task.location), outcome: .passed)
  }

  private func failed(_ name: String, _ task: LessonTask, expected: String, got: String, because: String?) -> TestCase {
    TestCase(
      name: name, location: placed(task.location),
      outcome: .failed([TestFailure("outcome", expected: expected, got: got, because: because)]))
  }

  private func broken(_ name: String, _ task: LessonTask, _ why: String) -> TestCase {
    TestCase(name: name, location: placed(task.location), outcome: .broken(why, help: nil))
  }

  private func place(_ line: Int) -> SourceLocation {
    placed(SourceLocation(file: Lesson.textName, line: line, column: 1))
  }

  private func placed(_ location: SourceLocation) -> SourceLocation {
    SourceLocation(file: "\(lesson.directory)/\(location.file)", line: location.line, column: location.column)
  }
}
