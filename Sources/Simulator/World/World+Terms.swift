package import Selector

extension World {
  /// By node of a selector's expression, the endpoints for which that term holds; empty for operators.
  ///
  /// - Complexity: one set operation per term.
  package func endpoints(holdingEachTermOf selector: Selector) -> [Bitset] {
    let expression = selector.expression
    return (0..<expression.count).map { node in
      switch expression.operation(of: node) {
      case .not, .and, .or: return Bitset()
      case .all, .global: return labels.endpoints(matching: .all)
      case .has: return labels.endpoints(matching: .has(expression.label(of: node)))
      case .equal, .notEqual, .isIn, .isNotIn, .contains, .startsWith, .endsWith:
        // A term by itself is a selector, in the generation of the whole; which that is only the term's text can tell.
        let text = ByteString(selector.text.bytes[expression.range(of: node)])
        let term = (try? Selector(text, generation: .v2)) ?? (try? Selector(text, generation: .v3))
        return term.map { labels.endpoints(matching: $0) } ?? Bitset()
      }
    }
  }
}
