package import Selector

/// Text for people in which names stand apart from words, so that each way of printing can show them as such.
///
///     let prose: Prose = "policy \(name: "web") allows it"
///     prose.text       // policy web allows it
///     prose.markdown   // policy `web` allows it
package struct Prose: Hashable, Sendable, ExpressibleByStringInterpolation {
  package enum Span: Hashable, Sendable {
    case words(String)
    /// What the manifests call something, or where it stands in them.
    case name(String)
  }

  private(set) package var spans: [Span]

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var spans: [Span] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { append(words: literal) }
    package mutating func appendInterpolation(_ words: String) { append(words: Style.visible(words)) }
    package mutating func appendInterpolation(_ value: some BinaryInteger) { append(words: "\(value)") }
    package mutating func appendInterpolation(_ prose: Prose) { spans += prose.spans }
    package mutating func appendInterpolation(name: ByteString) { spans.append(.name(Style.visible(name.text))) }
    package mutating func appendInterpolation(name: String) { spans.append(.name(Style.visible(name))) }

    private mutating func append(words: String) {
      if !words.isEmpty { spans.append(.words(words)) }
    }
  }

  package init(stringLiteral value: String) { spans = value.isEmpty ? [] : [.words(value)] }
  package init(stringInterpolation: StringInterpolation) { spans = stringInterpolation.spans }

  private init(spans: [Span]) { self.spans = spans }

  package static func + (left: Prose, right: Prose) -> Prose { Prose(spans: left.spans + right.spans) }
  package static func += (left: inout Prose, right: Prose) { left = left + right }

  package var isEmpty: Bool { spans.isEmpty }

  package var text: String {
    spans.map { span in
      switch span {
      case .words(let words): words
      case .name(let name): name
      }
    }.joined()
  }

  /// With its first letter large, if it begins with a word of ours: names stay as they are.
  package var capitalised: Prose {
    guard case .words(let words) = spans.first, let first = words.first else { return self }
    return Prose(spans: [.words(first.uppercased() + words.dropFirst())] + spans.dropFirst())
  }

  /// `a`, `a and b`, `a, b and c`.
  package static func list(_ items: [Prose], _ word: String = "and") -> Prose {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().dropFirst().reduce(items[0]) { $0 + ", " + $1 } + " \(word) " + last
  }

  /// The same of names; beyond a few it says how many more there are.
  package static func names(_ names: [ByteString], limit: Int = 3) -> Prose {
    let shown = names.count <= limit + 1 ? names.count : limit
    let rest = names.count - shown
    return list(names.prefix(shown).map { "\(name: $0)" } + (rest > 0 ? ["\(rest) more"] : []))
  }
}
