import Reports
import Simulator

/// A picture as Markdown, for a review or a ticket: the verdict in a sentence, the steps as tables, the graph for whoever draws it.
package struct PathMarkdown {
  private let picture: PathPicture

  package init(_ picture: PathPicture) {
    self.picture = picture
  }

  package var text: String {
    var lines = ["# \(Self.escaped(picture.packet.packet))", ""]
    lines += [verdict(picture.packet), "", Self.escaped("\(picture.context); \(picture.end(picture.packet)).")]
    for way in picture.ways { lines += section(way) }
    if let why = picture.replyAbsence { lines += ["", "No reply: \(Self.escaped(why))."] }
    if !picture.notes.isEmpty { lines += [""] + picture.notes.map { "- Note: \(Self.escaped($0))" } }
    lines += ["", "## Drawn", "", "```mermaid"] + PathMermaid(picture).lines + ["```"]
    return lines.map { $0 + "\n" }.joined()
  }

  private func verdict(_ way: PathPicture.Way) -> String {
    let place = way.ruling.location.map { Style.visible(" (\($0.fileAndLine))") } ?? ""
    let why = way.ruling.why.map { ": \($0)" } ?? ""
    return "**\(way.isAllowed ? "ALLOW" : "DENY")** by \(Self.escaped("\(way.ruling.label)\(place)\(why)"))."
  }

  private func section(_ way: PathPicture.Way) -> [String] {
    var lines = ["", "## The \(way.role.rawValue)", ""]
    if way.role == .reply { lines += [Self.escaped(way.packet), "", verdict(way), ""] }
    lines += ["| # | step | where | result | by, or why |", "|--:|---|---|---|---|"]
    for (number, station) in way.stations.enumerated() {
      var word = Self.escaped(picture.word(station))
      if case .gate(let gate) = station, gate.decides { word = "**\(word), decides**" }
      let cells = [station.title, station.place].map(Self.escaped) + [word, Self.escaped(picture.because(station))]
      lines.append("| \(number + 1) | \(cells.joined(separator: " | ")) |")
    }
    if let restored = way.restored {
      lines += ["", Self.escaped("At the end connection tracking puts the source right: \(restored).")]
    }
    return lines
  }

  /// The text with everything escaped that Markdown, or HTML in it, could take for its own.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "~", "&", "$", "!": "\\\(scalar)"
      default: String(scalar)
      }
    }.joined()
  }
}
