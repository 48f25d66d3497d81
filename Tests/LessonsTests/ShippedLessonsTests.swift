import Foundation
import Lessons
import Reports
import Selector
import Session
import Simulator
import Testing

/// The lessons that come with gatewalk: what they say is so, and every task has its answer.
@Suite struct ShippedLessonsTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let course = Course(directory: root.appendingPathComponent("Lessons").path)

  @Test func theyAreThereInOrder() {
    #expect(Self.course.failures.isEmpty, "\(Self.course.failures.flatMap(\.diagnostics))")
    #expect(
      Self.course.lessons.map(\.name) == [
        "selectors", "endpoints", "default-deny", "order", "profiles", "paths", "pre-dnat", "pods", "untracked", "conntrack",
        "gateway", "worked-example", "lock-down", "differences", "exam",
      ])
    #expect(Self.course.lessons.map(\.number) == Array(1...15))
  }

  @Test(arguments: course.lessons.indices)
  func everythingInItIsTrue(_ index: Int) {
    let suite = LessonCheck(Self.course.lessons[index]).suite
    #expect(
      !suite.hasFailed, "\(TestText(TestReport(suites: [suite]), style: .plain, showsAll: false).lines.joined(separator: "\n"))"
    )
    #expect(suite.cases.count >= 2)
  }

  /// What Felix would drop is not made to pass by looking at it with the guide's eyes.
  @Test func theLessonsSemanticsJudge() throws {
    let index = try #require(Self.course.index(of: "differences"))
    var tutor = Tutor(Self.course, lesson: index, progress: Lessons.Progress(), style: .plain)
    _ = tutor.perform("task 2")
    _ = tutor.perform("semantics documented")
    #expect(tutor.perform("tcp 10.0.0.9 -> 10.1.0.9:8080 in eth0").lines[0].hasPrefix("ALLOW"))
    #expect(tutor.perform("check").lines[0].hasPrefix("no tcp 10.0.0.9"))
  }

  /// The lesson that the documentation shows is one.
  @Test func theDocumentedLesson() throws {
    let page = try String(contentsOf: Self.root.appendingPathComponent("docs/reference/lessons.md"), encoding: .utf8)
    func block(_ opening: String, _ closing: String) throws -> String {
      let start = try #require(page.range(of: opening))
      let end = try #require(page.range(of: closing, range: start.upperBound..<page.endIndex))
      return String(page[start.upperBound..<end.lowerBound]) + "\n"
    }
    let files = try Scratch()
    defer { files.remove() }
    try files.write("01-guests/lesson.md", try block("````markdown\n", "\n````"))
    try files.write("01-guests/lesson.yaml", "lesson:" + (try block("```yaml\nlesson:", "\n```")))
    let suite = LessonCheck(try Lesson(directory: "\(files.path)/01-guests")).suite
    #expect(
      !suite.hasFailed, "\(TestText(TestReport(suites: [suite]), style: .plain, showsAll: false).lines.joined(separator: "\n"))"
    )
    #expect(suite.cases.count >= 11)
  }

  /// Each claim that a text names is one.
  @Test func claims() throws {
    let named = try Regex(#"\b[SD][0-9]+\b"#)
    var count = 0
    for lesson in Self.course.lessons {
      for file in ["lesson.md", "lesson.yaml"] {
        for match in try String(contentsOfFile: "\(lesson.directory)/\(file)", encoding: .utf8).matches(of: named) {
          let id = String(match.output[0].substring ?? "")
          #expect(Claim.named(ByteString(id)) != nil, "\(lesson.name): \(id)")
          count += 1
        }
      }
    }
    #expect(count > 60)
  }
}
