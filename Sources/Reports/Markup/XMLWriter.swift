/// Writes XML 1.0 into text, indented by two spaces. It sees to escapes, and to characters that XML cannot hold.
///
///     var xml = XMLWriter()
///     xml.element("a", ["b": "1 < 2"]) { $0.element("c", text: "]]>") }
struct XMLWriter {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  /// An element with others in it; an attribute without a value is left out.
  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ body: (inout XMLWriter) -> Void) {
    open(name, attributes)
    text += ">\n"
    depth += 1
    body(&self)
    depth -= 1
    pad()
    text += "</\(name)>\n"
  }

  /// An element with text in it, or with nothing.
  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text content: String = "") {
    open(name, attributes)
    text += content.isEmpty ? "/>\n" : ">\(Self.escaped(content, inAttribute: false))</\(name)>\n"
  }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    pad()
    text += "<\(name)"
    for (key, value) in attributes {
      if let value { text += " \(key)=\"\(Self.escaped(value, inAttribute: true))\"" }
    }
  }

  private mutating func pad() {
    text += String(repeating: "  ", count: depth)
  }

  private static func escaped(_ text: String, inAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      // In `]]>` it has to be one, elsewhere it may.
      case ">": result += "&gt;"
      case "\"" where inAttribute: result += "&quot;"
      // A reader makes blanks of these in an attribute, and a line feed of a carriage return anywhere.
      case "\t" where inAttribute: result += "&#9;"
      case "\n" where inAttribute: result += "&#10;"
      case "\r": result += "&#13;"
      default: result.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{fffd}")
      }
    }
    return result
  }

  /// Production 2 of XML 1.0: not even an escape may stand for another character.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0a, 0x0d, 0x20...0xd7ff, 0xe000...0xfffd, 0x10000...0x10ffff: true
    default: false
    }
  }
}
