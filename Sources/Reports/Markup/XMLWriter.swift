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
    text += content.isEmpty ? "/>\n" : ">\(XMLText.escaped(content, inAttribute: false))</\(name)>\n"
  }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    pad()
    text += "<\(name)"
    for (key, value) in attributes {
      if let value { text += " \(key)=\"\(XMLText.escaped(value, inAttribute: true))\"" }
    }
  }

  private mutating func pad() {
    text += String(repeating: "  ", count: depth)
  }
}
