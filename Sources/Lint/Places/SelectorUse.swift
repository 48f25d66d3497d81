import Selector
import Simulator

/// A selector of a rule, or a tag, which stands for one.
struct SelectorUse {
  var selector: Selector
  /// `selector`, `notSelector`, `tag` or `notTag`.
  var field: String
  var isNegated: Bool
  /// `nil` for a selector.
  var tag: ByteString?

  /// `matches source.selector "role == 'db'"`, `has the tag "db" of source.tag`.
  func phrase(_ end: String) -> String {
    if let tag { return "has the tag \(tag.quoted) of \(end).\(field)" }
    return "matches \(end).\(field) \(selector.text.quoted)"
  }

  /// What follows where no endpoint matches.
  var consequence: String { isNegated ? "it excepts nothing" : "the rule never matches" }
}

extension EntityRule {
  var selectorUses: [SelectorUse] {
    [
      selector.map { SelectorUse(selector: $0, field: "selector", isNegated: false) },
      notSelector.map { SelectorUse(selector: $0, field: "notSelector", isNegated: true) },
      tag.map { SelectorUse(selector: .has($0), field: "tag", isNegated: false, tag: $0) },
      notTag.map { SelectorUse(selector: .has($0), field: "notTag", isNegated: true, tag: $0) },
    ].compactMap(\.self)
  }
}
