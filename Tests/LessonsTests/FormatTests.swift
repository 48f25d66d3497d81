import Foundation
import Lessons
import Manifests
import Reports
import Selector
import Simulator
import Testing

/// Lessons are read strictly: every mistake has its file and place.
@Suite struct FormatTests {
  struct Mistake: CustomTestStringConvertible {
    var file = "lesson.yaml"
    var old: String
    var new: String
    /// The identifier of the error, and the text at whose first byte it stands in the file.
    var id: String
    var at: String
    var testDescription: String { "\(id): \(new)" }
  }

  static let mistakes: [Mistake] = [
    Mistake(old: "number: 3", new: "nummer: 3", id: "unknown-field", at: "nummer"),
    Mistake(old: "number: 3", new: "number: three", id: "wrong-type", at: "three"),
    Mistake(old: "number: 3", new: "number: 0", id: "out-of-range", at: "0"),
    Mistake(old: "number: 3\n", new: "", id: "missing-field", at: "lesson: A"),
    Mistake(old: "world: world.yaml", new: "world: nowhere.yaml", id: "unreadable", at: "lesson: A"),
    Mistake(old: "number: 3", new: "number: 3\nnumber: 3", id: "duplicate-key", at: "number: 3\nworld"),
    Mistake(old: "task: guess", new: "task: Guess it", id: "invalid-name", at: "Guess it"),
    Mistake(old: "task: answer", new: "task: guess", id: "duplicate-task", at: "task: guess\n  section: Looking\n  predict"),
    Mistake(old: "section: Looking\n  ask", new: "section: Looing\n  ask", id: "unknown-section", at: "Looing"),
    Mistake(old: "section: Looking\n  ask", new: "section: Doing\n  ask", id: "task-order", at: "lesson: A"),
    Mistake(old: "in eth0\n  hint", new: "inn eth0\n  hint", id: "invalid-flow", at: "inn eth0"),
    Mistake(old: "of: reply", new: "of: answer", id: "unknown-word", at: "answer\n  model"),
    Mistake(old: "  choose:", new: "  of: reply\n  choose:", id: "unknown-field", at: "of: reply\n  choose"),
    Mistake(old: "right: true", new: "right: false", id: "right-option", at: "- {says: yes"),
    Mistake(old: "says: yes it is,", new: "says: yes it is, right: true,", id: "right-option", at: "- {says: yes"),
    Mistake(
      old: "  predict: tcp 203.0.113.9 -> 10.0.0.1:80 in eth0\n  hint", new: "  hint", id: "missing-field", at: "task: guess"),
    Mistake(old: "  hint: [first", new: "  exam: {pass: 1}\n  hint: [first", id: "missing-field", at: "task: guess"),
    Mistake(
      old: "  wrong: [predict deny by no-policy-matched]\n  because", new: "  because", id: "missing-field", at: "task: guess"),
    Mistake(old: "  model: predict allow by conntrack-established\n", new: "", id: "missing-field", at: "task: answer"),
    Mistake(
      old: "expect: deny}\n    - {flow: \"tcp 203.0.113.9 -> 10.0.0.1:443",
      new: "expect: maybe}\n    - {flow: \"tcp 203.0.113.9 -> 10.0.0.1:443", id: "unknown-word", at: "maybe"),
    Mistake(old: "pass: 2", new: "pass: 4", id: "number-out-of-range", at: "4\n"),
    Mistake(old: "[{delete: policy web}]", new: "[{remove: policy web}]", id: "unknown-change", at: "remove"),
    Mistake(old: "lesson: A small lesson", new: "lesson: [", id: "yaml-syntax", at: ": world.yaml"),
    Mistake(file: "lesson.md", old: "# A small lesson", new: "A small lesson", id: "no-title", at: "A small"),
    Mistake(file: "lesson.md", old: "## Doing", new: "## Looking", id: "duplicate-section", at: "## Looking\n\nNow"),
    Mistake(file: "lesson.md", old: "Now change it.", new: "## Empty", id: "section-without-task", at: "## Empty"),
    Mistake(file: "lesson.md", old: "…\n```", new: "…", id: "unclosed-block", at: "```gatewalk"),
    Mistake(file: "lesson.md", old: "gatewalk> show", new: "show", id: "empty-transcript", at: "```gatewalk"),
    Mistake(
      file: "lesson.md", old: "Now change", new: String(repeating: "long ", count: 17) + "change", id: "long-line", at: "long"),
    Mistake(file: "world.yaml", old: "order: 10", new: "order: first", id: "wrong-type", at: "first"),
  ]

  @Test(arguments: mistakes)
  func aMistakeHasItsPlace(_ mistake: Mistake) throws {
    let files = try Scratch()
    defer { files.remove() }
    try SmallLesson.write(to: files, replacing: mistake.old, with: mistake.new, in: mistake.file)
    do throws(Lesson.Failure) {
      _ = try Lesson(directory: "\(files.path)/03-small")
      Issue.record("it was read")
    } catch {
      let failure = error
      let found = failure.diagnostics.map { "\($0.id) at \($0.location?.description ?? "")" }
      let diagnostic = try #require(failure.diagnostics.first { $0.id == mistake.id }, "\(found)")
      #expect(diagnostic.severity == .error)
      let path = "\(files.path)/03-small/\(mistake.file)"
      let location = try #require(diagnostic.location)
      let text = try files.read("03-small/\(mistake.file)")
      let place = try #require(text.range(of: mistake.at))
      let before = text[..<place.lowerBound]
      let line = before.count { $0 == "\n" } + 1
      let column =
        text[(before.lastIndex(of: "\n").map(text.index(after:)) ?? text.startIndex)..<place.lowerBound].utf8.count + 1
      #expect(location.file == path && location.line == line, "\(found), not line \(line)")
      // Texts have errors of whole lines.
      if mistake.file != "lesson.md" { #expect(location.column == column, "\(found)") }
    }
  }

  @Test func aLessonWithoutMistakes() throws {
    let files = try Scratch()
    defer { files.remove() }
    try SmallLesson.write(to: files)
    let lesson = try SmallLesson.load(files)
    #expect(lesson.name == "small" && lesson.title == "A small lesson" && lesson.number == 3)
    #expect(lesson.text.sections.map(\.heading) == ["Looking", "Doing"])
    #expect(lesson.tasks.map(\.name.text) == ["guess", "answer", "choice", "narrow", "repair", "test"])
    let suite = LessonCheck(lesson).suite
    #expect(
      !suite.hasFailed, "\(TestText(TestReport(suites: [suite]), style: .plain, showsAll: false).lines.joined(separator: "\n"))"
    )
    // Each task with its model answer and its wrong ones, and the block of the text.
    #expect(suite.cases.count == 6 + 7 + 1)
  }

  struct Untrue: CustomTestStringConvertible {
    var file = "lesson.yaml"
    var old: String
    var new: String
    var failing: String
    var testDescription: String { failing }
  }

  static let untrue: [Untrue] = [
    Untrue(
      old: "model: predict allow by policy web ingress[0]", new: "model: predict allow by policy web ingress[1]",
      failing: "model answer to guess"),
    Untrue(
      old: "wrong: [predict deny by no-policy-matched]\n  because",
      new: "wrong: predict allow by policy web ingress[0]\n  because", failing: "wrong answer 1 to guess"),
    // What the tutor would refuse is no answer that somebody gives.
    Untrue(
      old: "wrong: [predict deny by no-policy-matched]\n  because", new: "wrong: [predict deny]\n  because",
      failing: "wrong answer 1 to guess"),
    Untrue(old: "wrong: [failsafe in none]", new: "wrong: [\"add web\"]", failing: "wrong answer 1 to repair"),
    Untrue(old: "model: disable policy web ingress[0]", new: "model: delete policy web", failing: "model answer to narrow"),
    // Only the hidden demands tell this answer from a right one.
    Untrue(
      old: "  - delete policy web\n  - -", new: "  - disable policy web ingress[0]\n  - -", failing: "wrong answer 1 to narrow"),
    Untrue(
      old: "\"predict allow by policy web ingress[1]\", predict", new: "\"predict allow by policy web ingress[0]\", predict",
      failing: "wrong answer 1 to test"),
    Untrue(
      file: "lesson.md", old: "gatewalk> show policies\n…", new: "gatewalk> show policies\nno policies",
      failing: "show policies"),
    Untrue(
      file: "lesson.md", old: "Now change it.", new: String(repeating: "Now change it.\n", count: 25), failing: "section Doing"),
    Untrue(old: "[{delete: policy web}]", new: "[{delete: policy wob}]", failing: "task repair"),
  ]

  @Test(arguments: untrue)
  func whatIsNotSoFails(_ untrue: Untrue) throws {
    let files = try Scratch()
    defer { files.remove() }
    try SmallLesson.write(to: files, replacing: untrue.old, with: untrue.new, in: untrue.file)
    let suite = LessonCheck(try SmallLesson.load(files)).suite
    #expect(suite.cases.filter(\.hasFailed).map(\.name) == [untrue.failing])
  }

  @Test func whatTheTextShowsIsWritten() throws {
    let files = try Scratch()
    defer { files.remove() }
    try SmallLesson.write(
      to: files, replacing: "gatewalk> show policies\n…", with: "gatewalk> show policies\nold\ngatewalk> show profiles",
      in: "lesson.md")
    let update = try #require(try TranscriptUpdate(SmallLesson.load(files)))
    let text = String(decoding: update.after, as: UTF8.self)
    #expect(
      text.contains(
        "  web     10     normal  1        2 in, 0 out  role == 'web'  world.yaml:11\ngatewalk> show profiles\nno profiles\n```"
      ))
    #expect(!text.contains("\nold\n") && text.contains("## Doing\n\nNow change it."))
    try files.write("03-small/lesson.md", text)
    #expect(try TranscriptUpdate(SmallLesson.load(files)) == nil, "once is enough")
  }

  @Test func twoLessonsOfOneNumber() throws {
    let files = try Scratch()
    defer { files.remove() }
    _ = try SmallLesson.course(files)
    try files.write("04-other/lesson.yaml", try files.read("04-other/lesson.yaml").replacing("number: 4", with: "number: 3"))
    let course = Course(directory: files.path)
    #expect(course.lessons.count == 2 && course.failures.flatMap(\.diagnostics).map(\.id) == ["duplicate-number"])
  }

  @Test func whereLessonsLie() {
    func places(_ option: String?, _ variable: String?, _ program: String?) -> LessonPlaces {
      LessonPlaces(option: option, environment: { $0 == "GATEWALK_LESSONS" ? variable : nil }, program: program)
    }
    #expect(places("here", "there", "/usr/bin/gatewalk").directory == "here")
    #expect(places(nil, "there", nil).directory == "there")
    #expect(places(nil, "", "/usr/bin/gatewalk").candidates == ["/usr/share/gatewalk/Lessons", "Lessons"])
    #expect(places(nil, nil, "/src/.build/debug/gatewalk").candidates.last == "/src/Lessons")
  }
}
