import Simulator

/// Text that names no rule of lint.
package struct UnknownRule: Error, Hashable {
  package var text: String
  /// The id or name that was probably meant.
  package var closest: String?
}

extension LintRule {
  /// The rule that a person means: by id, in upper or lower case, or by name.
  package static func meant(by text: String) throws(UnknownRule) -> LintRule {
    let wanted = text.lowercased()
    if let rule = all.first(where: { $0.id.lowercased() == wanted || $0.name == wanted }) { return rule }
    throw UnknownRule(text: text, closest: closestName(to: text, among: all.flatMap { [$0.id, $0.name] }))
  }

  /// All rules, or only some, without others.
  ///
  /// - Parameter only: no text means all rules.
  package static func chosen(only: [String], without: [String]) throws(UnknownRule) -> [LintRule] {
    var wanted: Set<String> = []
    for text in only { wanted.insert(try meant(by: text).id) }
    var unwanted: Set<String> = []
    for text in without { unwanted.insert(try meant(by: text).id) }
    return all.filter { (only.isEmpty || wanted.contains($0.id)) && !unwanted.contains($0.id) }
  }
}
