import Selector
import Simulator

extension LintRule {
  /// A piece of information, no warning: the documentation says that it is so, and half of those who write `!=` mean it. What
  /// lint can add is an endpoint of this world that shows the difference.
  static let negationMatchesUnlabelled = LintRule(
    id: "GW119", name: "negation-matches-unlabelled", severity: .info,
    summary: "!=, not in or !has that also matches endpoints without the label",
    claims: ["S3"],
    basis:
      "a label that an endpoint does not have equals nothing and is in no set, so != and not in match without it (MANIFESTS A.7)",
    explanation: """
      `!=`, `not in` and `!` match endpoints that do not have the label at all, workloads among them: host endpoints and workload
      endpoints share one namespace of labels.

      ```yaml
      - apiVersion: v1
        kind: policy
        metadata: {name: not-databases}
        spec: {selector: role != "database", ingress: [{action: allow}]}
      - apiVersion: v1
        kind: workloadEndpoint
        metadata: {node: h, orchestrator: k8s, workload: batch, name: eth0, labels: {app: batch}}
        spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32]}
      ```

      If only endpoints with the label are meant, say so: `has(role) && role != "database"`.
      """
  ) { context in
    var search = UnlabelledSearch(context)
    return search.policies() + search.rules()
  }
}

private struct UnlabelledSearch {
  /// Endpoints that are looked at one by one, to find one that matches for want of the label alone.
  private static let mostExamples = 16

  private let context: LintContext
  private var world: World { context.world }
  private var known: [Selector: Match?] = [:]

  /// Endpoints that a selector matches though they do not have a label of it.
  private struct Match {
    var label: ByteString
    var isHas: Bool
    var example: Int
    var unlabelled: Int
    var all: Int
  }

  init(_ context: LintContext) {
    self.context = context
  }

  mutating func policies() -> [Finding] {
    var findings: [Finding] = []
    for policy in world.policies where !policy.isDisabled {
      guard let match = match(policy.selector) else { continue }
      findings.append(
        finding(
          match, at: policy.location, "the selector \(policy.selector.text.quoted) of policy \(policy.name.quoted)",
          Subject(Resource.policy(policy).id, field: ["spec", "selector"])))
    }
    return findings
  }

  mutating func rules() -> [Finding] {
    var findings: [Finding] = []
    for site in context.placedRules {
      for (end, entity) in [("source", site.rule.source), ("destination", site.rule.destination)] {
        for use in entity.selectorUses where use.tag == nil {
          guard let match = match(use.selector) else { continue }
          findings.append(
            finding(
              match, at: site.rule.location, "\(end).\(use.field) \(use.selector.text.quoted) of \(site.words)",
              site.subject(field: [end, use.field])))
        }
      }
    }
    return findings
  }

  private func finding(_ match: Match, at location: SourceLocation?, _ selector: String, _ subject: Subject) -> Finding {
    let example = world.endpoints[match.example]
    let label = match.label.quoted
    return Finding(
      "GW119", .info, at: location,
      "\(selector) \(match.isHas ? "matches" : "also matches") endpoints without the label \(label), such as \(context.words(match.example)): "
        + "\(match.unlabelled) of \(match.all)",
      help: match.isHas ? nil : "write \"has(\(match.label)) && …\" if only endpoints with the label are meant",
      subject: subject, related: [Finding.Related("\(context.words(match.example)), without \(label)", at: example.location)])
  }

  // MARK: The search

  private mutating func match(_ selector: Selector) -> Match? {
    if let match = known[selector] { return match }
    let match = search(selector)
    known[selector] = .some(match)
    return match
  }

  private func search(_ selector: Selector) -> Match? {
    let expression = selector.expression
    guard (0..<expression.count).contains(where: { Self.canExclude(expression.operation(of: $0)) }) else { return nil }
    let matching = world.labels.endpoints(matching: selector)
    for node in 0..<expression.count {
      let label = expression.label(of: node)
      guard !label.isEmpty else { continue }
      let labelled = world.labels.endpoints(matching: .has(label))
      let unlabelled = matching.subtracting(labelled)
      // Where no endpoint has the label, nobody distinguishes by it.
      guard !labelled.isEmpty,
        let example = unlabelled.prefix(Self.mostExamples).first(where: { endpoint in
          let labels = world.labels.labels(of: endpoint)
          return expression.depends(on: node, expression.truths(for: labels))
        })
      else { continue }
      return Match(
        label: label, isHas: expression.operation(of: node) == .has, example: example, unlabelled: unlabelled.count,
        all: matching.count)
    }
    return nil
  }

  /// Only with one of these can a selector match for want of a label.
  private static func canExclude(_ operation: Expression.Operation) -> Bool {
    operation == .notEqual || operation == .isNotIn || operation == .not
  }
}
