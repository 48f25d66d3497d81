import Manifests
import Reports
import Selector
import Session
import Simulator

/// What the engine answers to the inputs that a section shows. All of a section are one session, in the world of its first task.
struct TranscriptRun {
  struct Result {
    var exchange: Transcript.Exchange
    var answer: [String]
    var isTrue: Bool { Transcript.matches(exchange.answer, answer) }

    /// The first line that is not as it is shown.
    var difference: TestFailure {
      let shown = exchange.answer
      let index = shown.indices.first { $0 >= answer.count || Array(shown[$0].utf8) != Array(answer[$0].utf8) } ?? shown.count
      func line(_ lines: [String]) -> String { lines.indices.contains(index) ? lines[index] : "nothing more" }
      return TestFailure("answer", expected: line(shown), got: line(answer))
    }
  }

  private(set) var results: [Result] = []

  init(_ section: LessonText.Section, lesson: Lesson) {
    guard let index = lesson.tasks.firstIndex(where: { $0.section.bytes == Array(section.heading.utf8) }) else { return }
    var tutor = Tutor(Course(only: lesson), lesson: 0, progress: Progress(), style: .plain)
    _ = tutor.go(toTask: index)
    for exchange in section.transcripts.flatMap(\.exchanges) {
      results.append(Result(exchange: exchange, answer: tutor.perform(exchange.input).lines))
    }
  }
}
