import ArgumentParser
import Lessons
import Reports
import Session

struct QuizCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quiz",
    abstract: "Questions without end: what becomes of this packet, and what decides?",
    discussion: """
      Each question is a small world drawn at random and a packet in it. Levels rise every three questions: a host and its policies; \
      order and profiles; workloads; NodePorts and pre-DNAT policy; untracked policy, forwarding and replies; then everything. After \
      each answer gatewalk shows what really happens. With --seed the same questions come again, from level 1; without it the quiz \
      begins at the level that you have reached.

      Examples:
        gatewalk quiz
        gatewalk quiz --seed 7 --count 10
      """)

  @Option(help: ArgumentHelp("Which questions are drawn: the same seed, the same questions.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Leave after so many questions.", valueName: "n"))
  var count: Int?

  @Option(help: ArgumentHelp("Begin at this level, from 1.", valueName: "n"))
  var level: Int?

  @Option(help: ArgumentHelp("Read answers from a file, and leave at its end.", valueName: "file"), completion: .file())
  var script: String?

  @Flag(help: "In a script, show each input before its answer: a transcript.")
  var echo = false

  @Flag(help: "Go on with a script after an input that fails.")
  var keepGoing = false

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count takes a number from 1 on.") }
    if let level, !(1...1_000).contains(level) { throw ValidationError("--level takes a number from 1 to 1000.") }
    if script == "-" { throw ValidationError("'--script' takes a file; without it answers come from standard input.") }
  }

  func run() throws {
    let progress = LessonOptions.loadProgress()
    let first = level ?? (seed == nil ? progress.quiz.level : 1)
    func quiz(_ style: Style, _ environment: SessionEnvironment) -> ProgressKeeper<Quiz> {
      ProgressKeeper(
        Quiz(
          seed: seed ?? UInt64.random(in: 1...999_999), count: count, level: first, progress: progress, style: style,
          environment: environment),
        in: LessonOptions.progressFile)
    }
    if script == nil, let console = ReplCommand.terminal {
      try InteractiveSession.run(on: console, history: LessonOptions.historyFolder) { environment, _ in
        quiz(Console.standard.style, environment)
      }
    } else {
      try ScriptSession.run(quiz(.plain, .unattended), script: script, echoes: echo, keepsGoing: keepGoing)
    }
  }
}
