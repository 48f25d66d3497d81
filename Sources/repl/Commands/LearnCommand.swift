import ArgumentParser
import Lessons
import Reports
import Session
import Simulator

struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Lessons about Calico's policy for hosts, at the prompt itself.",
    discussion: """
      Each lesson has short texts and tasks: predict what becomes of a packet, write policy, mend what is broken. All of gatewalk works \
      within them. Without a lesson's number or name it lists them and goes on where you left. Lessons can be taken in any order; what \
      is done is kept in $XDG_STATE_HOME/gatewalk/progress.json.

      docs/reference/lessons.md says how lessons are written. --check tries them: model answers have to do their tasks, wrong ones must \
      not, and what the texts show has to be what gatewalk answers.

      Examples:
        gatewalk learn
        gatewalk learn 7
        gatewalk learn --check Lessons/07-pre-dnat
      """)

  @Argument(help: ArgumentHelp("Number or name of a lesson.", valueName: "lesson"))
  var lesson: String?

  @OptionGroup var options: LessonOptions

  @Option(help: ArgumentHelp("Read what is typed from a file, and leave at its end.", valueName: "file"), completion: .file())
  var script: String?

  @Flag(help: "In a script, show each input before its answer: a transcript.")
  var echo = false

  @Flag(help: "Go on with a script after an input that fails.")
  var keepGoing = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Try lessons, or directories of lessons, instead of taking them.", valueName: "dir"),
    completion: .directory)
  var check: [String] = []

  @Flag(help: "Try all lessons.")
  var batch = false

  @Flag(help: "With --check: write what gatewalk answers into the texts.")
  var update = false

  @Flag(name: [.customShort("v"), .long], help: "With --check and --batch: show also what is well.")
  var verbose = false

  @Flag(
    help: "Forget what was done in all lessons and in the quiz, or in the lesson that is named. At a terminal it asks first.")
  var reset = false

  func validate() throws {
    if update, check.isEmpty { throw ValidationError("--update goes with --check.") }
    if script == "-" { throw ValidationError("'--script' takes a file; without it input comes from standard input.") }
    let modes = [reset, batch, !check.isEmpty].count { $0 }
    if modes > 1 || modes == 1 && lesson != nil && !reset {
      throw ValidationError("Of a lesson, --check and --batch only one goes, and --reset goes with a lesson or alone.")
    }
  }

  func run() throws {
    if reset { return try forget() }
    if batch || !check.isEmpty {
      return try LessonTrial(directories: check, options: options, updates: update, showsAll: verbose).run()
    }
    let course = try options.course()
    let progress = LessonOptions.loadProgress()
    if script == nil, let console = ReplCommand.terminal {
      try learn(course, progress, on: console)
    } else {
      try learn(course, progress)
    }
  }

  private func forget() throws {
    let one = try lesson.map { name in
      let course = try options.course()
      return course.lessons[try find(name, in: course)]
    }
    let what = one.map { "lesson \($0.number), \(Style.visible($0.title))" } ?? "all lessons and the quiz"
    guard ReplCommand.terminal == nil || isSure("forget what was done in \(what)?") else {
      Console.standard.say("nothing is forgotten")
      return
    }
    do throws(SystemFailure) {
      if let one { try LessonOptions.progressFile?.forget(one.name) } else { try LessonOptions.progressFile?.reset() }
    } catch {
      Console.error.say("error: \(error)")
      throw ExitStatus.failed
    }
    Console.standard.say(one == nil ? "all lessons are new again" : "\(what), is new again")
  }

  /// Asks at the terminal, where no line is edited yet.
  private func isSure(_ question: String) -> Bool {
    Console.standard.output.write("\(question) [y/N] ")
    return ["y", "yes"].contains(readLine()?.lowercased())
  }

  // MARK: At a terminal

  private func learn(_ course: Course, _ progress: Progress, on console: Console) throws {
    let asked = try lesson.map { try find($0, in: course) }
    try InteractiveSession.run(on: console, history: LessonOptions.historyFolder) { environment, question in
      let style = Console.standard.style
      guard let index = asked ?? choose(course, progress, question, console) else { return nil }
      let tutor = Tutor(course, lesson: index, progress: progress, style: style, environment: environment)
      return ProgressKeeper(tutor, in: LessonOptions.progressFile)
    }
  }

  /// Shows all lessons and asks which; `nil` for none.
  private func choose(_ course: Course, _ progress: Progress, _ question: Question, _ console: Console) -> Int? {
    console.say(CourseText(course, progress, style: console.style).lines)
    let next = course.nextLesson(after: progress)
    let usual = next.map { "Enter for lesson \(course.lessons[$0].number), " } ?? ""
    while true {
      guard let answer = question.ask("which lesson? \(usual)a number, or q to leave:"), answer != "q", answer != "quit" else {
        return nil
      }
      if answer.isEmpty, let next { return next }
      if let index = course.index(of: answer) { return index }
      console.say(answer.isEmpty ? "please type a number" : "there is no lesson \"\(Style.visible(answer))\"")
    }
  }

  // MARK: Elsewhere

  private func learn(_ course: Course, _ progress: Progress) throws {
    guard lesson != nil || script != nil else {
      Console.standard.say(CourseText(course, progress, style: .plain).lines)
      return
    }
    let index = try lesson.map { try find($0, in: course) } ?? course.nextLesson(after: progress) ?? 0
    let tutor = Tutor(course, lesson: index, progress: progress, style: .plain)
    try ScriptSession.run(
      ProgressKeeper(tutor, in: LessonOptions.progressFile), script: script, echoes: echo, keepsGoing: keepGoing)
  }

  private func find(_ name: String, in course: Course) throws -> Int {
    if let index = course.index(of: name) { return index }
    let close = closestName(to: name, among: course.lessons.map(\.name)).map { "; did you mean \"\($0)\"?" } ?? ";"
    Console.error.say("error: there is no lesson \"\(Style.visible(name))\"\(close) \"gatewalk learn\" lists them")
    throw ExitStatus.failed
  }
}
