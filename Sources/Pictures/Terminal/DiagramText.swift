package import Reports

/// A picture for a terminal: the host as a frame, gates as boxes in the packet's way, the reply as a second diagram.
///
/// Nothing is told by colour alone, so that it reads the same in print. No line is wider than the canvas.
package struct DiagramText {
  let picture: PathPicture
  let canvas: Canvas
  let style: Style

  package init(_ picture: PathPicture, on canvas: Canvas, style: Style) {
    self.picture = picture
    self.canvas = canvas
    self.style = style
  }

  package var lines: [String] {
    var lines = head(picture.packet)
    lines += wrapped(picture.context, style.dim)
    lines.append("")
    lines += WayDiagram(picture.packet, of: picture, on: canvas, style: style, showsBystanders: true).lines
    lines.append("")
    if let reply = picture.reply {
      lines += head(reply) + [""]
      lines += WayDiagram(reply, of: picture, on: canvas, style: style, showsBystanders: false).lines
    } else if let why = picture.replyAbsence {
      lines += wrapped("reply: none, \(why)")
    }
    if !picture.notes.isEmpty, !(lines.last ?? "").isEmpty { lines.append("") }
    lines += picture.notes.flatMap { wrapped("note: \($0)") }
    while lines.last == "" { lines.removeLast() }
    return canvas.isASCII ? lines.map(Self.ascii) : lines
  }

  private func head(_ way: PathPicture.Way) -> [String] {
    let title = "\(way.role.rawValue): \(way.packet)"
    return wrapped(title, style.bold) + wrapped(picture.verdict(way), way.isAllowed ? style.good : style.bad)
      + (way.ruling.why.map { wrapped($0) } ?? [])
  }

  private func wrapped(_ text: String, _ dress: (String) -> String = { $0 }) -> [String] {
    TextWidth.wrapped(text, to: canvas.width).map(dress)
  }

  /// Names may hold any character; where the terminal knows ASCII alone a sign stands for each of the others.
  private static func ascii(_ line: String) -> String {
    String(
      String.UnicodeScalarView(
        line.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
          if scalar.isASCII { return [scalar] }
          if scalar == "…" { return ["~"] }
          return Array(repeating: "?", count: TextWidth.of(scalar))
        }))
  }
}
