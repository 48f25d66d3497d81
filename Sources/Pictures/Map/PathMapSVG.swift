import Simulator

/// The map as a picture, 1000 pixels wide: a road a path, from left to right through the stages that policy knows. Where the sets of
/// semantics differ on a path each has a road of its own, and the gates that differ are drawn heavily and marked.
package struct PathMapSVG {
  private let map: PathMap

  package init(_ map: PathMap) {
    self.map = map
  }

  private static let width = PathSVG.width
  private static let left = 20
  private static let names = 190
  private static let boxHeight = 78
  private static let head = 96
  private static let small = 11

  /// A way through the stages as one of the sets has it, or all of them.
  private struct Road {
    var row: PathMap.Row
    /// The set that it is of; `nil` where all agree.
    var semantics: Int?
    var height: Int
  }

  private var stageWidth: Int { (Self.width - Self.left - Self.names - 16) / Stage.allCases.count }

  private var roads: [Road] {
    map.rows.flatMap { row -> [Road] in
      // Where a stage has two gates on a path they stand one below the other.
      let most = Stage.allCases.map { stage in row.gates.count { $0.stage == stage } }.max() ?? 1
      let height = max(1, most) * (Self.boxHeight + 8) + 12
      guard row.gates.contains(where: \.differs) else { return [Road(row: row, semantics: nil, height: height)] }
      return map.semantics.indices.map { Road(row: row, semantics: $0, height: height) }
    }
  }

  package var text: String {
    let roads = roads
    let height = Self.head + roads.reduce(0) { $0 + $1.height } + map.legend.count * 20 + 16
    var svg = MarkupWriter()
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "gw-picture", "viewBox": "0 0 \(Self.width) \(height)",
        "width": "\(Self.width)", "height": "\(height)", "role": "img", "aria-labelledby": "gw-title",
        "aria-describedby": "gw-desc",
        "font-family": "ui-monospace, monospace",
      ]
    ) { svg in
      svg.element("title", ["id": "gw-title"], text: map.title)
      svg.element("desc", ["id": "gw-desc"], text: map.description)
      svg.element("style") { $0.raw("\n" + Palette.sheet) }
      svg.raw(PathSVG.hatching())
      svg.rectangle("gw-ground", x: 0, y: 0, width: Self.width, height: height, radius: 0, fill: Palette.light("ground"))
      svg.label(map.title, x: Self.left, y: 34, size: 20, weight: .bold)
      for stage in Stage.allCases { svg.label(stage.rawValue, x: x(stage) + 8, y: 78, weight: .bold) }
      var y = Self.head
      for (number, road) in roads.enumerated() {
        draw(road, y, isFirst: number == 0 || roads[number - 1].row.path != road.row.path, &svg)
        y += road.height
      }
      for (number, line) in map.legend.enumerated() {
        svg.label(line, x: Self.left, y: y + 20 + number * 20, "muted", size: 12)
      }
    }
    return svg.text
  }

  private func x(_ stage: Stage) -> Int {
    Self.left + Self.names + (Stage.allCases.firstIndex(of: stage) ?? 0) * stageWidth
  }

  private func draw(_ road: Road, _ y: Int, isFirst: Bool, _ svg: inout MarkupWriter) {
    let middle = y + 6 + Self.boxHeight / 2
    if isFirst {
      svg.rectangle(
        "gw-rule", x: Self.left, y: y - 3, width: Self.width - 2 * Self.left, height: 1, radius: 0, fill: Palette.light("line"))
    }
    label(road, y, &svg)
    let end = Self.width - Self.left
    svg.path(
      "gw-road", "M\(Self.left + Self.names - 8) \(middle) H\(end - 8)", fill: "none", stroke: Palette.light("ink"), width: 2.5)
    svg.path(
      "gw-head", "M\(end) \(middle) L\(end - 11) \(middle - 7) L\(end - 11) \(middle + 7) Z", fill: Palette.light("ink"))
    for stage in Stage.allCases {
      for (number, gate) in road.row.gates.filter({ $0.stage == stage }).enumerated() {
        let top = y + 6 + number * (Self.boxHeight + 8)
        if number > 0 { svg.line("gw-rail", x: x(stage) + stageWidth / 2, from: top - 8, to: top) }
        draw(gate, of: road, x(stage), top, &svg)
      }
    }
  }

  private func label(_ road: Road, _ y: Int, _ svg: inout MarkupWriter) {
    svg.label(road.row.title, x: Self.left, y: y + 18, size: Self.small + 1, weight: .bold)
    let ends = TextWidth.wrapped(road.row.ends, to: StationShape.columns(Self.names - 12, size: Self.small))
    for (number, line) in ends.enumerated() {
      svg.label(line, x: Self.left, y: y + 34 + number * 14, "muted", size: Self.small)
    }
    if let set = road.semantics {
      svg.label(map.semantics[set], x: Self.left, y: y + 38 + ends.count * 14, size: Self.small + 1, weight: .bold)
    }
  }

  private func draw(_ gate: PathMap.Gate, of road: Road, _ x: Int, _ y: Int, _ svg: inout MarkupWriter) {
    let rule = gate.rules[road.semantics ?? 0]
    guard rule != .absent else { return }
    let width = stageWidth - 12
    svg.element("g", ["class": "gw-gate", "data-path": road.row.path.rawValue, "data-gate": gate.title]) { svg in
      svg.element("title", text: "\(gate.title): \(rule.words)")
      let strokeWidth = gate.differs ? 4 : 1.5
      if rule.isAsked {
        svg.rectangle(
          "gw-box", x: x, y: y, width: width, height: Self.boxHeight, fill: Palette.light("ground"),
          stroke: Palette.light("line"), strokeWidth: strokeWidth)
      } else {
        svg.rectangle("gw-ground", x: x, y: y, width: width, height: Self.boxHeight, fill: Palette.light("ground"))
        svg.spared(x: x, y: y, width: width, height: Self.boxHeight, strokeWidth: strokeWidth)
      }
      let columns = StationShape.columns(width - (rule.isAsked ? 14 : 26), size: Self.small)
      let colour = rule.isAsked ? "ink" : "muted"
      // A name that is too long for one line is told whole by the title.
      let name = TextWidth.wrapped((gate.differs ? "\(PathMap.mark) " : "") + gate.name, to: columns)
      let lines = name.map { ($0, MarkupWriter.Weight.bold) } + TextWidth.wrapped(rule.words, to: columns).map { ($0, .normal) }
      for (number, line) in lines.prefix(5).enumerated() {
        svg.label(line.0, x: x + 8, y: y + 15 + number * 13, colour, size: Self.small, weight: line.1)
      }
    }
  }
}
