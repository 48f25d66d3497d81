import Selector
import Simulator

extension LintRule {
  static let contradictoryRule = LintRule(
    id: "GW116", name: "contradictory-rule", severity: .warning,
    summary: "rule that no packet can match: its own criteria contradict each other",
    claims: ["S26"],
    basis: "all criteria of a rule have to hold for it to match; one whose nets are of the other family does not match",
    explanation: """
      Everything that a rule gives has to hold at once. A network within one that `notNets` excludes, a protocol that `notProtocol`
      names, ICMP types beside TCP, IPv6 networks beside the name `icmp`: no packet is both, so the rule does nothing.

      ```yaml
      apiVersion: v1
      kind: policy
      metadata: {name: web}
      spec:
        selector: role == 'web'
        ingress:
        - action: allow
          protocol: tcp
          source: {nets: [10.1.0.0/16], notNets: [10.0.0.0/8]}
          destination: {ports: [80]}
      ```

      Remove one of the criteria that the message names, or make two rules of it.
      """
  ) { context in
    var packets = RulePackets(context.world)
    return context.placedRules.compactMap { placed in
      guard packets.packets(of: placed.rule).isEmpty, let found = packets.contradiction(in: placed.rule) else { return nil }
      // Selectors that stand for nobody are other rules' matter (GW105, GW118).
      switch found.subject {
      case .disabled, .noAddress: return nil
      default: return Self.contradiction(placed, found)
      }
    }
  }

  private static func contradiction(_ placed: PlacedRule, _ found: Contradiction) -> Finding {
    var fields: [String] = []
    for field in found.criteria.map(\.field) where !fields.contains(field) { fields.append(field) }
    let names = fields.map { "\"\($0)\"" }
    let which =
      names.count < 2 ? (names.first ?? "it") : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    let reason = found.dependsOnEndpoints ? "\(found.subject.reason), with the endpoints that there are" : found.subject.reason
    let verb = names.count < 2 ? "contradicts itself" : "contradict each other"
    return Finding(
      "GW116", .warning, at: placed.rule.location,
      "\(placed.words) matches no packet: \(which) \(verb), \(reason)",
      help: "remove one of them, or make two rules", subject: placed.subject())
  }
}

extension Contradiction.Subject {
  fileprivate var reason: String {
    switch self {
    case .family: "since a packet is IPv4 or IPv6"
    case .protocol: "since no protocol is left"
    case .sourcePorts: "since no source port is left"
    case .destinationPorts: "since no destination port is left"
    case .icmp: "since no ICMP type is left"
    case .source: "since no source address is left"
    case .destination: "since no destination address is left"
    case .disabled, .noAddress: "since nothing is left"
    }
  }
}
