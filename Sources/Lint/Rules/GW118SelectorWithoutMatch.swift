import Selector
import Simulator

extension LintRule {
  static let selectorWithoutMatch = LintRule(
    id: "GW118", name: "selector-without-match", severity: .warning,
    summary: "selector that matches no endpoint",
    claims: ["S3", "S38", "S39"],
    basis: """
      a policy's selector picks the endpoints that it governs; a selector in a rule stands for the addresses of the endpoints \
      that it matches
      """,
    explanation: """
      A selector matches no endpoint that is known. A policy with it governs nothing, a rule with it in `selector` never matches,
      and in `notSelector` it excepts nothing. Most often a key or a value is misspelt.

      ```yaml
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: eth0, node: my-host, labels: {role: webserver}}
        spec: {interfaceName: eth0}
      - apiVersion: v1
        kind: policy
        metadata: {name: web}
        spec: {selector: role == "web-server", ingress: [{action: allow}]}
      ```

      Write what the endpoints have, here `role == "webserver"`, or label the endpoints. Where they come later, suppress this.
      """
  ) { context in
    // Without endpoints no selector can match anything.
    guard !context.world.endpoints.isEmpty else { return [] }
    var search = SearchForMatches(context)
    return search.policies() + search.rules()
  }
}

private struct SearchForMatches {
  /// Selectors for which a suggestion is looked for; each costs a look at all endpoints.
  private static let mostSuggestions = 50

  private let context: LintContext
  private var world: World { context.world }
  private var vocabulary: LabelVocabulary?
  private var suggestions: [Selector: Suggestion] = [:]

  init(_ context: LintContext) {
    self.context = context
  }

  mutating func policies() -> [Finding] {
    var findings: [Finding] = []
    for policy in world.policies where !policy.isDisabled {
      guard world.labels.endpoints(matching: policy.selector).isEmpty else { continue }
      let id = Resource.policy(policy).id
      findings.append(
        finding(
          policy.selector, at: policy.location, Subject(id, field: ["spec", "selector"]),
          "no endpoint matches the selector \(policy.selector.text.quoted) of policy \(policy.name.quoted): it governs nothing")
      )
    }
    return findings
  }

  mutating func rules() -> [Finding] {
    var findings: [Finding] = []
    for site in context.placedRules {
      for (end, entity) in [("source", site.rule.source), ("destination", site.rule.destination)] {
        for use in entity.selectorUses where context.endpoints(matching: use.selector).isEmpty {
          findings.append(
            finding(
              use.selector, at: site.rule.location, site.subject(field: [end, use.field]),
              "no endpoint \(use.phrase(end)) of \(site.words): \(use.consequence)"))
        }
      }
    }
    return findings
  }

  private mutating func finding(
    _ selector: Selector, at location: SourceLocation?, _ subject: Subject, _ message: String
  ) -> Finding {
    let suggestion = suggestion(for: selector)
    return Finding(
      "GW118", .warning, at: location, message, help: suggestion.help, subject: subject, related: suggestion.related)
  }

  // MARK: Suggestions

  private struct Suggestion {
    var help: String?
    var related: [Finding.Related] = []
  }

  private mutating func suggestion(for selector: Selector) -> Suggestion {
    if let known = suggestions[selector] { return known }
    guard suggestions.count < Self.mostSuggestions else { return Suggestion() }
    let vocabulary = vocabulary ?? LabelVocabulary(world)
    self.vocabulary = vocabulary
    let suggestion = respelt(selector, vocabulary) ?? nearest(selector) ?? Suggestion()
    suggestions[selector] = suggestion
    return suggestion
  }

  private func respelt(_ selector: Selector, _ vocabulary: LabelVocabulary) -> Suggestion? {
    vocabulary.respelling(of: selector, in: world).map { respelt in
      Suggestion(
        help: "did you mean \(respelt.selector.text.shortened(to: 100))? it matches \(context.words(respelt.matching))",
        related: context.related(respelt.matching))
    }
  }

  /// The endpoint that one term alone keeps from matching.
  private func nearest(_ selector: Selector) -> Suggestion? {
    let scan = NearMissScan(selector, in: world, matching: Bitset(), most: 1)
    guard let near = scan.findings.first, near.terms.count == 1, selector.expression.count > 1 else { return nil }
    let endpoint = world.endpoints[near.endpoint]
    let expression = selector.expression
    let term = ByteString(selector.text.bytes[expression.range(of: near.terms[0])])
    let label = expression.label(of: near.terms[0])
    let fact = world.labels.labels(of: near.endpoint)[label].map { "\(label.quoted) is \($0.quoted) there" }
    return Suggestion(
      help: "\(context.words(near.endpoint)) comes nearest: only \(term.shortened(to: 60)) keeps it from matching",
      related: [
        Finding.Related("\(context.words(near.endpoint)): \(fact ?? "no label \(label.quoted)")", at: endpoint.location)
      ])
  }
}
