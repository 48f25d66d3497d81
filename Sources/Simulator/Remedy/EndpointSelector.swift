import Selector

/// The shortest conjunction of an endpoint's own labels that no other endpoint satisfies.
struct EndpointSelector {
  let endpoint: Int
  let world: World

  /// `nil` if labels do not tell the endpoint apart.
  var selector: Selector? {
    var terms = world.endpoints[endpoint].labels.sorted.compactMap { term($0) }
    terms.sort { $0.matches.count < $1.matches.count }
    guard !terms.isEmpty else { return nil }
    var chosen: [Term] = []
    var left = Bitset(below: world.endpoints.count)
    for term in terms where left.count > 1 {
      let narrower = left.intersection(term.matches)
      if narrower.count < left.count || chosen.isEmpty {
        chosen.append(term)
        left = narrower
      }
    }
    guard left == [endpoint] else { return nil }
    chosen = withoutIdle(chosen)
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

  /// `key == 'value'`; `nil` where the language cannot write it.
  private func term(_ label: LabelSet.Label) -> Term? {
    let quote: [UInt8] = [label.value.bytes.contains(UInt8(ascii: "'")) ? UInt8(ascii: "\"") : UInt8(ascii: "'")]
    let text = ByteString(bytes: label.key.bytes + Array(" == ".utf8) + quote + label.value.bytes + quote)
    guard let selector = try? Selector(text) else { return nil }
    let matches = world.labels.endpoints(matching: selector)
    return matches.contains(endpoint) ? Term(text: text, matches: matches) : nil
  }

  /// Terms that others make needless are left out.
  private func withoutIdle(_ terms: [Term]) -> [Term] {
    var terms = terms
    for place in terms.indices.reversed() where terms.count > 1 {
      var fewer = terms
      fewer.remove(at: place)
      let matches = fewer.dropFirst().reduce(fewer[0].matches) { $0.intersection($1.matches) }
      if matches == [endpoint] { terms = fewer }
    }
    return terms
  }
}
