/// What a manifest says, to be written in one layout or another.
indirect enum Content: Sendable {
  case plain(String)
  case list([Content])
  case mapping([(key: String, value: Content)])
}

/// Writes YAML as people do, each in another way: block and flow style, quotes, indentation, blank lines, and comments wherever one
/// may stand. Every comment is there once: `#c7.`.
struct RandomLayout {
  private var random: SplitMix64
  private(set) var text = ""
  private(set) var comments = 0
  private let hasComments: Bool

  init(seed: UInt64, hasComments: Bool = true) {
    random = SplitMix64(state: seed)
    self.hasComments = hasComments
  }

  private mutating func oneIn(_ chance: Int) -> Bool { Int.random(in: 0..<chance, using: &random) == 0 }

  private mutating func comment() -> String {
    comments += 1
    return "#c\(comments). - {a: [b, 'c\""
  }

  private mutating func pad(_ indent: Int) { text += String(repeating: " ", count: indent) }

  /// The end of a line in block style, and lines that hold nothing.
  private mutating func endLine(_ indent: Int) {
    if hasComments, oneIn(3) { text += " \(comment())" }
    text += "\n"
    while hasComments, oneIn(4) {
      if oneIn(2) {
        pad(max(0, indent + Int.random(in: -3...3, using: &random)))
        text += comment()
      }
      text += "\n"
    }
  }

  mutating func document(_ content: Content) {
    if hasComments, oneIn(2) { text += "\(comment())\n" }
    block(content, indent: 0)
  }

  /// A value on lines of its own; the first line has its blanks already if it continues a dash.
  private mutating func block(_ content: Content, indent: Int, continues: Bool = false) {
    switch content {
    case .mapping(let entries) where !entries.isEmpty:
      for (index, entry) in entries.enumerated() {
        if index > 0 || !continues { pad(indent) }
        text += "\(quoted(entry.key, inFlow: false)):"
        value(entry.value, indent: indent, isInMapping: true)
      }
    case .list(let items) where !items.isEmpty:
      for (index, item) in items.enumerated() {
        if index > 0 || !continues { pad(indent) }
        text += "-"
        value(item, indent: indent, isInMapping: false)
      }
    default:
      pad(indent)
      flow(content, indent: indent)
      endLine(indent)
    }
  }

  /// What stands behind a colon or a dash.
  private mutating func value(_ content: Content, indent: Int, isInMapping: Bool) {
    let isFlow = oneIn(3)
    switch content {
    case .mapping(let entries) where !entries.isEmpty && !isFlow:
      let deeper = indent + Int.random(in: 2...4, using: &random)
      if isInMapping || oneIn(6) {
        endLine(deeper)
        block(content, indent: deeper)
      } else {
        pad(deeper - indent - 1)
        block(content, indent: deeper, continues: true)
      }
    case .list(let items) where !items.isEmpty && !isFlow && isInMapping:
      let deeper = indent + Int.random(in: 0...3, using: &random)
      endLine(deeper)
      block(content, indent: deeper)
    default:
      text += " "
      flow(content, indent: indent)
      endLine(indent)
    }
  }

  // MARK: Flow style

  private mutating func gap(_ indent: Int) {
    if oneIn(6) {
      if hasComments, oneIn(2) { text += " \(comment())" }
      text += "\n"
      pad(indent + 2)
    } else if oneIn(2) {
      text += " "
    }
  }

  private mutating func flow(_ content: Content, indent: Int) {
    switch content {
    case .plain(let scalar):
      text += quoted(scalar, inFlow: true)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        gap(indent)
        flow(item, indent: indent)
      }
      if !items.isEmpty { gap(indent) }
      text += "]"
    case .mapping(let entries):
      text += "{"
      for (index, entry) in entries.enumerated() {
        if index > 0 { text += "," }
        gap(indent)
        text += "\(quoted(entry.key, inFlow: true)): "
        flow(entry.value, indent: indent)
      }
      if !entries.isEmpty { gap(indent) }
      text += "}"
    }
  }

  /// Numbers stay what they are; other text may have quotes, and has to where YAML would take it for something else.
  private mutating func quoted(_ scalar: String, inFlow: Bool) -> String {
    if Int(scalar) != nil { return scalar }
    let needsQuotes = scalar.contains { ":={}[],#&*!|>'\"%@ ".contains($0) } || scalar.isEmpty
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return "'\(scalar.replacing("'", with: "''"))'"
    case 1: return "\"\(scalar.replacing("\"", with: "\\\""))\""
    default: return needsQuotes ? "'\(scalar.replacing("'", with: "''"))'" : scalar
    }
  }
}

extension Content {
  /// The same as JSON, on as many lines as one likes.
  func json(_ newline: String) -> String {
    switch self {
    case .plain(let scalar):
      Int(scalar) != nil ? scalar : "\"\(scalar.replacing("\"", with: "\\\""))\""
    case .list(let items):
      "[\(newline)" + items.map { $0.json(newline) }.joined(separator: ",\(newline)") + "\(newline)]"
    case .mapping(let entries):
      "{\(newline)" + entries.map { "\"\($0.key)\": \($0.value.json(newline))" }.joined(separator: ",\(newline)")
        + "\(newline)}"
    }
  }
}
