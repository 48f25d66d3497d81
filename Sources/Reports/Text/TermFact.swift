import Selector

/// What there is of the label that a term asks about, in a short phrase.
struct TermFact {
  enum Manner {
    /// `role = "web" (own label)`, `env = "prod" (profile base)`, `has tag x (profile p)`, `no label legacy`, `all()`.
    case full
    /// As `full`, but nothing is said of a label being the endpoint's own.
    case brief
    /// `role = "web", own label`, `env = "prod", from profile base`, `x, tag of profile p`.
    case remark
  }

  private static let longest = 60

  let expression: Expression
  let origins: LabelOrigins

  func phrase(_ term: Int, _ manner: Manner) -> String {
    switch expression.operation(of: term) {
    case .all: return "all()"
    case .global: return "global()"
    default: break
    }
    let label = expression.label(of: term)
    let key = label.shortened(to: Self.longest)
    guard let (value, origin) = origins[label] else { return "no label \(key)" }
    let pair = "\(key) = \"\(value.shortened(to: Self.longest))\""
    switch (origin, manner) {
    case (.own, .full): return "\(pair) (own label)"
    case (.own, .remark): return "\(pair), own label"
    case (.own, .brief), (.given, _): return pair
    case (.profile(let name), .remark): return "\(pair), from profile \(name.shortened(to: Self.longest))"
    case (.profile(let name), _): return "\(pair) (profile \(name.shortened(to: Self.longest)))"
    case (.tag(let name), .remark): return "\(key), tag of profile \(name.shortened(to: Self.longest))"
    case (.tag(let name), _): return "has tag \(key) (profile \(name.shortened(to: Self.longest)))"
    }
  }
}
