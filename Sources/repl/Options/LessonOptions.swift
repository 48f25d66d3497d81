import ArgumentParser
import Glibc
import Lessons
import Session
import Simulator

/// Where lessons are found and what is done in them is kept.
struct LessonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The directory with the lessons; else $GATEWALK_LESSONS, those installed with gatewalk, or Lessons here.",
      valueName: "dir"),
    completion: .directory)
  var lessons: String?

  /// All lessons that can be read; of others it says that they are left out.
  ///
  /// - Throws: `ExitStatus.failed` if there are none.
  func course() throws -> Course {
    let places = LessonPlaces(option: lessons, environment: Self.variable, program: Self.program)
    guard let directory = places.directory else {
      Console.error.say(
        "error: there are no lessons in \(places.candidates.joined(separator: ", ")); name their directory with --lessons")
      throw ExitStatus.failed
    }
    let course = Course(directory: directory)
    for failure in course.failures {
      guard let first = failure.diagnostics.first else { continue }
      Console.error.say("left out: a lesson that cannot be read (\(first.location.map { "\($0): " } ?? "")\(first.message))")
    }
    guard !course.lessons.isEmpty else {
      Console.error.say("error: there are no lessons in \(directory)")
      throw ExitStatus.failed
    }
    return course
  }

  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The program itself; `nil` where the system does not tell.
  private static var program: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// `nil` if there is no home directory.
  static var progressFile: ProgressFile? { SessionOpening.stateFolder.map { ProgressFile(in: $0) } }

  /// What is typed in lessons is kept by itself, as it is of no use elsewhere.
  static var historyFolder: StateFolder? { SessionOpening.stateFolder.map { StateFolder(path: "\($0.path)/lessons") } }

  /// What is kept; says what is wrong with it.
  static func loadProgress() -> Progress {
    guard let (progress, notice) = progressFile?.load() else { return Progress() }
    if let notice { Console.error.say(notice) }
    return progress
  }
}
