/// A world as SVG for a page, 1000 pixels wide: a frame a host, its interfaces across its left side, its workloads within on the right,
/// and between them the way that packets take.
package struct WorldSVG {
  private let picture: WorldPicture

  package init(_ picture: WorldPicture) {
    self.picture = picture
  }

  private static let margin = 20
  private static let frame = 60
  private static let cardWidth = 430
  private static let workloads = 530
  /// Where the wires of a host meet.
  private static let bus = (margin + cardWidth + workloads) / 2
  private static let gap = 14
  private static let line = 18
  private static let head = 46

  /// The `svg` element; the page around it brings the style sheet.
  ///
  /// - Parameter idPrefix: what ids begin with, where the page has several pictures.
  package func markup(idPrefix: String = "") -> String {
    let heights = picture.hosts.map(Self.height)
    let foot = picture.rest == nil ? 34 : 56
    let height = heights.reduce(0, +) + heights.count * Self.gap + foot
    var svg = MarkupWriter()
    svg.idPrefix = idPrefix
    svg.element(
      "svg",
      [
        "class": "gw-picture", "viewBox": "0 0 \(PathSVG.width) \(height)", "width": "\(PathSVG.width)", "height": "\(height)",
        "role": "img", "aria-labelledby": "\(idPrefix)gw-title", "aria-describedby": "\(idPrefix)gw-desc",
        "font-family": "ui-monospace, monospace",
      ]
    ) { svg in
      let names = picture.hosts.map(\.name).joined(separator: ", ")
      svg.element("title", ["id": "\(idPrefix)gw-title"], text: "The world: \(names)")
      svg.element("desc", ["id": "\(idPrefix)gw-desc"], text: picture.description)
      svg.raw(PathSVG.hatching(idPrefix))
      var y = 4
      for (host, height) in zip(picture.hosts, heights) {
        Self.draw(host, y, height, &svg)
        y += height + Self.gap
      }
      let words = "thick frame: an endpoint, so policy applies; dashed and hatched: none"
      if let rest = picture.rest {
        svg.label(rest, x: Self.margin, y: y + 14, weight: .bold)
        y += 22
      }
      svg.label(words, x: Self.margin, y: y + 14, "muted")
    }
    return svg.text
  }

  // MARK: Hosts

  private static func height(_ host: WorldPicture.Host) -> Int {
    head + max(height(host.interfaces), height(host.workloads), 8) + factsHeight(host) + 10
  }

  private static func height(_ cards: WorldPicture.Cards) -> Int {
    let rest = restLines(cards)
    return cards.shown.reduce(0) { $0 + height($1) + gap } + (rest.isEmpty ? 0 : rest.count * line + gap)
  }

  private static func draw(_ host: WorldPicture.Host, _ y: Int, _ height: Int, _ svg: inout MarkupWriter) {
    svg.element("g", ["class": "gw-world-host"]) { svg in
      svg.element("title", text: "host \(host.name)")
      svg.rectangle(
        "gw-host", x: frame, y: y, width: PathSVG.width - margin - frame, height: height, radius: 12,
        fill: Palette.light("panel"),
        stroke: Palette.light("line"), strokeWidth: 2)
      svg.label(TextWidth.shortened("host \(host.name)", to: 60), x: frame + 20, y: y + 28, size: 15, weight: .bold)
      if host.isInferred {
        svg.label("inferred from its endpoints", x: PathSVG.width - margin - 20, y: y + 28, "muted", anchor: "end")
      }
      let top = y + head
      wires(host, top, &svg)
      draw(host.interfaces, margin, top, &svg)
      draw(host.workloads, workloads, top, &svg)
      let below = top + max(Self.height(host.interfaces), Self.height(host.workloads), 8)
      draw(host.facts, below, &svg)
    }
  }

  /// From each box to the line that they all share.
  private static func wires(_ host: WorldPicture.Host, _ top: Int, _ svg: inout MarkupWriter) {
    let left = middles(host.interfaces, top).map { "M\(margin + cardWidth) \($0) H\(bus)" }
    let right = middles(host.workloads, top).map { "M\(bus) \($0) H\(workloads)" }
    let all = middles(host.interfaces, top) + middles(host.workloads, top)
    guard let first = all.min(), let last = all.max(), all.count > 1 else { return }
    svg.path(
      "gw-road", (left + right + ["M\(bus) \(first) V\(last)"]).joined(separator: " "), fill: "none",
      stroke: Palette.light("ink"), width: 2)
  }

  private static func middles(_ cards: WorldPicture.Cards, _ top: Int) -> [Int] {
    var y = top
    return cards.shown.map { card in
      defer { y += height(card) + gap }
      return y + height(card) / 2
    }
  }

  // MARK: Boxes

  private static let columns = StationShape.columns(cardWidth - 28)

  private static func lines(_ card: WorldPicture.Card) -> [(text: String, isTitle: Bool)] {
    limited(card.title, to: 2).map { ($0, true) } + card.lines.flatMap { limited($0, to: 2) }.map { ($0, false) }
  }

  /// A text in so many lines; what has no room is told by the title.
  private static func limited(_ text: String, to most: Int) -> [String] {
    let lines = TextWidth.wrapped(text, to: columns)
    guard lines.count > most else { return lines }
    return lines[..<(most - 1)] + [TextWidth.shortened(lines[most - 1], to: columns - 1, ellipsis: "") + "…"]
  }

  private static func height(_ card: WorldPicture.Card) -> Int { lines(card).count * line + 14 }

  private static func restLines(_ cards: WorldPicture.Cards) -> [String] {
    cards.rest.map { TextWidth.wrapped($0, to: columns) } ?? []
  }

  private static func draw(_ cards: WorldPicture.Cards, _ x: Int, _ top: Int, _ svg: inout MarkupWriter) {
    var y = top
    for card in cards.shown {
      draw(card, x, y, &svg)
      y += height(card) + gap
    }
    for (number, line) in restLines(cards).enumerated() {
      svg.label(line, x: max(x + 14, frame + 20), y: y + 12 + number * Self.line, weight: .bold)
    }
  }

  private static func draw(_ card: WorldPicture.Card, _ x: Int, _ y: Int, _ svg: inout MarkupWriter) {
    let height = height(card)
    svg.element("g", ["class": "gw-card"]) { svg in
      svg.element("title", text: ([card.title] + card.lines).joined(separator: ", "))
      let isGuarded = card.guarding == .endpoint
      svg.rectangle(
        isGuarded ? "gw-box" : "gw-ground", x: x, y: y, width: cardWidth, height: height, fill: Palette.light("ground"),
        stroke: isGuarded ? Palette.light("line") : nil, strokeWidth: 3)
      if !isGuarded { svg.spared(x: x, y: y, width: cardWidth, height: height) }
      for (number, line) in lines(card).enumerated() {
        svg.label(
          line.text, x: x + 14, y: y + 20 + number * Self.line, line.isTitle || isGuarded ? "ink" : "muted",
          weight: line.isTitle ? .bold : .normal)
      }
    }
  }

  // MARK: Facts

  /// DNAT on the left, the rest on the right; one alone on the left.
  private static func sides(_ facts: [WorldPicture.Fact]) -> (left: [WorldPicture.Fact], right: [WorldPicture.Fact]) {
    (Array(facts.prefix(1)), Array(facts.dropFirst()))
  }

  private static func lines(_ facts: [WorldPicture.Fact]) -> [(text: String, isTitle: Bool)] {
    facts.flatMap { fact in
      [(fact.title, true)] + fact.lines.flatMap { limited($0, to: 2) }.map { ($0, false) }
    }
  }

  private static func factsHeight(_ host: WorldPicture.Host) -> Int {
    guard !host.facts.isEmpty else { return 0 }
    let sides = sides(host.facts)
    return max(lines(sides.left).count, lines(sides.right).count) * line + 16
  }

  private static func draw(_ facts: [WorldPicture.Fact], _ y: Int, _ svg: inout MarkupWriter) {
    guard !facts.isEmpty else { return }
    svg.rectangle(
      "gw-rule", x: frame + 20, y: y, width: PathSVG.width - margin - frame - 40, height: 1, radius: 0,
      fill: Palette.light("line"))
    let sides = sides(facts)
    for (x, facts) in [(frame + 20, sides.left), (workloads, sides.right)] {
      for (number, line) in lines(facts).enumerated() {
        svg.label(line.text, x: x, y: y + 22 + number * Self.line, weight: line.isTitle ? .bold : .normal)
      }
    }
  }
}
