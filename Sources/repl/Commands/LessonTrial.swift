import Lessons
import Reports
import Session
import Simulator

/// Tries lessons and says what is wrong with them: `gatewalk learn --check` and `--batch`.
struct LessonTrial {
  /// Empty for all lessons where lessons are found.
  let directories: [String]
  let options: LessonOptions
  let updates: Bool
  let showsAll: Bool

  /// - Throws: `ExitStatus.badNews` if anything is wrong.
  func run() throws {
    var report = TestReport()
    var isWell = true
    for course in try courses() {
      for failure in course.failures {
        Console.error.report(failure.diagnostics, sources: failure.sources)
        isWell = false
      }
      if updates { try update(course) }
      let fresh = updates ? Course(directory: course.directory) : course
      report.suites += fresh.lessons.map { LessonCheck($0).suite }
    }
    Console.standard.say(TestText(report, style: Console.standard.style, showsAll: showsAll).lines)
    if report.hasFailed || !isWell { throw ExitStatus.badNews }
  }

  private func courses() throws -> [Course] {
    guard !directories.isEmpty else {
      let course = try options.course()
      return [course]
    }
    let courses = directories.map(Course.init(directory:))
    for course in courses where course.lessons.isEmpty && course.failures.isEmpty {
      Console.error.say(
        "error: there is no lesson in \(Style.visible(course.directory)): it has neither lesson.yaml nor lesson.md")
      throw ExitStatus.failed
    }
    return courses
  }

  private func update(of lesson: Lesson) throws -> TranscriptUpdate? {
    do throws(Diagnostic) {
      return try TranscriptUpdate(lesson)
    } catch {
      Console.error.report([error], sources: [])
      throw ExitStatus.failed
    }
  }

  private func update(_ course: Course) throws {
    for lesson in course.lessons {
      guard let update = try update(of: lesson) else { continue }
      let diff = UnifiedDiff(
        from: String(decoding: update.before, as: UTF8.self), to: String(decoding: update.after, as: UTF8.self))
      Console.standard.say(diff.lines(old: update.path, new: update.path, style: Console.standard.style))
      do throws(FileFailure) {
        _ = try FileWriter.write(update.after, to: update.path, mayOverwrite: true)
      } catch {
        Console.error.say("error: \(Style.visible(update.path)) \(error.message)")
        throw ExitStatus.failed
      }
    }
  }
}
