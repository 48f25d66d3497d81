package import Reports
import Simulator

/// All lessons with what is done of each.
package struct CourseText {
  private let course: Course
  private let progress: Progress
  private let current: Int?
  private let style: Style

  /// - Parameter current: the number of the lesson that is being taken.
  package init(_ course: Course, _ progress: Progress, current: Int? = nil, style: Style) {
    self.course = course
    self.progress = progress
    self.current = current
    self.style = style
  }

  package var lines: [String] {
    var table = TextTable()
    for lesson in course.lessons {
      table.add([
        TextTable.Cell(Self.padded(lesson.number)), TextTable.Cell(Style.visible(lesson.title), style.bold), state(of: lesson),
        TextTable.Cell(lesson.number == current ? "<- you are here" : ""),
      ])
    }
    let done = course.lessons.count { progress.isDone($0) }
    var lines = table.lines(indent: 1)
    lines.append("\(done) of \(course.lessons.count) lessons done" + quiz)
    return lines
  }

  private var quiz: String {
    guard progress.quiz.asked > 0 else { return "" }
    return "; quiz: \(progress.quiz.right) of \(progress.quiz.asked) right, level \(progress.quiz.level)"
  }

  private func state(of lesson: Lesson) -> TextTable.Cell {
    let done = progress.doneCount(in: lesson)
    let score = progress[lesson.name].score.map { ", best score \($0)" } ?? ""
    if done == lesson.tasks.count { return TextTable.Cell("done\(score)", style.good) }
    return TextTable.Cell(
      done == 0
        ? "\(lesson.tasks.count) \(lesson.tasks.count == 1 ? "task" : "tasks")\(score)"
        : "\(done) of \(lesson.tasks.count) tasks done")
  }

  private static func padded(_ number: Int) -> String { number < 10 ? " \(number)" : "\(number)" }
}

extension Course {
  /// The first lesson that is not done; `nil` if all are.
  package func nextLesson(after progress: Progress) -> Int? { lessons.firstIndex { !progress.isDone($0) } }
}
