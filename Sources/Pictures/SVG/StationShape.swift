import Simulator

/// A station of a way as SVG shows it: its lines, its size, and how it is drawn once it has its place.
///
/// A gate that was asked stands across the way, with a sign where the way goes through; one that was not stands beside it, dashed and
/// hatched; what only happens to the packet is a mark.
struct StationShape {
  let picture: PathPicture
  let station: PathPicture.Station
  /// `step-3`, `reply-1`.
  let id: String
  let width: Int

  private enum Kind {
    case gate(PathPicture.GateView)
    case aside(PathPicture.GateView)
    case mark
  }

  private struct Line {
    var text: String
    var colour: String
    var weight = MarkupWriter.Weight.normal
  }

  private let kind: Kind
  private let lines: [Line]

  /// From the left side of a way's column: where the way runs, and where words begin.
  static let rail = 28
  static let indent = 58
  private static let lineHeight = 18

  init(_ station: PathPicture.Station, of picture: PathPicture, id: String, width: Int) {
    (self.picture, self.station, self.id, self.width) = (picture, station, id, width)
    let columns = Self.columns(width - Self.indent - 12)
    switch station {
    case .gate(let gate) where gate.state.isAsked:
      kind = .gate(gate)
      lines = Self.lines(ofAsked: gate, columns)
    case .gate(let gate):
      kind = .aside(gate)
      // The hatched strip takes the last two columns.
      let word = gate.state.word + (gate.state.because.map { ": \($0)" } ?? "")
      lines =
        Self.lines("\(gate.title), \(gate.place)", columns - 2, atMost: 2, "muted")
        + Self.lines(word, columns - 2, atMost: 2, "muted")
    case .dnat:
      kind = .mark
      lines = Self.lines("DNAT: \(picture.because(station))", columns, atMost: 3, "ink", .bold)
    case .conntrack, .route:
      kind = .mark
      let reason = picture.because(station)
      let text = "\(station.title): \(picture.word(station))" + (reason.isEmpty ? "" : ", \(reason)")
      lines = Self.lines(text, columns, atMost: 3, "ink")
    }
  }

  private static func lines(ofAsked gate: PathPicture.GateView, _ columns: Int) -> [Line] {
    let colour =
      switch gate.state {
      case .accepts: "allow"
      case .drops: "deny"
      case .noVerdict, .skipped, .never, .unreached: "ink"
      }
    let word = gate.decides ? "\(gate.state.word.uppercased()), decided here" : gate.state.word
    return lines("\(gate.title), \(gate.place)", columns, atMost: 2, "ink", .bold)
      + lines(word, columns, atMost: 1, colour, .bold) + lines(gate.state.because ?? "", columns, atMost: 3, "ink")
      + lines(gate.state.why ?? "", columns, atMost: 2, "muted")
  }

  /// A text in so many lines; what has no room is told by the title.
  private static func lines(
    _ text: String, _ columns: Int, atMost most: Int, _ colour: String, _ weight: MarkupWriter.Weight = .normal
  ) -> [Line] {
    var pieces = TextWidth.wrapped(text, to: columns)
    if pieces.count > most {
      let last = TextWidth.shortened(pieces[most - 1], to: columns - 1, ellipsis: "") + "…"
      pieces = pieces[..<(most - 1)] + [last]
    }
    return pieces.map { Line(text: $0, colour: colour, weight: weight) }
  }

  /// How many monospaced characters of the usual size have room in so many pixels.
  static func columns(_ pixels: Int, size: Int = 13) -> Int { max(4, pixels * 100 / (size * 61)) }

  var height: Int {
    switch kind {
    case .gate, .aside: lines.count * Self.lineHeight + 16
    case .mark: lines.count * Self.lineHeight + 6
    }
  }

  /// Does the way go through here as one that is drawn in full?
  var isOnTheWay: Bool {
    switch kind {
    case .gate, .mark: true
    case .aside(let gate): gate.step != nil
    }
  }

  var drops: Bool {
    guard case .gate(let gate) = kind, case .drops = gate.state else { return false }
    return true
  }

  // MARK: Drawing

  private var names: String {
    guard case .gate(let gate) = station else { return "gw-station" }
    let state =
      switch gate.state {
      case .accepts: " gw-allow"
      case .drops: " gw-deny"
      case .noVerdict, .skipped, .never, .unreached: ""
      }
    return "gw-station gw-gate" + state + (gate.decides ? " gw-decides" : "") + (gate.state.isAsked ? "" : " gw-aside")
  }

  func draw(x: Int, y: Int, to svg: inout MarkupWriter) {
    svg.element("g", ["id": "\(svg.idPrefix)gate-\(id)", "class": names, "data-step": id]) { svg in
      svg.element("title", text: picture.sentence(station))
      switch kind {
      case .gate(let gate): drawGate(gate, x, y, &svg)
      case .aside:
        halo(x + Self.indent - 12, y, width - Self.indent + 12, &svg)
        svg.spared(x: x + Self.indent - 10, y: y, width: width - Self.indent + 10, height: height)
      case .mark: drawMark(x, y, &svg)
      }
      let isMark = if case .mark = kind { true } else { false }
      for (number, line) in lines.enumerated() {
        svg.label(
          line.text, x: x + Self.indent, y: y + (isMark ? 16 : 21) + number * Self.lineHeight, line.colour, weight: line.weight)
      }
    }
  }

  private func halo(_ x: Int, _ y: Int, _ width: Int, _ svg: inout MarkupWriter) {
    svg.empty(
      "rect",
      [
        "class": "gw-halo", "x": "\(x - 3)", "y": "\(y - 5)", "width": "\(width + 6)", "height": "\(height + 10)", "rx": "9",
        "fill": "none",
      ])
  }

  private func drawGate(_ gate: PathPicture.GateView, _ x: Int, _ y: Int, _ svg: inout MarkupWriter) {
    var (fill, stroke, sign) = ("ground", "line", "→")
    switch gate.state {
    case .accepts: (fill, stroke, sign) = ("allow-ground", "allow", "✓")
    case .drops: (fill, stroke, sign) = ("deny-ground", "deny", "✗")
    case .noVerdict, .skipped, .never, .unreached: break
    }
    halo(x, y, width, &svg)
    svg.rectangle(
      "gw-box", x: x, y: y, width: width, height: height, fill: Palette.light(fill), stroke: Palette.light(stroke),
      strokeWidth: gate.decides ? 4 : 1.5)
    let middle = y + height / 2
    let isNeutral = stroke == "line"
    svg.empty(
      "circle",
      [
        "class": "gw-mark", "cx": "\(x + Self.rail)", "cy": "\(middle)", "r": "14",
        "fill": Palette.light(isNeutral ? "ground" : stroke), "stroke": Palette.light(isNeutral ? "ink" : stroke),
        "stroke-width": "2",
      ])
    svg.label(
      sign, x: x + Self.rail, y: middle + 6, isNeutral ? "ink" : "ground", size: 17, weight: .bold, anchor: "middle")
  }

  /// Where an address is rewritten.
  static func diamond(_ x: Int, _ y: Int) -> String { "M\(x) \(y - 10) L\(x + 10) \(y) L\(x) \(y + 10) L\(x - 10) \(y) Z" }

  private func drawMark(_ x: Int, _ y: Int, _ svg: inout MarkupWriter) {
    let (cx, cy) = (x + Self.rail, y + 12)
    halo(x + 10, y, width - 10, &svg)
    if case .dnat = station {
      svg.path("gw-head", Self.diamond(cx, cy), fill: Palette.light("ink"))
    } else {
      svg.empty("circle", ["class": "gw-head", "cx": "\(cx)", "cy": "\(cy)", "r": "5", "fill": Palette.light("ink")])
    }
  }
}
