import Simulator

/// A picture as a Mermaid flowchart: places and gates as nodes, the host as a subgraph with the packet's and the reply's ways in it.
package struct PathMermaid {
  private let picture: PathPicture

  package init(_ picture: PathPicture) {
    self.picture = picture
  }

  package var text: String { lines.map { $0 + "\n" }.joined() }

  var lines: [String] {
    var lines = ["flowchart TD"]
    lines.append("  accTitle: \(Self.escaped("\(picture.packet.packet): \(picture.packet.isAllowed ? "ALLOW" : "DENY")"))")
    lines.append("  accDescr: \(Self.escaped(picture.description))")
    lines.append("  subgraph host[\"\(Self.escaped("host \(picture.host)"))\"]")
    for way in picture.ways { lines += nodes(way).map { "    " + $0 } }
    lines.append("  end")
    for way in picture.ways { lines += ends(way).map { "  " + $0 } + edges(way).map { "  " + $0 } }
    return lines + Self.classes.map { "  " + $0 }
  }

  /// Grey print and colour-blind readers have strokes and words; the words are in the nodes.
  private static let classes = [
    "classDef allow fill:#dafbe1,stroke:#116329,color:#1b1f24", "classDef deny fill:#ffebe9,stroke:#a40e26,color:#1b1f24",
    "classDef decides stroke-width:4px", "classDef plain fill:#ffffff,stroke:#4d555e,color:#1b1f24",
    "classDef aside fill:#f6f8fa,stroke:#4d555e,color:#4d555e,stroke-dasharray:5 5",
  ]

  // MARK: Nodes

  private func prefix(_ way: PathPicture.Way) -> String { way.role == .packet ? "p" : "r" }

  private func nodes(_ way: PathPicture.Way) -> [String] {
    let id = prefix(way)
    var lines = ["subgraph \(id)way[\"\(label(["\(way.role.rawValue): \(way.packet)", picture.verdict(way)]))\"]"]
    lines.append("  direction TB")
    for (number, station) in way.stations.enumerated() {
      lines.append("  \(id)\(number + 1)[\"\(label(parts(station)))\"]:::\(Self.cssClass(station))")
      if case .gate(let gate) = station, gate.decides { lines.append("  class \(id)\(number + 1) decides") }
    }
    if way.exit == nil { lines.append("  \(id)end([\"\(Self.escaped("✗ the packet is dropped"))\"]):::deny") }
    for (begin, place) in [("begin", Optional(way.entry)), ("end", way.exit)] where place == .process {
      lines.append("  \(id)\(begin)([\"\(Self.escaped(picture.words(.process)))\"]):::plain")
    }
    return lines + ["end"]
  }

  /// The places beyond the host's interfaces.
  private func ends(_ way: PathPicture.Way) -> [String] {
    [("begin", Optional(way.entry)), ("end", way.exit)].compactMap { end, place in
      guard let place, place != .process else { return nil }
      return "\(prefix(way))\(end)([\"\(Self.escaped(picture.words(place)))\"]):::plain"
    }
  }

  private func parts(_ station: PathPicture.Station) -> [String] {
    guard case .gate(let gate) = station else {
      return [station.title, [picture.word(station), picture.because(station)].filter { !$0.isEmpty }.joined(separator: ": ")]
    }
    let sign =
      switch gate.state {
      case .accepts: "✓ "
      case .drops: "✗ "
      case .noVerdict, .skipped, .never, .unreached: ""
      }
    return ["\(gate.title), \(gate.place)", sign + gate.state.word + (gate.decides ? ", decided here" : "")]
      + [gate.state.because, gate.state.why].compactMap { $0 }
  }

  private static func cssClass(_ station: PathPicture.Station) -> String {
    guard case .gate(let gate) = station else { return "plain" }
    switch gate.state {
    case .accepts: return "allow"
    case .drops: return "deny"
    case .noVerdict: return "plain"
    case .skipped, .never, .unreached: return "aside"
    }
  }

  // MARK: Edges

  private func edges(_ way: PathPicture.Way) -> [String] {
    let id = prefix(way)
    var lines: [String] = []
    var last = "\(id)begin"
    var isDropped = false
    for (number, station) in way.stations.enumerated() {
      let node = "\(id)\(number + 1)"
      var isAside = false
      if case .gate(let gate) = station { isAside = !gate.state.isAsked }
      lines.append("\(last) \(isDropped ? "~~~" : isAside ? "-.->" : "-->") \(node)")
      last = node
      if case .gate(let gate) = station, case .drops = gate.state {
        lines.append("\(node) --x \(id)end")
        last = "\(id)end"
        isDropped = true
      }
    }
    if way.exit != nil { lines.append("\(last) --> \(id)end") }
    return lines
  }

  // MARK: Text

  private func label(_ parts: [String]) -> String { parts.map(Self.escaped).joined(separator: "<br/>") }

  /// Whatever could mean something to Mermaid or to HTML as the number of its character (`#35;`).
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isPlain = scalar.properties.isAlphabetic || scalar.isASCII && plain.contains(scalar) || scalar.value > 0xff
      return isPlain ? String(scalar) : "#\(scalar.value);"
    }.joined()
  }

  private static let plain = Set("0123456789 .,:/-_()[]".unicodeScalars)
}
