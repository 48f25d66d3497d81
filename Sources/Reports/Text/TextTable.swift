/// Rows of cells in columns as wide as their widest cell; the last column is as wide as it likes.
package struct TextTable {
  package struct Cell {
    package var text: String
    /// Dresses the cell once it is padded.
    package var style: (String) -> String

    package init(_ text: String, _ style: @escaping (String) -> String = { $0 }) {
      self.text = text
      self.style = style
    }
  }

  private enum Row {
    case cells([Cell])
    case line(String)
  }

  private var rows: [Row] = []
  private var widths: [Int] = []

  package init() {}

  package mutating func add(_ cells: [Cell]) {
    for (column, cell) in cells.dropLast().enumerated() {
      if column == widths.count { widths.append(0) }
      widths[column] = max(widths[column], cell.text.unicodeScalars.count)
    }
    rows.append(.cells(cells))
  }

  /// A line that keeps to no column.
  package mutating func add(line: String) {
    rows.append(.line(line))
  }

  /// The lines, each indented by `indent` blanks, without blanks at their ends.
  package func lines(indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    return rows.map { row in
      switch row {
      case .line(let line): return margin + line
      case .cells(let cells):
        let last = cells.lastIndex { !$0.text.isEmpty } ?? 0
        let texts = cells[...last].enumerated().map { column, cell in
          let padding = column < last ? max(0, widths[column] - cell.text.unicodeScalars.count) : 0
          return cell.style(cell.text) + String(repeating: " ", count: padding)
        }
        return margin + texts.joined(separator: "  ")
      }
    }
  }
}
