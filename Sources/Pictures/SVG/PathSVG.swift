import Simulator

/// A picture as SVG, 1000 pixels wide and whole in itself: no font, no script and no address of anything else.
package struct PathSVG {
  private let picture: PathPicture

  package init(_ picture: PathPicture) {
    self.picture = picture
  }

  static let width = 1000
  private static let margin = 20

  /// The file.
  package var text: String { markup(isEmbedded: false) }

  /// The `svg` element.
  ///
  /// - Parameters:
  ///   - isEmbedded: does the page around it bring the style sheet?
  ///   - idPrefix: what ids begin with, where the page has several pictures.
  package func markup(isEmbedded: Bool, idPrefix: String = "") -> String {
    let layout = Layout(picture)
    var svg = MarkupWriter()
    svg.idPrefix = idPrefix
    svg.element(
      "svg",
      [
        "xmlns": isEmbedded ? nil : "http://www.w3.org/2000/svg", "class": "gw-picture",
        "viewBox": "0 0 \(Self.width) \(layout.height)",
        "width": "\(Self.width)", "height": "\(layout.height)", "role": "img",
        "aria-labelledby": "\(idPrefix)gw-title", "aria-describedby": "\(idPrefix)gw-desc",
        "font-family": "ui-monospace, monospace",
      ]
    ) { svg in
      let verdict = picture.packet.isAllowed ? "ALLOW" : "DENY"
      svg.element("title", ["id": "\(idPrefix)gw-title"], text: "\(verdict): \(picture.packet.packet)")
      svg.element("desc", ["id": "\(idPrefix)gw-desc"], text: picture.description)
      if !isEmbedded { svg.element("style") { $0.raw("\n" + Palette.sheet) } }
      svg.raw(Self.hatching(idPrefix))
      svg.rectangle(
        "gw-ground", x: 0, y: 0, width: Self.width, height: layout.height, radius: 0, fill: Palette.light("ground"))
      head(&svg)
      host(layout, &svg)
      for column in layout.columns {
        headline(column, &svg)
        column.draw(frame: layout.frame, inner: layout.inner, to: &svg)
        column.crossing(column.top, y: layout.frame.lowerBound, to: &svg)
        column.crossing(column.bottom, y: layout.frame.upperBound, to: &svg)
      }
      foot(layout, &svg)
    }
    return svg.text
  }

  /// What skipped gates are filled with, so that they can be told apart without colour.
  static func hatching(_ idPrefix: String = "") -> String {
    """
    <defs><pattern id="\(idPrefix)gw-hatching" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect class="gw-hatched" width="12" height="12" fill="\(Palette.light("hatch"))"/>\
    <line class="gw-hatchline" x1="0" y1="0" x2="0" y2="12" stroke="\(Palette.light("ground"))" stroke-width="9"/></pattern></defs>

    """
  }

  // MARK: Parts

  /// Where everything is.
  private struct Layout {
    let columns: [WayColumn]
    /// The host's upper and lower side, and what is between them for ways.
    let frame: Range<Int>
    let inner: Range<Int>
    let height: Int
    let bystanders: [PathPicture.Interface]

    init(_ picture: PathPicture) {
      let margin = PathSVG.margin
      if let reply = picture.reply {
        columns = [
          WayColumn(picture.packet, of: picture, x: 2 * margin, width: 450),
          WayColumn(reply, of: picture, x: 510, width: 450),
        ]
      } else {
        columns = [WayColumn(picture.packet, of: picture, x: 2 * margin, width: PathSVG.width - 4 * margin)]
      }
      bystanders = picture.bystanders
      let hasOutside = { (place: PathPicture.Place?) in place != nil && place != .process }
      let isOpenAbove = columns.contains { hasOutside($0.top) }
      let isOpenBelow = columns.contains { hasOutside($0.bottom) }
      let top = 170 + (isOpenAbove ? WayColumn.outside : 0)
      let room = (columns.map(\.innerHeight).max() ?? 0)
      inner = (top + 40)..<(top + 40 + room)
      frame = top..<(inner.upperBound + 24 + (bystanders.isEmpty ? 0 : 26))
      let foot = picture.replyAbsence == nil ? 0 : 30
      height = frame.upperBound + (isOpenBelow ? WayColumn.outside : 0) + 24 + foot + picture.notes.count * 22
    }
  }

  private func head(_ svg: inout MarkupWriter) {
    let columns = StationShape.columns(Self.width - 2 * Self.margin, size: 20)
    svg.label(TextWidth.shortened(picture.packet.packet, to: columns), x: Self.margin, y: 36, size: 20, weight: .bold)
    let small = StationShape.columns(Self.width - 2 * Self.margin)
    svg.label(TextWidth.shortened(picture.context, to: small), x: Self.margin, y: 60, "muted")
  }

  private func headline(_ column: WayColumn, _ svg: inout MarkupWriter) {
    let way = column.way
    let columns = StationShape.columns(column.width)
    svg.element("g", ["class": "gw-headline"]) { svg in
      svg.element("title", text: "\(way.role.rawValue), \(way.packet): \(picture.verdict(way))")
      svg.label(
        TextWidth.shortened("\(way.role == .packet ? "↓" : "↑") \(way.role.rawValue)  \(way.packet)", to: columns), x: column.x,
        y: 94, weight: .bold)
      let words = TextWidth.wrapped("\(way.isAllowed ? "✓" : "✗") \(picture.verdict(way))", to: columns)
      for (number, line) in words.prefix(3).enumerated() {
        let isCut = number == 2 && words.count > 3
        svg.label(
          isCut ? TextWidth.shortened(line, to: columns - 1, ellipsis: "") + "…" : line, x: column.x, y: 116 + number * 18,
          way.isAllowed ? "allow" : "deny", weight: .bold)
      }
    }
  }

  private func host(_ layout: Layout, _ svg: inout MarkupWriter) {
    svg.rectangle(
      "gw-host", x: Self.margin, y: layout.frame.lowerBound, width: Self.width - 2 * Self.margin, height: layout.frame.count,
      radius: 12, fill: Palette.light("panel"), stroke: Palette.light("line"), strokeWidth: 2)
    svg.element("g", ["class": "gw-name"]) { svg in
      svg.element("title", text: "host \(picture.host)")
      svg.label(
        TextWidth.shortened("host \(picture.host)", to: 40), x: Self.width - 2 * Self.margin, y: layout.frame.lowerBound + 30,
        weight: .bold, anchor: "end")
    }
    guard !layout.bystanders.isEmpty else { return }
    let names = layout.bystanders.prefix(40).map(\.nameWithEndpoint).joined(separator: ", ")
    let more = layout.bystanders.count > 40 ? " and \(layout.bystanders.count - 40) more" : ""
    // Beside the ways, never across one.
    let columns = StationShape.columns((layout.columns.first?.width ?? 0) - StationShape.indent)
    svg.element("g", ["class": "gw-bystanders"]) { svg in
      svg.element("title", text: "not in the way: \(names)\(more)")
      svg.label(
        TextWidth.shortened("not in the way: \(names)\(more)", to: columns), x: 2 * Self.margin + StationShape.indent,
        y: layout.inner.upperBound + 28, "muted")
    }
  }

  private func foot(_ layout: Layout, _ svg: inout MarkupWriter) {
    let columns = StationShape.columns(Self.width - 2 * Self.margin)
    var lines = picture.notes.map { "note: \($0)" }
    if let why = picture.replyAbsence { lines.insert("no reply: \(why)", at: 0) }
    var y = layout.height - lines.count * 22
    for line in lines {
      svg.element("g", ["class": "gw-note"]) { svg in
        svg.element("title", text: line)
        svg.label(TextWidth.shortened(line, to: columns), x: Self.margin, y: y, "muted")
      }
      y += 22
    }
  }
}
