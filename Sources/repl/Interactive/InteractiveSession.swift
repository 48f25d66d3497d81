import Glibc
import Pictures
import Reports
import Session
import Simulator

/// A session, or another conversation, with a person at a terminal: reads, has it performed, keeps it, shows the answer.
final class InteractiveSession {
  private let console: Console
  private let editor: LineEditor
  private let question: Question
  private var session: any Conversation
  private var keeping: Keeping
  private var collector = InputCollector()
  /// The lines of the input that is begun.
  private var begun: [String] = []

  private init(_ session: any Conversation, _ keeping: Keeping, editor: LineEditor, question: Question, console: Console) {
    (self.session, self.keeping, self.editor, self.question, self.console) = (session, keeping, editor, question, console)
  }

  /// Stands before lines that go on with an input.
  static let continuedPrompt = "...> "

  // MARK: From beginning to end

  static func run(_ opening: SessionOpening, on console: Console) throws {
    TerminalMode.remember()
    let input = TerminalInput()
    let question = Question(input: input, output: console.output)
    let folder = SessionOpening.stateFolder
    let files = opening.files.map(WorkingDirectory.absolute)
    var dead: DeadJournal?
    if opening.resumes, let folder {
      dead = ResumeOffer(question: question, console: console).choose(in: folder, about: files.isEmpty ? nil : files)
    }
    let opening = dead.map { opening.resuming($0.header) } ?? opening
    var header = opening.header
    var session = try opening.session(
      style: Console.standard.style, environment: environment(question, console, folder), showsWarnings: false)
    // A scenario may have chosen them.
    header.semantics = session.semantics.name
    // Until here Ctrl-C ends it as it ends any program: loading may take long.
    TerminalSignals.catchThem()
    let editor = try editor(input, console)
    var keeping = Keeping(folder, header)
    console.say(fitting(session.greeting))
    if let problem = keeping.takeHistoryProblem() { Console.error.say(problem) }
    if let dead {
      console.say(Resumption(dead, in: &session).lines)
      if let problem = keeping.takeOver(dead) { Console.error.say(problem) }
    } else if !opening.resumes, let notice = keeping.notice(about: files) {
      console.say(notice)
    }
    InteractiveSession(session, keeping, editor: editor, question: question, console: console).answerToTheEnd()
  }

  /// Any conversation that keeps itself what is to be kept of it.
  ///
  /// - Parameters:
  ///   - history: the folder in which what is typed is kept, and edited text that is refused; `nil` if nothing is.
  ///   - make: makes the conversation for a person who has an editor and can be asked; `nil` to leave at once.
  static func run(
    on console: Console, history: StateFolder?, _ make: (SessionEnvironment, Question) throws -> (any Conversation)?
  ) throws {
    TerminalMode.remember()
    let input = TerminalInput()
    let question = Question(input: input, output: console.output)
    guard let conversation = try make(environment(question, console, history), question) else { return }
    TerminalSignals.catchThem()
    let editor = try editor(input, console)
    var keeping = Keeping(history, SessionOpening().header)
    console.say(fitting(conversation.greeting))
    // Without a folder there is none for history, which is not worth a word here.
    if let problem = keeping.takeHistoryProblem(), history != nil { Console.error.say(problem) }
    InteractiveSession(conversation, keeping, editor: editor, question: question, console: console).answerToTheEnd()
  }

  private static func editor(_ input: TerminalInput, _ console: Console) throws -> LineEditor {
    if let editor = LineEditor(input: input, console: console) { return editor }
    Console.error.say("error: there is no memory for the line editor")
    throw ExitStatus.failed
  }

  private func answerToTheEnd() {
    editor.setHistory(keeping.history.entries)
    if let signal = answerAll() { TerminalSignals.die(of: signal) }
  }

  private static func environment(
    _ question: Question, _ console: Console, _ folder: StateFolder?
  ) -> SessionEnvironment {
    SessionEnvironment(
      edit: { EditorProgram.edit($0, $1) }, confirm: { question.confirm($0, assumesYes: $1) },
      keep: { RejectedText.keep($0, in: folder) }, show: { console.say(fitting($0)) },
      canvas: { Canvas.of(.standard) })
  }

  /// - Returns: the signal that ended the session, if one did.
  private func answerAll() -> Int32? {
    while true {
      switch readLine() {
      case .text(let text):
        if let next = take(text), leave(next) { return nil }
      case .interrupted:
        collector.cancel()
        begun = []
      case .end:
        let next = collector.isOpen ? perform(collector.finish().map(\.text)) : .leave
        begun = []
        if let next, leave(next) { return nil }
      case .terminated(let signal):
        let lines = keeping.leave(unsaved: session.unsavedChanges, discards: false)
        // Where the terminal is gone there is nobody to tell.
        if signal != SIGHUP { console.say([""] + lines) }
        return signal
      }
    }
  }

  // MARK: Inputs

  private func readLine() -> LineEditor.Line {
    if TerminalSignals.hasArrived(.interrupt) {
      TerminalSignals.forget(.interrupt)
      editor.input.drop()
      return .interrupted
    }
    let before: [UInt8] = begun.reduce(into: []) { $0 += Array($1.utf8) + [0x0a] }
    let session = session
    return editor.readLine(prompt: collector.isOpen ? Self.continuedPrompt : session.prompt, isContinued: collector.isOpen) {
      line, cursor in
      var completion = session.completion(of: before + line, cursor: before.count + cursor)
      completion.range = max(0, completion.range.lowerBound - before.count)..<max(0, completion.range.upperBound - before.count)
      return completion
    }
  }

  /// - Returns: how to go on, if not simply with the next line.
  private func take(_ text: String) -> Answer.Next? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // An entry of the history is one input, and whole.
    if lines.count > 1, !collector.isOpen { return perform([text]) }
    let last = lines.removeLast()
    var inputs = lines.flatMap { collector.add($0, moreIsComing: true) }
    inputs += collector.add(last, moreIsComing: editor.isMoreComing)
    begun = inputs.isEmpty ? begun + lines + [last] : [last]
    if !collector.isOpen { begun = [] }
    return perform(inputs.map(\.text))
  }

  private func perform(_ inputs: [String]) -> Answer.Next? {
    for input in inputs {
      remember(input)
      let answer = session.perform(input)
      // Kept before it is shown: what a person has seen is never lost.
      if let problem = keeping.record(answer.journal) { Console.error.say(problem) }
      show(answer.lines)
      if answer.next != .goOn { return answer.next }
    }
    return nil
  }

  private func remember(_ text: String) {
    // The blank line that ended pasted YAML is none of it.
    let end = text.utf8.lastIndex { $0 != 0x0a }.map(text.utf8.index(after:)) ?? text.endIndex
    let entry = String(text[..<end])
    switch keeping.remember(entry) {
    case .nothing: break
    case .appended: editor.addToHistory(entry)
    case .rearranged: editor.setHistory(keeping.history.entries)
    }
    if let problem = keeping.takeHistoryProblem() { Console.error.say(problem) }
  }

  /// Ctrl-C ends a long answer.
  private func show(_ lines: [String]) {
    let lines = Self.fitting(lines)
    let piece = 50
    for start in stride(from: 0, to: lines.count, by: piece) {
      if start > 0, TerminalSignals.hasArrived(.interrupt) {
        Console.standard.say("… and \(lines.count - start) more lines")
        return
      }
      Console.standard.say(Array(lines[start..<min(start + piece, lines.count)]))
    }
  }

  /// The window may be another size by the next answer.
  private static func fitting(_ lines: [String]) -> [String] {
    guard Console.standard.output.isTerminal else { return lines }
    return ProseWrap(width: TerminalSize.current.width).lines(lines)
  }

  // MARK: Leaving

  /// - Returns: `false` if the person would rather stay.
  private func leave(_ next: Answer.Next) -> Bool {
    let unsaved = session.unsavedChanges
    if next == .leave, unsaved > 0, !keeping.isKept {
      guard question.confirm("\(unsaved) unsaved changes cannot be kept; leave all the same?") else { return false }
    }
    console.say(Self.fitting(session.farewell) + keeping.leave(unsaved: unsaved, discards: next == .discard))
    return true
  }
}
