/// Where a diagram is drawn: how wide it may be, and with which signs.
package struct Canvas: Sendable {
  /// Columns; nothing is drawn wider than 80.
  package var width: Int
  /// Are there signs of ASCII alone?
  package var isASCII: Bool

  /// Narrower than this no diagram can be read, and none is drawn.
  package static let narrowest = 24

  package init(width: Int = 80, isASCII: Bool = false) {
    self.width = min(80, max(Self.narrowest, width))
    self.isASCII = isASCII
  }
}

/// The signs of a diagram.
struct Glyphs {
  let isASCII: Bool

  private func pick(_ box: String, _ ascii: String) -> String { isASCII ? ascii : box }

  // The host.
  var frameSide: String { pick("║", "|") }
  var frameLine: String { pick("═", "=") }
  var frameTopLeft: String { pick("╔", "+") }
  var frameTopRight: String { pick("╗", "+") }
  var frameBottomLeft: String { pick("╚", "+") }
  var frameBottomRight: String { pick("╝", "+") }
  /// Where a way goes through an interface.
  var frameCrossing: String { pick("╪", "|") }

  // The way.
  var rail: String { pick("│", "|") }
  var sparedRail: String { pick("┊", ":") }
  var rewriting: String { pick("◆", "*") }
  var arrow: String { pick("▼", "v") }
  var origin: String { pick("●", "o") }

  // What became of it.
  var allow: String { pick("✓", "+") }
  var deny: String { pick("✗", "x") }
  var goesOn: String { pick("→", ">") }

  /// The box of a gate; that of the deciding one is drawn heavily.
  func box(decides: Bool) -> Box {
    decides
      ? Box(
        corners: isASCII ? ["#", "#", "#", "#"] : ["┏", "┓", "┗", "┛"], line: pick("━", "#"), side: pick("┃", "#"),
        entrance: pick("┷", "|"), way: pick("┯", "|"))
      : Box(
        corners: isASCII ? ["+", "+", "+", "+"] : ["┌", "┐", "└", "┘"], line: pick("─", "-"), side: pick("│", "|"),
        entrance: pick("┴", "|"), way: pick("┬", "|"))
  }

  struct Box {
    /// Top left, top right, bottom left, bottom right.
    let corners: [String]
    let line: String
    let side: String
    /// Where the way comes in at the top, and where it goes on at the bottom.
    let entrance: String
    let way: String
  }
}
