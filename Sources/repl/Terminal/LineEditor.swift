import CLibEdit
import Glibc
import Reports
import Session

/// Reads lines from a person, with libedit: the keys of `~/.editrc`, history, completion.
///
/// One at a time and on the main thread. What comes from the keyboard is read here and not by libedit, so that a resized window,
/// Ctrl-C, Ctrl-Z and the end of the process are met between two keys and never inside of libedit.
final class LineEditor {
  enum Line {
    /// Without its newline. It holds others where an entry of the history was taken.
    case text(String)
    /// Ctrl-C: the line is dropped.
    case interrupted
    /// Ctrl-D on an empty line.
    case end
    /// The process is to end, by this signal.
    case terminated(Int32)
  }

  /// What the prompt hides from the count of columns stands between two of these.
  private static let marker: CChar = 1

  let editor: OpaquePointer
  let input: TerminalInput
  let console: Console
  private let entries: OpaquePointer

  // What is so while one line is read.
  var prompt = (text: "", width: 0)
  private var promptBytes: UnsafeMutablePointer<CChar>?
  var completing: ((_ line: [UInt8], _ cursor: Int) -> Completion)?
  /// Why the reading ends, if not by a line.
  var outcome: Line?
  var isInterrupted = false
  /// How the terminal is set while the line is edited, to set it again after a stop.
  var editingMode: termios?
  /// Does the line belong to an input that is begun, so that it matters whether more is coming?
  private(set) var isContinued = false
  private(set) var isMoreComing = false

  /// - Parameter console: where the editor draws: standard output, or standard error if that alone is a terminal.
  /// - Returns: `nil` if there is no memory for it.
  init?(input: TerminalInput, console: Console) {
    Self.setLocale()
    guard let editor = editor_new("gatewalk", console.output.isError ? 1 : 0) else { return nil }
    guard let entries = history_init() else {
      el_end(editor)
      return nil
    }
    (self.editor, self.entries, self.input, self.console) = (editor, entries, input, console)
    setUp()
  }

  deinit {
    el_end(editor)
    history_end(entries)
    free(promptBytes)
  }

  /// Text is UTF-8 whatever the environment says: in another locale libedit would drop what it does not know.
  private static func setLocale() {
    if setlocale(LC_CTYPE, "") != nil, let name = nl_langinfo(Int32(CODESET)), strcasecmp(name, "UTF-8") == 0 { return }
    setlocale(LC_CTYPE, "C.UTF-8")
  }

  private func setUp() {
    editor_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    editor_set_prompt(editor, { LineEditor.owner(of: $0)?.promptBytes }, Self.marker)
    editor_set_keys(editor, "emacs")
    editor_set_history(editor, entries)
    history_set_size(entries, Int32(History.limit))
    addFunctions()
    // Whether it is there or not: nothing is wrong without one.
    el_source(editor, nil)
    bindKeys()
    editor_set_reader(editor) { editor, character in
      guard let character, let owner = LineEditor.owner(of: editor) else { return -1 }
      return owner.read(&character.pointee)
    }
    // What is typed ahead is shown when its line is edited; echoed at once it would be there twice. And a Ctrl-D is a key then.
    if editor_is_on(editor) != 0 {
      editor_set_terminal(editor, "-x", "-echo")
      editor_set_terminal(editor, "-x", "-icanon")
    }
  }

  static func owner(of editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let owner = editor_owner(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
  }

  // MARK: Lines

  /// Reads one line.
  ///
  /// - Parameter isContinued: does it belong to an input that is begun? Then `isMoreComing` is found out.
  func readLine(
    prompt text: String, isContinued: Bool, completing: @escaping (_ line: [UInt8], _ cursor: Int) -> Completion
  ) -> Line {
    show(prompt: text)
    (self.isContinued, self.completing) = (isContinued, completing)
    (outcome, isInterrupted, editingMode, isMoreComing) = (nil, false, nil, false)
    defer { self.completing = nil }
    TerminalSignals.catchesStop(true)
    defer { TerminalSignals.catchesStop(false) }
    // libedit writes the prompt first, and a key that is quick upon it would be lost.
    editor_prepare_terminal(editor, 1)
    var count: Int32 = 0
    guard let line = el_gets(editor, &count), count > 0 else { return ended(count) }
    return .text(Self.text(line, Int(count)))
  }

  private func ended(_ count: Int32) -> Line {
    if case .interrupted = outcome { console.say("^C") }
    // libedit has written ^D, if it was that.
    if outcome == nil { console.say("") }
    return outcome ?? .end
  }

  private static func text(_ line: UnsafePointer<CChar>, _ count: Int) -> String {
    let bytes = UnsafeRawBufferPointer(start: line, count: count)
    let end = bytes.last == 0x0a ? count - 1 : count
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  private func show(prompt text: String) {
    let dressed = console.style.hasColour ? Self.bold(text) : text
    prompt = (text, LineLayout.width(of: text))
    free(promptBytes)
    promptBytes = strdup(dressed)
  }

  /// The end of the dress stands before the last character: libedit never writes what stands after it.
  private static func bold(_ text: String) -> String {
    "\u{1}\u{1b}[1m\u{1}\(text.dropLast())\u{1}\u{1b}[0m\u{1}\(text.suffix(1))"
  }

  /// A line has been accepted.
  func noteAccepted() {
    guard isContinued, isBlank else { return }
    // Over a slow line the pieces of a paste come one after another.
    isMoreComing = input.isMoreComing(within: 40)
  }

  private var isBlank: Bool { line.bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }

  /// The line so far, and the bytes of it before the cursor.
  var line: (bytes: [UInt8], cursor: Int) {
    guard let info = el_line(editor)?.pointee, let start = info.buffer, let end = info.lastchar, let cursor = info.cursor else {
      return ([], 0)
    }
    return (Array(UnsafeRawBufferPointer(start: start, count: end - start)), cursor - start)
  }

  // MARK: History

  /// Makes these the entries to go back to, oldest first.
  func setHistory(_ texts: some Sequence<String>) {
    history_clear(entries)
    for text in texts { history_enter(entries, text) }
  }

  func addToHistory(_ text: String) {
    history_enter(entries, text)
  }
}
