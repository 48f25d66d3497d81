import Glibc
import Pictures
import Reports
import Session

/// A session, or another conversation, whose commands come from a file or a pipe: answers on standard output as they come,
/// failures on standard error.
struct ScriptSession {
  private var session: any Conversation
  private let keepsGoing: Bool
  /// Is each input shown before its answer, as a terminal would show it?
  private let echoes: Bool
  /// How lines are named: the script, or standard input.
  private let name: String
  private var failures = 0
  private var isEmpty = true

  private enum Progress {
    case goOn, leave
  }

  /// - Parameter script: the file; `nil` for standard input.
  /// - Returns: whether there was anything in it, were it a blank line.
  /// - Throws: `ExitStatus.failed` where the script stopped, `ExitStatus.badNews` where it went on after failures.
  @discardableResult
  static func run(_ opening: SessionOpening, script: String?, echoes: Bool = false) throws -> Bool {
    let descriptor = try open(script)
    let dead = opening.resumes ? try newest(opening) : nil
    let opening = dead.map { opening.resuming($0.header) } ?? opening
    var session = try opening.session(
      style: .plain, environment: SessionEnvironment(canvas: { Canvas.of(.standard) }), showsWarnings: true)
    let resumption = dead.map { Resumption($0, in: &session) }
    Console.error.say(resumption?.lines ?? [])
    var run = ScriptSession(session, keepsGoing: opening.keepGoing, echoes: echoes, script: script)
    let next = try run.perform(LineReader(descriptor))
    // What a script does is in the script; a journal that it took up goes only when nothing is left of it to lose.
    let isLost = (resumption?.failures ?? 0) > 0
    if let dead, next == .discard || run.session.unsavedChanges == 0 && !isLost { dead.remove() }
    if run.failures > 0 { throw ExitStatus.badNews }
    return !run.isEmpty
  }

  /// Any conversation; what it greets with is an answer, too.
  static func run(_ conversation: any Conversation, script: String?, echoes: Bool, keepsGoing: Bool) throws {
    let descriptor = try open(script)
    Console.standard.say(conversation.greeting)
    var run = ScriptSession(conversation, keepsGoing: keepsGoing, echoes: echoes, script: script)
    _ = try run.perform(LineReader(descriptor))
    if run.failures > 0 { throw ExitStatus.badNews }
  }

  private init(_ session: any Conversation, keepsGoing: Bool, echoes: Bool, script: String?) {
    self.session = session
    self.keepsGoing = keepsGoing
    self.echoes = echoes
    name = script.map(Style.visible) ?? "standard input"
  }

  private static func open(_ script: String?) throws -> Int32 {
    guard let script else { return STDIN_FILENO }
    let descriptor = Glibc.open(script, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      Console.error.say("error: \(Style.visible(script)) cannot be read: \(String(cString: strerror(errno)).lowercased())")
      throw ExitStatus.failed
    }
    return descriptor
  }

  private static func newest(_ opening: SessionOpening) throws -> DeadJournal {
    let files = opening.files.isEmpty ? nil : opening.files.map(WorkingDirectory.absolute)
    guard let folder = SessionOpening.stateFolder,
      let found = DeadJournal.find(in: folder, about: files).journals.first
    else {
      Console.error.say("error: there is no session to resume")
      throw ExitStatus.failed
    }
    if let caution = found.caution { Console.error.say("warning: \(caution)") }
    return found
  }

  // MARK: Commands

  /// - Returns: how the session was left.
  private mutating func perform(_ lines: LineReader) throws -> Answer.Next {
    var (lines, collector) = (lines, InputCollector())
    while let line = try next(&lines) {
      isEmpty = false
      for input in collector.add(line, moreIsComing: true) {
        let next = try perform(input)
        if next != .goOn { return next }
      }
    }
    for input in collector.finish() {
      let next = try perform(input)
      if next != .goOn { return next }
    }
    return .leave
  }

  private func next(_ lines: inout LineReader) throws -> String? {
    do throws(LineReader.Failure) {
      return try lines.nextLine()
    } catch {
      Console.error.say("error: \(name): \(error)")
      throw ExitStatus.failed
    }
  }

  private func echo(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { number, line in
      // Without the blank at the end of a bare prompt.
      let prompt = number == 0 ? session.prompt : InteractiveSession.continuedPrompt
      return Style.visible(line.isEmpty ? String(prompt.dropLast()) : prompt + line)
    }
  }

  private mutating func perform(_ input: InputCollector.Input) throws -> Answer.Next {
    if echoes { Console.standard.say(echo(input.text)) }
    let answer = session.perform(input.text)
    guard answer.hasFailed else {
      Console.standard.say(answer.lines)
      return answer.next
    }
    Console.standard.say(Array(answer.results))
    Console.error.say(Array(answer.complaints))
    guard keepsGoing else {
      Console.error.say("\(name):\(input.line): stopped")
      throw ExitStatus.failed
    }
    Console.error.say("\(name):\(input.line): failed")
    failures += 1
    return answer.next
  }
}
