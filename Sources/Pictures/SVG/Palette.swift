/// The colours of pictures, for a light and for a dark background. Words and strokes say whatever a colour says.
package enum Palette {
  package struct Colour: Hashable, Sendable {
    package let name: String
    package let light: String
    package let dark: String
  }

  package static let colours = [
    Colour(name: "ground", light: "#ffffff", dark: "#0d1117"),
    Colour(name: "panel", light: "#f6f8fa", dark: "#161b22"),
    Colour(name: "ink", light: "#1b1f24", dark: "#e6edf3"),
    Colour(name: "muted", light: "#4d555e", dark: "#a5afba"),
    Colour(name: "line", light: "#6e7781", dark: "#848d97"),
    Colour(name: "hatch", light: "#d8dee4", dark: "#262c36"),
    Colour(name: "allow", light: "#116329", dark: "#56d364"),
    Colour(name: "allow-ground", light: "#e6f6ea", dark: "#0f2417"),
    Colour(name: "deny", light: "#a40e26", dark: "#ff8e86"),
    Colour(name: "deny-ground", light: "#fdeceb", dark: "#2d1315"),
    Colour(name: "focus", light: "#0550ae", dark: "#79c0ff"),
  ]

  /// What is written or drawn on what: each pair has to have enough contrast, text 4.5 to 1, strokes 3 to 1 (WCAG 2, AA).
  package static let pairs: [(front: String, back: String, least: Double)] =
    ["ground", "panel", "hatch", "allow-ground", "deny-ground"].flatMap { back in
      [("ink", back, 4.5), ("muted", back, 4.5)]
    } + [
      ("allow", "ground", 4.5), ("allow", "panel", 4.5), ("allow", "allow-ground", 4.5), ("deny", "ground", 4.5),
      ("deny", "panel", 4.5), ("deny", "deny-ground", 4.5), ("ground", "allow", 4.5), ("ground", "deny", 4.5),
      ("focus", "ground", 4.5), ("focus", "panel", 4.5), ("line", "ground", 3), ("line", "panel", 3),
    ]

  /// The light colour of a name, for readers of SVG that know no style sheets.
  static func light(_ name: String) -> String { colours.first { $0.name == name }?.light ?? "#000000" }

  /// What a class of a picture paints: its name is what it is for.
  private static let uses: [(selector: String, property: String, colour: String)] = [
    (".gw-ground", "fill", "ground"), (".gw-host", "fill", "panel"), (".gw-host", "stroke", "line"),
    (".gw-ink", "fill", "ink"), (".gw-muted", "fill", "muted"), (".gw-good", "fill", "allow"), (".gw-bad", "fill", "deny"),
    (".gw-onmark", "fill", "ground"), (".gw-rule", "fill", "line"), (".gw-road", "stroke", "ink"),
    (".gw-rail", "stroke", "ink"), (".gw-head", "fill", "ink"),
    (".gw-box", "fill", "ground"), (".gw-box", "stroke", "line"),
    (".gw-allow .gw-box", "fill", "allow-ground"), (".gw-allow .gw-box", "stroke", "allow"),
    (".gw-deny .gw-box", "fill", "deny-ground"), (".gw-deny .gw-box", "stroke", "deny"),
    (".gw-spared", "stroke", "line"), (".gw-hatched", "fill", "hatch"), (".gw-hatchline", "stroke", "ground"),
    (".gw-mark", "fill", "ground"), (".gw-mark", "stroke", "ink"), (".gw-allow .gw-mark", "fill", "allow"),
    (".gw-allow .gw-mark", "stroke", "allow"), (".gw-deny .gw-mark", "fill", "deny"), (".gw-deny .gw-mark", "stroke", "deny"),
    (".gw-selected .gw-halo", "stroke", "focus"),
  ]

  /// The rules that paint a picture in both schemes.
  static var sheet: String {
    let dark = Dictionary(uniqueKeysWithValues: colours.map { ($0.name, $0.dark) })
    func rules(_ colour: (String) -> String) -> String {
      uses.map { "\($0.selector){\($0.property):\(colour($0.colour))}" }.joined(separator: "\n")
    }
    return rules(light) + "\n@media (prefers-color-scheme: dark){\n" + rules { dark[$0] ?? "" } + "\n}\n"
  }
}
