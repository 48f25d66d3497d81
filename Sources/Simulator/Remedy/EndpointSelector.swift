import Selector

/// The fewest of an endpoint's own labels that no other known endpoint has: one, else two, else all. Never `all()`, which
/// would select whatever endpoint comes next.
struct EndpointSelector {
  let endpoint: Int
  let world: World

  /// `nil` if labels do not tell the endpoint apart, or if it has none of its own.
  var selector: Selector? {
    let terms = world.endpoints[endpoint].labels.sorted.compactMap { term($0) }
    guard !terms.isEmpty, let chosen = single(terms) ?? pair(terms) ?? whole(terms) else { return nil }
    let text = chosen.map(\.text.bytes).joined(separator: " && ".utf8)
    guard let selector = try? Selector(ByteString(bytes: Array(text))),
      world.labels.endpoints(matching: selector) == [endpoint]
    else { return nil }
    return selector
  }

  private struct Term {
    var text: ByteString
    var matches: Bitset
  }

  private func single(_ terms: [Term]) -> [Term]? {
    terms.first { $0.matches == [endpoint] }.map { [$0] }
  }

  private func pair(_ terms: [Term]) -> [Term]? {
    for (place, first) in terms.enumerated() {
      for second in terms[(place + 1)...] where first.matches.intersection(second.matches) == [endpoint] {
        return [first, second]
      }
    }
    return nil
  }

  private func whole(_ terms: [Term]) -> [Term]? {
    terms.dropFirst().reduce(terms[0].matches) { $0.intersection($1.matches) } == [endpoint] ? terms : nil
  }

  /// `key == 'value'`; `nil` where the language cannot write it.
  private func term(_ label: LabelSet.Label) -> Term? {
    let quote: [UInt8] = [label.value.bytes.contains(UInt8(ascii: "'")) ? UInt8(ascii: "\"") : UInt8(ascii: "'")]
    let text = ByteString(bytes: label.key.bytes + Array(" == ".utf8) + quote + label.value.bytes + quote)
    guard let selector = try? Selector(text) else { return nil }
    let matches = world.labels.endpoints(matching: selector)
    return matches.contains(endpoint) ? Term(text: text, matches: matches) : nil
  }
}
