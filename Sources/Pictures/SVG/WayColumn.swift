import Simulator

/// A way as a column of shapes: the packet's runs down, the reply's runs up, so that both ends of both are in one place.
struct WayColumn {
  let way: PathPicture.Way
  let picture: PathPicture
  let x: Int
  let width: Int
  let shapes: [StationShape]

  private static let gap = 16
  /// Room for a box with a place within the host, and for the words where a packet is dropped.
  private static let placeHeight = 34
  /// From the host's side to the far side of a place beyond it.
  static let outside = 76

  init(_ way: PathPicture.Way, of picture: PathPicture, x: Int, width: Int) {
    (self.way, self.picture, self.x, self.width) = (way, picture, x, width)
    let prefix = way.role == .packet ? "step" : "reply"
    shapes = way.stations.enumerated().map { StationShape($1, of: picture, id: "\(prefix)-\($0 + 1)", width: width) }
  }

  private var runsDown: Bool { way.role == .packet }
  var top: PathPicture.Place? { runsDown ? way.entry : way.exit }
  var bottom: PathPicture.Place? { runsDown ? way.exit : way.entry }

  /// How much room the column needs between the host's upper and lower side.
  var innerHeight: Int {
    let inside = [top, bottom].count { $0 == .process } * (Self.placeHeight + Self.gap)
    let dropped = shapes.contains(where: \.drops) ? 30 + Self.gap : 0
    let restored = restoredHeight
    return shapes.reduce(Self.gap * (shapes.count + 1)) { $0 + $1.height } + inside + dropped + restored
  }

  /// Draws everything from the place above the host to the place below it.
  ///
  /// - Parameter frame: the host's upper and lower side.
  func draw(frame: Range<Int>, inner: Range<Int>, to svg: inout MarkupWriter) {
    let rail = x + StationShape.rail
    var cursor = runsDown ? inner.lowerBound : inner.upperBound
    var last = begin(frame, &cursor, &svg)
    var isDropped = false
    for shape in shapes {
      advance(&cursor, Self.gap)
      let near = cursor
      advance(&cursor, shape.height)
      let y = min(near, cursor)
      if !isDropped, shape.isOnTheWay {
        // Behind a gate the way ends at its middle, where the sign is; it goes on from there.
        let middle = shape.drops ? y + shape.height / 2 : cursor
        svg.line("gw-rail", x: rail, from: min(last, middle), to: max(last, middle))
        last = cursor
      }
      shape.draw(x: x, y: y, to: &svg)
      if shape.drops {
        isDropped = true
        dropped(&cursor, &svg)
      }
    }
    guard !isDropped else { return }
    restored(&cursor, &svg)
    end(frame, inner, from: last, &svg)
  }

  private func advance(_ cursor: inout Int, _ distance: Int) { cursor += runsDown ? distance : -distance }

  // MARK: The ends

  /// - Returns: where the way comes from.
  private func begin(_ frame: Range<Int>, _ cursor: inout Int, _ svg: inout MarkupWriter) -> Int {
    if way.entry == .process {
      advance(&cursor, Self.gap)
      let near = cursor
      advance(&cursor, Self.placeHeight)
      place(way.entry, y: min(near, cursor), &svg)
      return cursor
    }
    let outside = runsDown ? frame.lowerBound - Self.outside : frame.upperBound + Self.outside - Self.placeHeight
    place(way.entry, y: outside, &svg)
    return runsDown ? outside + Self.placeHeight : outside
  }

  private func end(_ frame: Range<Int>, _ inner: Range<Int>, from last: Int, _ svg: inout MarkupWriter) {
    guard let exit = way.exit else { return }
    let rail = x + StationShape.rail
    let y: Int
    if exit == .process {
      y = runsDown ? inner.upperBound - Self.gap - Self.placeHeight : inner.lowerBound + Self.gap
    } else {
      y = runsDown ? frame.upperBound + Self.outside - Self.placeHeight : frame.lowerBound - Self.outside
    }
    let tip = runsDown ? y : y + Self.placeHeight
    svg.line("gw-rail", x: rail, from: min(last, tip), to: max(last, tip))
    let back = runsDown ? tip - 10 : tip + 10
    svg.path("gw-head", "M\(rail) \(tip) L\(rail - 7) \(back) L\(rail + 7) \(back) Z", fill: Palette.light("ink"))
    place(exit, y: y, &svg)
  }

  private func place(_ place: PathPicture.Place, y: Int, _ svg: inout MarkupWriter) {
    svg.element("g", ["class": "gw-place"]) { svg in
      let addresses = place == .process ? [] : picture.interface(place).flatMap { $0.isWorkload ? $0.addresses : [] } ?? []
      let text = ([picture.words(place)] + addresses.prefix(2)).joined(separator: ", ")
      svg.element("title", text: text)
      svg.rectangle(
        "gw-box", x: x, y: y, width: width, height: Self.placeHeight, radius: 17, fill: Palette.light("ground"),
        stroke: Palette.light("line"))
      let columns = StationShape.columns(width - StationShape.indent - 12)
      svg.label(TextWidth.shortened(text, to: columns), x: x + StationShape.indent, y: y + 22, weight: .bold)
    }
  }

  /// The interface by which the way comes in or goes out, on the host's side.
  func crossing(_ place: PathPicture.Place?, y: Int, to svg: inout MarkupWriter) {
    guard let interface = place.flatMap(picture.interface) else { return }
    let text = interface.nameWithEndpoint
    let columns = StationShape.columns(width - 20 - StationShape.indent)
    let shown = TextWidth.shortened(text, to: columns)
    svg.element("g", ["class": "gw-interface"]) { svg in
      svg.element("title", text: "interface \(([text] + interface.addresses.prefix(3)).joined(separator: ", "))")
      svg.rectangle(
        "gw-box", x: x + 10, y: y - 13, width: TextWidth.of(shown) * 8 + StationShape.indent, height: 26, radius: 4,
        fill: Palette.light("ground"), stroke: Palette.light("line"))
      let rail = x + StationShape.rail
      svg.path("gw-head", arrow(rail, y), fill: Palette.light("ink"))
      svg.label(shown, x: x + StationShape.indent - 8, y: y + 5)
    }
  }

  private func arrow(_ x: Int, _ y: Int) -> String {
    runsDown
      ? "M\(x - 6) \(y - 5) L\(x + 6) \(y - 5) L\(x) \(y + 6) Z" : "M\(x - 6) \(y + 5) L\(x + 6) \(y + 5) L\(x) \(y - 6) Z"
  }

  private func dropped(_ cursor: inout Int, _ svg: inout MarkupWriter) {
    advance(&cursor, Self.gap)
    let near = cursor
    advance(&cursor, 30)
    svg.label(
      "✗ the \(way.role.rawValue) is dropped", x: x + StationShape.rail - 6, y: min(near, cursor) + 18, "deny", weight: .bold)
  }

  private var restoredLines: [String] {
    guard let text = way.restored else { return [] }
    return TextWidth.wrapped("source: \(text)", to: StationShape.columns(width - StationShape.indent - 12))
  }

  private var restoredHeight: Int { restoredLines.isEmpty ? 0 : restoredLines.count * 18 + 12 }

  private func restored(_ cursor: inout Int, _ svg: inout MarkupWriter) {
    guard !restoredLines.isEmpty else { return }
    let near = cursor
    advance(&cursor, restoredHeight)
    let middle = min(near, cursor) + 16
    svg.path("gw-head", StationShape.diamond(x + StationShape.rail, middle), fill: Palette.light("ink"))
    for (number, line) in restoredLines.enumerated() {
      svg.label(line, x: x + StationShape.indent, y: middle + 4 + number * 18, weight: .bold)
    }
  }
}
