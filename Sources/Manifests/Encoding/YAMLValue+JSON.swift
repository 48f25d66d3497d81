import Selector

extension YAMLValue {
  /// The value as JSON on one line, with a blank after each comma and colon.
  var json: [UInt8] {
    switch self {
    case .literal(let text): Self.isJSON(text) ? Array(text.utf8) : Self.quoted(ByteString(text))
    case .text(let text): Self.quoted(text)
    case .inline(let value): value.json
    case .list(let items): Self.join(items.map(\.json), "[", "]")
    case .mapping(let entries):
      Self.join(entries.map { Self.quoted($0.key) + Array(": ".utf8) + $0.value.json }, "{", "}")
    }
  }

  private static func join(_ parts: [[UInt8]], _ open: String, _ close: String) -> [UInt8] {
    Array(open.utf8) + parts.joined(separator: ", ".utf8) + Array(close.utf8)
  }

  /// Is a plain YAML scalar of ours the same in JSON? Words such as `allow` are not.
  private static func isJSON(_ text: String) -> Bool {
    if text == "true" || text == "false" { return true }
    return text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
  }

  private static func quoted(_ text: ByteString) -> [UInt8] {
    var result = "\""
    for scalar in text.text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if scalar.value >= 0x20, scalar.value != 0x7f {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return Array((result + "\"").utf8)
  }
}
