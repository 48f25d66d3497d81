import Reports

/// The way of one packet through the host's frame, from top to bottom.
struct WayDiagram {
  private let way: PathPicture.Way
  private let picture: PathPicture
  private let glyphs: Glyphs
  private let style: Style
  private let width: Int
  private let showsBystanders: Bool

  init(_ way: PathPicture.Way, of picture: PathPicture, on canvas: Canvas, style: Style, showsBystanders: Bool) {
    (self.way, self.picture, self.style, self.showsBystanders) = (way, picture, style, showsBystanders)
    glyphs = Glyphs(isASCII: canvas.isASCII)
    width = canvas.width
  }

  /// Columns between the frame's sides and the blanks beside them.
  private var room: Int { width - 4 }
  /// Columns for words beside the rail, or in a box.
  private var textWidth: Int { room - 4 }

  typealias Dress = (String) -> String

  var lines: [String] {
    var lines = entry
    for station in way.stations { lines += draw(station) }
    if showsBystanders { lines += bystanders }
    return lines + exit
  }

  // MARK: The host

  private var entry: [String] {
    guard let interface = picture.interface(way.entry) else {
      return [frame(top: true, crossing: nil)] + beside(glyphs.origin, picture.words(way.entry)) + spacer
    }
    return outside(glyphs.origin, picture.words(way.entry)) + ["    " + glyphs.rail]
      + [frame(top: true, crossing: interface.nameWithEndpoint)] + spacer
  }

  private var exit: [String] {
    guard let place = way.exit else { return [frame(top: false, crossing: nil)] }
    guard let interface = picture.interface(place) else {
      return restored + spacer + beside(glyphs.arrow, picture.words(place)) + [frame(top: false, crossing: nil)]
    }
    return restored + spacer + [frame(top: false, crossing: interface.nameWithEndpoint)]
      + outside(glyphs.arrow, picture.words(place))
  }

  private var restored: [String] {
    way.restored.map { beside(glyphs.rewriting, "source: \($0)") } ?? []
  }

  private var spacer: [String] { [framed("  " + glyphs.rail, 3)] }

  private func outside(_ sign: String, _ text: String) -> [String] {
    TextWidth.wrapped(text, to: width - 6).enumerated().map { number, line in
      "    \(number == 0 ? sign : " ") \(line)"
    }
  }

  /// A side of the host, with the interface that the way crosses and, at the top, the host's name.
  private func frame(top: Bool, crossing: String?) -> String {
    let inner = width - 2
    let name = top ? " host \(TextWidth.shortened(picture.host, to: max(6, inner / 3))) " : ""
    var line = String(repeating: glyphs.frameLine, count: 3)
    if let crossing {
      let most = inner - 3 - 4 - TextWidth.of(name) - 2
      let label = most > 3 ? " \(TextWidth.shortened(crossing, to: most)) " : ""
      line += glyphs.frameCrossing + glyphs.frameLine + label
    }
    let fill = inner - TextWidth.of(line) - TextWidth.of(name) - 1
    line += String(repeating: glyphs.frameLine, count: max(0, fill)) + name + glyphs.frameLine
    return (top ? glyphs.frameTopLeft : glyphs.frameBottomLeft) + line + (top ? glyphs.frameTopRight : glyphs.frameBottomRight)
  }

  /// A line within the host.
  ///
  /// - Parameter columns: of the text, without what dresses it.
  private func framed(_ text: String, _ columns: Int) -> String {
    "\(glyphs.frameSide) \(text)\(String(repeating: " ", count: max(0, room - columns))) \(glyphs.frameSide)"
  }

  // MARK: Stations

  private func draw(_ station: PathPicture.Station) -> [String] {
    switch station {
    case .gate(let gate) where gate.state.isAsked: return box(gate)
    case .gate(let gate):
      let because = gate.state.because.map { "; \($0)" } ?? ""
      // What the packet did not reach stands beside no rail.
      return beside(
        gate.step == nil ? " " : glyphs.sparedRail, "\(gate.state.word): \(gate.title), \(gate.place)\(because)", style.dim)
    case .dnat: return beside(glyphs.rewriting, "DNAT: \(picture.because(station))", style.bold)
    case .conntrack, .route:
      let because = picture.because(station)
      let text = "\(station.title): \(picture.word(station))" + (because.isEmpty ? "" : ", \(because)")
      return beside(glyphs.rail, text)
    }
  }

  /// Words beside the way, the sign in it.
  private func beside(_ sign: String, _ text: String, _ dress: Dress = { $0 }) -> [String] {
    let rest = sign == glyphs.sparedRail || sign == " " ? sign : sign == glyphs.arrow || sign == glyphs.deny ? " " : glyphs.rail
    return TextWidth.wrapped(text, to: textWidth).enumerated().map { number, line in
      framed("  \(number == 0 ? sign : rest) \(dress(line))", 4 + TextWidth.of(line))
    }
  }

  private func box(_ gate: PathPicture.GateView) -> [String] {
    let box = glyphs.box(decides: gate.decides)
    var isDropped = false
    if case .drops = gate.state { isDropped = true }
    var lines = [edge(box, box.corners[0], box.entrance, box.corners[1])]
    func add(_ text: String, _ dress: Dress) {
      for line in TextWidth.wrapped(text, to: textWidth) {
        let padding = String(repeating: " ", count: max(0, textWidth - TextWidth.of(line)))
        lines.append(framed("\(box.side) \(dress(line))\(padding) \(box.side)", room))
      }
    }
    add("\(gate.title), \(gate.place)", style.bold)
    let (text, dress) = outcome(gate)
    add(text, dress)
    if let why = gate.state.why { add(why, { $0 }) }
    lines.append(edge(box, box.corners[2], isDropped ? box.line : box.way, box.corners[3]))
    return isDropped ? lines + beside(glyphs.deny, "the packet is dropped", style.bad) : lines
  }

  private func edge(_ box: Glyphs.Box, _ left: String, _ way: String, _ right: String) -> String {
    framed(left + box.line + way + String(repeating: box.line, count: max(0, room - 4)) + right, room)
  }

  private func outcome(_ gate: PathPicture.GateView) -> (String, Dress) {
    let because = gate.state.because ?? ""
    switch gate.state {
    case .accepts:
      return ("\(glyphs.allow) " + (gate.decides ? "ALLOW, decided here: " : "allow: ") + because, style.good)
    case .drops:
      return ("\(glyphs.deny) " + (gate.decides ? "DENY, decided here: " : "deny: ") + because, style.bad)
    case .noVerdict, .skipped, .never, .unreached: return ("\(glyphs.goesOn) \(gate.state.word): \(because)", { $0 })
    }
  }

  private var bystanders: [String] {
    let others = picture.bystanders
    guard !others.isEmpty else { return [] }
    let names = others.prefix(6).map(\.nameWithEndpoint).joined(separator: ", ")
    let more = others.count > 6 ? " and \(others.count - 6) more" : ""
    let sign = way.exit == nil ? " " : glyphs.rail
    return beside(sign, "not in the way: \(names)\(more)", style.dim)
  }
}
