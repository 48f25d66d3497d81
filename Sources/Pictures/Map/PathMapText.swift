package import Reports
import Simulator

/// The map for a terminal: a path at a time, its gates one below the other, the sets of semantics side by side.
package struct PathMapText {
  private let map: PathMap
  private let canvas: Canvas
  private let style: Style

  package init(_ map: PathMap, on canvas: Canvas, style: Style) {
    self.map = map
    self.canvas = canvas
    self.style = style
  }

  /// Columns for the name of a gate, and for what each set says of it.
  private var nameWidth: Int { max(7, canvas.width * 7 / 20) }
  private var cellWidth: Int { max(4, (canvas.width - 2 - nameWidth) / map.semantics.count - 2) }
  private var mark: String { canvas.isASCII ? "!" : PathMap.mark }

  package var lines: [String] {
    var lines = row(isMarked: false, "", map.semantics, style.bold)
    for path in map.rows {
      lines.append("")
      lines += TextWidth.wrapped("\(path.title): \(path.ends)", to: canvas.width).map(style.bold)
      for gate in path.gates {
        lines += row(isMarked: gate.differs, gate.title, gate.rules.map(\.words), gate.differs ? style.warning : { $0 })
      }
    }
    lines.append("")
    return lines + map.legend.flatMap { TextWidth.wrapped($0.replacing(PathMap.mark, with: mark), to: canvas.width) }
  }

  /// A gate, each cell wrapped within its column.
  private func row(isMarked: Bool, _ name: String, _ cells: [String], _ dress: (String) -> String) -> [String] {
    let columns = [TextWidth.wrapped(name, to: nameWidth)] + cells.map { TextWidth.wrapped($0, to: cellWidth) }
    let widths = [nameWidth] + cells.map { _ in cellWidth }
    return (0..<(columns.map(\.count).max() ?? 0)).map { line in
      let texts = zip(columns, widths).map { column, width in
        let text = line < column.count ? column[line] : ""
        return text + String(repeating: " ", count: width - TextWidth.of(text))
      }
      let plain = "\(isMarked && line == 0 ? mark : " ") \(texts.joined(separator: "  "))"
      let end = plain.lastIndex { $0 != " " }.map(plain.index(after:)) ?? plain.startIndex
      return dress(String(plain[..<end]))
    }
  }
}
