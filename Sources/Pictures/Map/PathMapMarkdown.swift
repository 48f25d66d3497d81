import Simulator

/// The map as a table of Markdown: a row a path, a column a stage, as the guide tells when host endpoint policies apply.
package struct PathMapMarkdown {
  private let map: PathMap

  package init(_ map: PathMap) {
    self.map = map
  }

  package var text: String {
    var lines = ["# \(map.title)", "", "| path | \(Stage.allCases.map(\.rawValue).joined(separator: " | ")) |"]
    lines.append("|---|" + Stage.allCases.map { _ in "---|" }.joined())
    for row in map.rows {
      let cells = Stage.allCases.map { stage in row.gates.filter { $0.stage == stage }.map(cell).joined(separator: "<br>") }
      lines.append("| **\(row.title)**<br>\(row.ends) | \(cells.map { $0.isEmpty ? "–" : $0 }.joined(separator: " | ")) |")
    }
    lines += [""] + map.legend.map { "- \(PathMarkdown.escaped($0))" }
    return lines.map { $0 + "\n" }.joined()
  }

  private func cell(_ gate: PathMap.Gate) -> String {
    guard gate.differs else { return "\(gate.name): \(PathMarkdown.escaped(gate.rules[0].words))" }
    let words = zip(map.semantics, gate.rules).map { "*\($0)*: \(PathMarkdown.escaped($1.words))" }
    return "\(PathMap.mark) \(gate.name): \(words.joined(separator: "; "))"
  }
}
