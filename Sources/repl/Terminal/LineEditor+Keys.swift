import CLibEdit
import Glibc

/// What libedit calls: a key is wanted, or a key of ours was pressed.
extension LineEditor {
  private static let controlC: wchar_t = 0x03

  func addFunctions() {
    editor_add_function(editor, "gatewalk-complete", "Completes the word, or lists what it can be") { editor, _ in
      LineEditor.owner(of: editor)?.complete() ?? UInt8(CC_ERROR)
    }
    editor_add_function(editor, "gatewalk-interrupt", "Drops the line") { editor, _ in
      LineEditor.owner(of: editor)?.interrupt() ?? UInt8(CC_ERROR)
    }
  }

  /// After `~/.editrc`, since choosing vi or emacs there begins with new keys.
  func bindKeys() {
    editor_bind(editor, "^I", "gatewalk-complete")
    editor_bind(editor, "^R", "em-inc-search-prev")
    editor_bind(editor, "^C", "gatewalk-interrupt")
    editor_bind_in_command_mode(editor, "^C", "gatewalk-interrupt")
    // With vi's keys Escape is a key by itself, so no other may begin with it.
    guard editor_has_emacs_keys(editor) != 0 else { return }
    for (key, function) in [("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"), ("\\e[3~", "ed-delete-next-char")] {
      editor_bind(editor, key, function)
    }
  }

  /// Gives libedit the next character.
  ///
  /// - Returns: 1, or -1 to end the reading.
  func read(_ character: inout wchar_t) -> Int32 {
    if editingMode == nil { editingMode = TerminalMode.current }
    // A prompt of libedit's own, such as that of a search, took Ctrl-C for text.
    if isInterrupted { outcome = .interrupted }
    while outcome == nil {
      switch input.next() {
      case .byte(let byte):
        character = wchar_t(scalar(beginning: byte).value)
        if character == 0x0a || character == 0x0d { noteAccepted() }
        return 1
      case .end:
        // With editing switched off in ~/.editrc a Ctrl-D comes as the end; a terminal that is gone does, too.
        outcome = TerminalMode.current == nil ? .terminated(SIGHUP) : .end
      case .signals(let signals):
        guard let key = meet(signals) else { continue }
        character = key
        return 1
      }
    }
    return -1
  }

  /// - Returns: a key that stands for the signals, if one does.
  private func meet(_ signals: TerminalSignals.Set) -> wchar_t? {
    if signals.contains(.terminate) { outcome = .terminated(SIGTERM) }
    if signals.contains(.hangUp) { outcome = .terminated(SIGHUP) }
    guard outcome == nil else { return nil }
    if signals.contains(.stop) { stop() } else if signals.contains(.goOn) { goOn() }
    if signals.contains(.resize) { resize() }
    guard signals.contains(.interrupt) else { return nil }
    input.drop()
    isInterrupted = true
    return Self.controlC
  }

  /// The scalar whose encoding begins with a byte; what is no UTF-8 is U+FFFD and not lost without a sign.
  private func scalar(beginning first: UInt8) -> Unicode.Scalar {
    var bytes = [first]
    let count =
      switch first {
      case 0xc2...0xdf: 2
      case 0xe0...0xef: 3
      case 0xf0...0xf4: 4
      default: 1
      }
    while bytes.count < count, let byte = input.nextContinuation() { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{fffd}"
  }

  // MARK: Ctrl-C, Ctrl-Z, another size

  /// Ctrl-C: what follows is written after the line, and the next key that is wanted ends the reading.
  private func interrupt() -> UInt8 {
    el_cursor(editor, Int32(line.bytes.count))
    outcome = .interrupted
    return UInt8(CC_CURSOR)
  }

  private func stop() {
    let layout = layout
    console.output.write(String(repeating: "\n", count: layout.rows - layout.cursorRow - 1))
    TerminalMode.restore()
    TerminalSignals.catchesStop(false)
    raise(SIGTSTP)
    TerminalSignals.catchesStop(true)
    goOn()
  }

  private func goOn() {
    TerminalSignals.forget(.goOn)
    TerminalMode.set(editingMode)
    el_resize(editor)
    editor_redraw(editor)
  }

  /// The terminal has wrapped anew what stood on it: that is taken away and drawn again.
  private func resize() {
    let row = layout.cursorRow
    if let up = capability("up"), let clear = capability("cd") {
      console.output.write("\r" + String(repeating: up, count: row) + clear)
    } else {
      console.output.write("\n")
    }
    el_resize(editor)
    editor_redraw(editor)
  }

  private func capability(_ name: String) -> String? {
    editor_capability(editor, name).map { String(cString: $0) }
  }

  var layout: LineLayout {
    let (bytes, cursor) = line
    let before = String(decoding: bytes[..<cursor], as: UTF8.self).unicodeScalars.count
    return LineLayout(
      promptWidth: prompt.width, text: String(decoding: bytes, as: UTF8.self), cursor: before,
      width: TerminalSize.current.width)
  }
}
