import Reports
import Session

/// The candidates of a completion, drawn in columns that fit the terminal.
struct CompletionList {
  let completion: Completion
  let width: Int
  let height: Int
  let style: Style

  var lines: [String] {
    let room = max(height - 3, 4)
    // Notes only where everything still fits in a part of the screen.
    let withNotes = Grid(completion.candidates, hasNotes: true, width: width)
    let grid =
      withNotes.rows <= max(room * 2 / 3, 4) ? withNotes : Grid(completion.candidates, hasNotes: false, width: width)
    let rows = min(grid.rows, room)
    let shown = (0..<rows).map { grid.line($0, style) }
    let hidden = completion.more + (completion.candidates.count - grid.cells(inRows: rows))
    return hidden > 0 ? shown + [style.dim("  … and \(hidden) more")] : shown
  }

  /// Cells of one width, filled column by column as `ls` does.
  private struct Grid {
    private let candidates: [Completion.Candidate]
    private let hasNotes: Bool
    private let textWidth: Int
    /// Columns of one cell, its margin included.
    private let cellWidth: Int
    private let columns: Int
    let rows: Int

    private static let margin = 2

    init(_ candidates: [Completion.Candidate], hasNotes: Bool, width: Int) {
      self.candidates = candidates
      // A note that all have tells nobody anything.
      self.hasNotes = hasNotes && candidates.contains { $0.note != candidates[0].note }
      let text = candidates.map { LineLayout.width(of: Style.visible($0.text)) }.max() ?? 0
      let note = self.hasNotes ? Self.margin + (candidates.map { LineLayout.width(of: $0.note) }.max() ?? 0) : 0
      textWidth = text
      cellWidth = min(Self.margin + text + note, width - 1)
      columns = max(1, (width - 1) / max(1, cellWidth))
      rows = (candidates.count + columns - 1) / columns
    }

    /// How many candidates stand in the first rows.
    func cells(inRows count: Int) -> Int {
      (0..<count).reduce(0) { $0 + indices(ofRow: $1).count }
    }

    private func indices(ofRow row: Int) -> [Int] {
      (0..<columns).map { $0 * rows + row }.filter { $0 < candidates.count }
    }

    func line(_ row: Int, _ style: Style) -> String {
      var line = ""
      let places = indices(ofRow: row)
      for (column, index) in places.enumerated() {
        let candidate = candidates[index]
        let text = Style.visible(candidate.text)
        let (pad, note) = padAndNote(candidate, LineLayout.width(of: text), room: cellWidth)
        line += "  " + text + pad + (note.isEmpty ? "" : style.dim(note))
        let used = Self.margin + LineLayout.width(of: text) + pad.utf8.count + LineLayout.width(of: note)
        if column < places.count - 1 { line += String(repeating: " ", count: max(0, cellWidth - used)) }
      }
      return line
    }

    private func padAndNote(_ candidate: Completion.Candidate, _ textWidth: Int, room: Int) -> (pad: String, note: String) {
      guard hasNotes, !candidate.note.isEmpty else { return ("", "") }
      let pad = self.textWidth - textWidth + Self.margin
      // On a narrow terminal a note that would wrap is left out.
      guard Self.margin + textWidth + pad + LineLayout.width(of: candidate.note) <= room else { return ("", "") }
      return (String(repeating: " ", count: pad), candidate.note)
    }
  }
}
