import CLibEdit
import Glibc
import Session

/// Tab: completes as far as there is no choice, then shows the choice.
extension LineEditor {
  func complete() -> UInt8 {
    // A tab in the midst of pasted lines is text.
    if input.holdsLines { return insert("\t", instead: 0) }
    let (bytes, cursor) = line
    guard let completion = completing?(bytes, cursor), let first = completion.candidates.first else {
      return UInt8(CC_ERROR)
    }
    let typed = bytes[max(0, min(completion.range.lowerBound, cursor))..<cursor]
    if completion.candidates.count == 1, completion.more == 0 {
      let next = cursor < bytes.count ? bytes[cursor] : nil
      return insert(first.text + (first.endsWord && next != 0x20 ? " " : ""), instead: Self.scalars(in: typed))
    }
    let common = completion.commonPrefix
    if completion.more == 0, common.utf8.count > typed.count { return insert(common, instead: Self.scalars(in: typed)) }
    list(completion)
    return UInt8(CC_NORM)
  }

  private static func scalars(in bytes: ArraySlice<UInt8>) -> Int {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.count
  }

  /// - Parameter count: characters before the cursor that make room.
  private func insert(_ text: String, instead count: Int) -> UInt8 {
    el_deletestr(editor, Int32(count))
    guard el_insertstr(editor, text) == 0 else { return UInt8(CC_ERROR) }
    return UInt8(CC_REFRESH)
  }

  /// Writes the candidates below the line, and the line again below them.
  private func list(_ completion: Completion) {
    let size = TerminalSize.current
    let lines = CompletionList(completion: completion, width: size.width, height: size.height, style: console.style).lines
    let layout = layout
    console.output.write(String(repeating: "\n", count: layout.rows - layout.cursorRow))
    console.say(lines)
    editor_redraw(editor)
  }
}
