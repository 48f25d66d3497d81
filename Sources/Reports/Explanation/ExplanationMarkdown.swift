package import Simulator

/// An explanation as Markdown, to be pasted into a review or a ticket: names stand in it as code.
package struct ExplanationMarkdown {
  private let explanation: Explanation
  private let nearMisses: NearMisses?
  private let walker: Walker

  package init(_ explanation: Explanation, nearMisses: NearMisses? = nil, on walker: Walker) {
    self.explanation = explanation
    self.nearMisses = nearMisses
    self.walker = walker
  }

  package var text: String {
    let trace = explanation.trace
    let verdict = trace.forward.judgement.isAllowed ? "ALLOW" : "DENY"
    let flow: Prose =
      "\(name: trace.forward.packet.text) \(trace.flow.entry.text(on: walker)) on \(name: walker.topology.node), semantics \(walker.semantics.name)"
    var paragraphs = ["**\(verdict)** \(flow.markdown)"]
    for part in Explanation.Part.allCases {
      let sentences = explanation.sentences(of: part).map(\.prose.markdown)
      if part == .notes {
        paragraphs += sentences.map { "> Note: \($0)" }
      } else if !sentences.isEmpty {
        paragraphs.append(sentences.joined(separator: " "))
      }
    }
    if let nearMisses {
      let lines = nearMisses.prose(on: walker).map(\.markdown)
      paragraphs.append(([lines[0]] + lines.dropFirst().map { "- \($0)" }).joined(separator: "\n"))
    }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }
}

extension Prose {
  /// Names as code, and words such that Markdown takes none of their signs for its own.
  package var markdown: String {
    spans.map { span in
      switch span {
      case .words(let words): Self.escaped(words)
      case .name(let name): Self.code(name)
      }
    }.joined()
  }

  private static func escaped(_ words: String) -> String {
    words.reduce(into: "") { text, character in
      if "\\`*_[]<>#|~&".contains(character) { text.append("\\") }
      text.append(character)
    }
  }

  /// A span of code in as many backticks as its text needs.
  private static func code(_ name: String) -> String {
    let longest = name.split(omittingEmptySubsequences: false) { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let blank = name.hasPrefix("`") || name.hasSuffix("`") || name.isEmpty ? " " : ""
    return fence + blank + name + blank + fence
  }
}
