package import Selector
package import Simulator

/// Why a selector matches an endpoint, or does not: what the endpoint has of the labels that settle it.
///
///     // role == "web" && (has(x) || env == "prod") && !has(legacy)
///     LabelFacts(selector.expression, of: 3, in: world).phrases
///     // role = "web" (own label), has tag x (profile p), no label legacy
package struct LabelFacts: Sendable {
  /// Does the selector match?
  package let matches: Bool
  /// A phrase for each term that contributes, in the order of the text, none of them twice.
  ///
  /// Where one of several operands is enough (one that holds of `||`, one that fails of `&&`), the first speaks for all.
  package let phrases: [String]

  /// - Complexity: O(*n*) in the number of the selector's terms, times the cost of finding a label.
  package init(_ expression: Expression, of endpoint: Int, in world: World) {
    self.init(expression, LabelOrigins(of: endpoint, in: world))
  }

  init(_ expression: Expression, _ origins: LabelOrigins) {
    let truths = expression.truths(for: origins.labels)
    let fact = TermFact(expression: expression, origins: origins)
    var seen: Set<ByteString> = []
    matches = truths[expression.root]
    phrases = expression.reasons(truths).filter { seen.insert(Self.subject(of: $0, expression)).inserted }
      .map { fact.phrase($0, .full) }
  }

  /// What a term's phrase is about: its label, or of `all()` and `global()`, which have none, what no label is called.
  private static func subject(of term: Int, _ expression: Expression) -> ByteString {
    switch expression.operation(of: term) {
    case .all: "all()"
    case .global: "global()"
    default: expression.label(of: term)
    }
  }
}
