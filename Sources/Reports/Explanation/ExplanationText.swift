import Selector
package import Simulator

/// An explanation for a person: the verdict in a line, then a paragraph each for the packet, its reply, and what else to know.
package struct ExplanationText {
  private let explanation: Explanation
  private let nearMisses: NearMisses?
  private let walker: Walker
  private let style: Style
  private let width: Int

  /// Lines that are longer are tiring to read, however wide the window.
  package static let longest = 100

  /// - Parameters:
  ///   - nearMisses: `nil` where nobody asked what nearly matched.
  ///   - width: columns at most; above `longest` no more are used.
  package init(_ explanation: Explanation, nearMisses: NearMisses? = nil, on walker: Walker, style: Style, width: Int) {
    self.explanation = explanation
    self.nearMisses = nearMisses
    self.walker = walker
    self.style = style
    self.width = min(width, Self.longest)
  }

  package var lines: [String] {
    let fill = Paragraphs(width: width)
    let trace = explanation.trace
    let verdict = trace.forward.judgement.isAllowed ? style.good("ALLOW") : style.bad("DENY ")
    var lines = [
      "\(verdict)  \(style.bold(trace.forward.packet.text))  "
        + Style.visible("\(trace.flow.entry.text(on: walker)) on \(walker.topology.node)")
    ]
    for part in Explanation.Part.allCases {
      let sentences = explanation.sentences(of: part)
      if part == .notes {
        for sentence in sentences { lines += [""] + fill.lines("Note: \(sentence.prose.text)") }
      } else if !sentences.isEmpty {
        lines += [""] + fill.lines(sentences.map(\.prose.text).joined(separator: " "))
      }
    }
    return lines + (nearMisses.map(list) ?? [])
  }

  /// The near misses as a list behind an empty line.
  private func list(_ nearMisses: NearMisses) -> [String] {
    let prose = nearMisses.prose(on: walker).map(\.text)
    let items = prose.dropFirst().flatMap { item in
      Paragraphs(width: width - 2).lines(item).enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
    }
    return [""] + prose.prefix(1).flatMap(Paragraphs(width: width).lines) + items
  }
}
