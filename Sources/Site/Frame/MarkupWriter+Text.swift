import Pictures
import Reports

/// Text in which names are told from words.
extension MarkupWriter {
  /// The little Markdown that explanations of lint are written in: paragraphs, blocks of code, and code within a line.
  ///
  /// - Parameter label: what blocks are called for who cannot see where they stand.
  mutating func markdown(_ text: String, label: String) {
    var paragraph: [Substring] = []
    var block: [Substring]?
    var blocks = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        flush(&paragraph)
        if let lines = block {
          blocks += 1
          element("pre", ["class": "block", "tabindex": "0", "role": "region", "aria-label": "\(label), example \(blocks)"]) {
            $0.write(lines.map { "\($0)\n" }.joined())
          }
          block = nil
        } else {
          block = []
        }
      } else if block != nil {
        block?.append(line)
      } else if line.isEmpty {
        flush(&paragraph)
      } else {
        paragraph.append(line)
      }
    }
    flush(&paragraph)
  }

  private mutating func flush(_ lines: inout [Substring]) {
    guard !lines.isEmpty else { return }
    let text = lines.joined(separator: "\n")
    element("p") { html in
      for (number, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
        if number.isMultiple(of: 2) { html.write(String(part)) } else { html.code(String(part)) }
      }
    }
    lines = []
  }

  /// Sentences in which names stand apart, as code.
  mutating func prose(_ sentences: [Prose]) {
    element("p") { html in
      for (number, sentence) in sentences.enumerated() {
        if number > 0 { html.write(" ") }
        for span in sentence.spans {
          switch span {
          case .words(let words): html.write(words)
          case .name(let name): html.code(name)
          }
        }
      }
    }
  }

  /// Code within a line, with nothing behind it that would be a blank.
  private mutating func code(_ text: String) {
    raw("<code>")
    write(text)
    raw("</code>")
  }
}
