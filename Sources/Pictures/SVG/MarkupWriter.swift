import Reports

/// Writes elements of SVG or HTML into text, with everything escaped that has to be.
package struct MarkupWriter {
  package private(set) var text = ""
  /// What the ids of a picture begin with: of several in one page each has another.
  var idPrefix = ""

  package init() {}

  package typealias Attributes = KeyValuePairs<String, String?>

  /// An element with others in it; an attribute without a value is left out.
  package mutating func element(_ name: String, _ attributes: Attributes = [:], _ body: (inout MarkupWriter) -> Void) {
    open(name, attributes)
    body(&self)
    text += "</\(name)>\n"
  }

  /// An element with text in it.
  package mutating func element(_ name: String, _ attributes: Attributes = [:], text content: String) {
    open(name, attributes)
    write(content)
    text += "</\(name)>\n"
  }

  /// An element without an end, of SVG or one of those that HTML knows.
  package mutating func empty(_ name: String, _ attributes: Attributes = [:], closes: Bool = true) {
    open(name, attributes)
    if closes {
      text.removeLast()
      text += "/>"
    }
    text += "\n"
  }

  package mutating func write(_ content: String) { text += Self.escaped(content, inAttribute: false) }

  /// What is markup already.
  package mutating func raw(_ markup: String) { text += markup }

  private mutating func open(_ name: String, _ attributes: Attributes) {
    text += "<\(name)"
    for (key, value) in attributes {
      if let value { text += " \(key)=\"\(Self.escaped(value, inAttribute: true))\"" }
    }
    text += ">"
  }

  /// HTML takes less than XML: no characters that are none, in whatever plane.
  private static func escaped(_ text: String, inAttribute: Bool) -> String {
    let escaped = XMLText.escaped(text, inAttribute: inAttribute)
    guard escaped.unicodeScalars.contains(where: isNoncharacter) else { return escaped }
    return String(String.UnicodeScalarView(escaped.unicodeScalars.map { isNoncharacter($0) ? "\u{fffd}" : $0 }))
  }

  private static func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value & 0xfffe == 0xfffe || (0xfdd0...0xfdef).contains(scalar.value)
  }
}

/// The shapes that pictures are made of. Colours stand in attributes, too, for readers that know no style sheets.
extension MarkupWriter {
  enum Weight: String {
    case normal, bold
  }

  /// A line of text.
  ///
  /// - Parameter size: of the letters; those of the monospaced font are 0.6 times as wide.
  mutating func label(
    _ content: String, x: Int, y: Int, _ colour: String = "ink", size: Int = 13, weight: Weight = .normal,
    anchor: String? = nil
  ) {
    let names = ["ink": "gw-ink", "muted": "gw-muted", "allow": "gw-good", "deny": "gw-bad", "ground": "gw-onmark"]
    element(
      "text",
      [
        "class": names[colour], "x": "\(x)", "y": "\(y)", "fill": Palette.light(colour), "font-size": "\(size)",
        "font-weight": weight == .bold ? "bold" : nil, "text-anchor": anchor,
      ], text: content)
  }

  mutating func rectangle(
    _ name: String, x: Int, y: Int, width: Int, height: Int, radius: Int = 6, fill: String, stroke: String? = nil,
    strokeWidth: Double = 1.5, dashes: String? = nil
  ) {
    empty(
      "rect",
      [
        "class": name, "x": "\(x)", "y": "\(y)", "width": "\(width)", "height": "\(height)", "rx": "\(radius)", "fill": fill,
        "stroke": stroke, "stroke-width": stroke == nil ? nil : "\(strokeWidth)", "stroke-dasharray": dashes,
      ])
  }

  /// The box of a gate that is not asked: dashed, with a hatched strip on the right, so that it can be told without colour.
  mutating func spared(x: Int, y: Int, width: Int, height: Int, strokeWidth: Double = 1.2) {
    let strip = 16
    rectangle("gw-hatching", x: x + width - strip, y: y, width: strip, height: height, fill: "url(#\(idPrefix)gw-hatching)")
    rectangle(
      "gw-spared", x: x, y: y, width: width, height: height, fill: "none", stroke: Palette.light("line"),
      strokeWidth: strokeWidth, dashes: "6 4")
  }

  mutating func line(_ name: String, x: Int, from top: Int, to bottom: Int, dashes: String? = nil) {
    guard top != bottom else { return }
    empty(
      "line",
      [
        "class": name, "x1": "\(x)", "y1": "\(top)", "x2": "\(x)", "y2": "\(bottom)", "stroke": Palette.light("ink"),
        "stroke-width": "2.5", "stroke-dasharray": dashes,
      ])
  }

  mutating func path(_ name: String, _ commands: String, fill: String, stroke: String? = nil, width: Double = 2) {
    empty(
      "path",
      ["class": name, "d": commands, "fill": fill, "stroke": stroke, "stroke-width": stroke == nil ? nil : "\(width)"])
  }
}
