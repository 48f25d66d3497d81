import CLibEdit

/// On which rows of the terminal a line that is being edited stands: as libedit draws it and as a terminal wraps it.
struct LineLayout {
  /// How many rows the line takes, and on which of them, from 0, the cursor is.
  private(set) var rows: Int
  private(set) var cursorRow: Int

  /// - Parameter cursor: scalars before the cursor.
  init(promptWidth: Int, text: String, cursor: Int, width: Int) {
    let width = max(width, 1)
    var position = (row: 0, column: 0)
    func advance(_ count: Int) {
      // A wide character does not stand on two rows.
      if position.column + count > width, count <= width { position = (position.row + 1, 0) }
      position.column += count
      while position.column >= width { position = (position.row + 1, position.column - width) }
    }
    advance(promptWidth)
    cursorRow = position.row
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if scalar == "\n" {
        position = (position.row + 1, 0)
      } else if scalar == "\t" {
        advance(8 - position.column % 8)
      } else {
        advance(Self.width(of: scalar))
      }
      if index + 1 == cursor { cursorRow = position.row }
    }
    rows = position.row + 1
  }

  static func width(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x20 || scalar.value == 0x7f { return 2 }
    return max(0, Int(column_width(wchar_t(scalar.value))))
  }

  static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
  }
}
