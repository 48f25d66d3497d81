import Selector

/// Writes YAML for people: two spaces of indentation, lists level with their key, short lists on one line.
struct YAMLWriter {
  private static let lineLength = 100
  private(set) var output: [UInt8] = []

  /// Writes one document, its last line ended.
  mutating func write(_ value: YAMLValue) {
    block(value, indent: 0)
  }

  /// A value on one line, however long.
  static func inline(_ value: YAMLValue) -> String { String(decoding: YAMLWriter().flow(value), as: UTF8.self) }

  private mutating func block(_ value: YAMLValue, indent: Int) {
    switch value {
    case .mapping(let entries): mapping(entries, indent: indent)
    case .list(let items): list(items, indent: indent)
    case .literal, .text, .inline: line(flow(value), indent: indent)
    }
  }

  /// - Parameter continues: the first key stands on the line that a dash began.
  private mutating func mapping(_ entries: [YAMLValue.Entry], indent: Int, continues: Bool = false) {
    for (index, entry) in entries.enumerated() {
      if index > 0 || !continues { pad(indent) }
      output += ScalarText.text(entry.key, inFlow: false)
      output.append(UInt8(ascii: ":"))
      let value = unfolded(entry.value, column: indent + entry.key.count + 2)
      switch value {
      case .mapping(let entries) where !entries.isEmpty:
        newline()
        mapping(entries, indent: indent + 2)
      case .list(let items) where !items.isEmpty:
        newline()
        list(items, indent: indent)
      default:
        output.append(UInt8(ascii: " "))
        line(flow(value), indent: 0)
      }
    }
  }

  private mutating func list(_ items: [YAMLValue], indent: Int) {
    for item in items {
      pad(indent)
      output += "- ".utf8
      let item = unfolded(item, column: indent + 2)
      if case .mapping(let entries) = item, !entries.isEmpty {
        mapping(entries, indent: indent + 2, continues: true)
      } else {
        line(flow(item), indent: 0)
      }
    }
  }

  /// An inline value that does not fit on the line, as a block; anything else as it is.
  private func unfolded(_ value: YAMLValue, column: Int) -> YAMLValue {
    guard case .inline(let inner) = value, column + flow(inner).count > Self.lineLength else { return value }
    return inner
  }

  /// The value between brackets, or a scalar.
  ///
  /// - Parameter nested: does it stand between brackets itself?
  func flow(_ value: YAMLValue, nested: Bool = false) -> [UInt8] {
    switch value {
    case .literal(let text): return Array(text.utf8)
    case .text(let text): return ScalarText.text(text, inFlow: nested)
    case .inline(let inner): return flow(inner, nested: nested)
    case .list(let items):
      return Self.join(items.map { flow($0, nested: true) }, open: "[", close: "]")
    case .mapping(let entries):
      return Self.join(
        entries.map { ScalarText.text($0.key, inFlow: true) + Array(": ".utf8) + flow($0.value, nested: true) },
        open: "{",
        close: "}"
      )
    }
  }

  private static func join(_ parts: [[UInt8]], open: String, close: String) -> [UInt8] {
    Array(open.utf8) + parts.joined(separator: ", ".utf8) + Array(close.utf8)
  }

  private mutating func line(_ text: [UInt8], indent: Int) {
    pad(indent)
    output += text
    newline()
  }

  private mutating func pad(_ indent: Int) {
    output += repeatElement(UInt8(ascii: " "), count: indent)
  }

  private mutating func newline() {
    output.append(UInt8(ascii: "\n"))
  }
}
