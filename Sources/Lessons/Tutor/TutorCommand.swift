import Manifests
import Session
import Simulator

/// A command of the tutor's own.
struct TutorCommand: Sendable {
  typealias Run = @Sendable (inout Tutor, _ rest: String) throws(TutorRefusal) -> [String]

  let name: String
  let form: String
  let summary: String
  let run: Run

  init(_ name: String, form: String? = nil, _ summary: String, run: @escaping Run) {
    self.name = name
    self.form = form ?? name
    self.summary = summary
    self.run = run
  }

  static let all: [TutorCommand] = [
    predict, choose, check, task, hint, solution, next, skip, world, lesson, progress, help,
  ]

  /// The command that an input begins with, and what follows it; `nil` for what goes to the session.
  static func parse(_ input: String, in tutor: Tutor) -> (TutorCommand, String)? {
    let words = input.split(maxSplits: 1) { $0 == " " || $0 == "\t" || $0 == "\n" }.map(String.init)
    guard let first = words.first else { return nil }
    let rest = words.count > 1 ? words[1].trimmingBlanks : ""
    if case .choose(let options) = tutor.task.work, rest.isEmpty, Tutor.option(first, of: options) != nil {
      return (choose, first)
    }
    guard let command = all.first(where: { $0.name == first }) else { return nil }
    // What the session has a page about is told by it.
    if command.name == help.name, !rest.isEmpty, !Tutor.pages.contains(rest) { return nil }
    return (command, rest)
  }
}

extension TutorCommand {
  static let predict = TutorCommand(
    "predict", form: "predict allow|deny by WHAT", "say what becomes of the packet, and what decides"
  ) { (tutor, rest) throws(TutorRefusal) in try tutor.predict(rest) }

  static let choose = TutorCommand("choose", form: "choose LETTER", "answer a choice; the letter alone will do") {
    (tutor, rest) throws(TutorRefusal) in try tutor.choose(rest)
  }

  static let check = TutorCommand("check", "is the world as the task wants it?") {
    (tutor, rest) throws(TutorRefusal) in
    try expectNothing(rest, "check")
    return try tutor.check()
  }

  static let task = TutorCommand("task", form: "task [N]", "the text and the task again; or go to task N") {
    (tutor, rest) throws(TutorRefusal) in
    guard !rest.isEmpty else { return tutor.sectionLines + tutor.taskLines }
    guard let number = Int(rest), tutor.lesson.tasks.indices.contains(number - 1) else {
      throw TutorRefusal(
        message: "there is no task \"\(rest)\" in this lesson",
        help: "it has tasks 1 to \(tutor.lesson.tasks.count); \"lesson\" lists them")
    }
    return tutor.go(toTask: number - 1)
  }

  static let hint = TutorCommand("hint", "a hint; again for the next one") { (tutor, rest) throws(TutorRefusal) in
    try expectNothing(rest, "hint")
    return tutor.nextHint()
  }

  static let solution = TutorCommand("solution", "what to type, and why") { (tutor, rest) throws(TutorRefusal) in
    try expectNothing(rest, "solution")
    return tutor.solution()
  }

  static let next = TutorCommand("next", "go on, once the task is done") { (tutor, rest) throws(TutorRefusal) in
    try expectNothing(rest, "next")
    guard tutor.isDone else {
      throw TutorRefusal(
        message: "this task is not done yet", help: "\"task\" shows it, \"hint\" helps, \"skip\" goes on without it")
    }
    return tutor.goOn()
  }

  static let skip = TutorCommand("skip", "go on, done or not") { (tutor, rest) throws(TutorRefusal) in
    try expectNothing(rest, "skip")
    return tutor.goOn()
  }

  static let world = TutorCommand("world", "hosts, endpoints and policies at a glance") { (tutor, rest) throws(TutorRefusal) in
    try expectNothing(rest, "world")
    return WorldText(tutor.session.world, style: tutor.style).lines
  }

  static let lesson = TutorCommand("lesson", form: "lesson [N|NAME]", "what is in this lesson; or go to another") {
    (tutor, rest) throws(TutorRefusal) in
    guard !rest.isEmpty else { return tutor.contents }
    guard let index = tutor.course.index(of: rest) else {
      let close = closestName(to: rest, among: tutor.course.lessons.map(\.name)).map { "did you mean \"\($0)\"? " } ?? ""
      throw TutorRefusal(message: "there is no lesson \"\(rest)\"", help: close + "\"progress\" lists them")
    }
    return tutor.go(toLesson: index)
  }

  static let progress = TutorCommand("progress", "all lessons, and what is done") { (tutor, rest) throws(TutorRefusal) in
    try expectNothing(rest, "progress")
    return CourseText(tutor.course, tutor.progress, current: tutor.lesson.number, style: tutor.style).lines
  }

  static let help = TutorCommand("help", form: "help [COMMAND]", "this; \"help tool\" for all that gatewalk can do") {
    (tutor, rest) throws(TutorRefusal) in tutor.help(rest)
  }

  private static func expectNothing(_ rest: String, _ name: String) throws(TutorRefusal) {
    guard rest.isEmpty || rest.utf8.first == UInt8(ascii: "#") else {
      throw TutorRefusal(message: "unexpected \"\(rest)\"", help: "\(name) takes nothing")
    }
  }
}

extension String {
  /// Without blanks and newlines at its ends.
  var trimmingBlanks: String {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
    let bytes = Array(utf8)
    let start = bytes.firstIndex { !isBlank($0) } ?? bytes.count
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
