import Manifests
import Selector
import Simulator

extension LintRule {
  static let deprecatedField = LintRule(
    id: "GW128", name: "deprecated-field", severity: .info,
    summary: "net, notNet, tag, notTag: deprecated in favour of nets, notNets and selectors",
    claims: [],
    basis:
      "net, notNet, tag and notTag are deprecated; nets and notNets take lists, and tag T means selector has(T) (MANIFESTS A.2)",
    explanation: """
      The rule uses a field that has a successor. It means what it always did, but `calicoctl get` gives it back under the new
      name, `net` and `nets` do not go together in one rule, and later versions of Calico do not know it.

      ```yaml
      ingress:
      - {action: allow, source: {net: 10.0.0.0/8}}
      - {action: allow, source: {tag: web}}
      ```

      The same in today's fields. All `net` and `notNet` of one rule have to change together:

      ```yaml
      ingress:
      - {action: allow, source: {nets: [10.0.0.0/8]}}
      - {action: allow, source: {selector: has(web)}}
      ```
      """
  ) { context in
    guard !context.deprecatedFields.isEmpty else { return [] }
    // Rules that an alias repeats begin at one place.
    let sites = Dictionary(grouping: context.world.placedRules) { $0.rule.location }
    return context.deprecatedFields.flatMap { field in
      (sites[field.rule] ?? []).map { finding(field, in: $0) }
    }
  }

  private static func finding(_ field: DeprecatedField, in site: PlacedRule) -> Finding {
    let entity = field.end == .source ? site.rule.source : site.rule.destination
    let successor =
      switch field.name {
      case .net: "nets"
      case .notNet: "notNets"
      case .tag: "selector: \(Selector.has(entity.tag ?? "").text)"
      case .notTag: "notSelector: \(Selector.has(entity.notTag ?? "").text)"
      }
    let fix: Fix? = isCertain(field.name, entity) ? .replaceDeprecatedField : nil
    return Finding(
      "GW128", .info, at: field.location, length: field.length,
      "\(field.end.rawValue).\(field.name.rawValue) of \(site.words) is deprecated in favour of \"\(successor)\"",
      help: fix == nil ? "join has(…) with the selector that is there by \"&&\"" : nil,
      subject: site.subject(field: [field.end.rawValue, field.name.rawValue]), fix: fix)
  }

  /// A tag becomes a selector only where none stands yet, and only if the selector language can name it.
  private static func isCertain(_ name: DeprecatedField.Name, _ entity: EntityRule) -> Bool {
    switch name {
    case .net, .notNet: true
    case .tag: entity.selector == nil && canBeSelected(entity.tag)
    case .notTag: entity.notSelector == nil && canBeSelected(entity.notTag)
    }
  }

  private static func canBeSelected(_ tag: ByteString?) -> Bool {
    guard let tag, let selector = try? Selector(Selector.has(tag).text) else { return false }
    return selector == .has(tag)
  }
}
