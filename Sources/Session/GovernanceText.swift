import Reports
import Selector
import Simulator

/// What governs an endpoint: stage by stage the policies in the order in which they are asked, each with the labels that made
/// its selector match, then the profiles and the default.
struct GovernanceText {
  private let session: Session
  private let index: Int
  private let endpoint: Endpoint
  private var style: Style { session.style }

  init(session: Session, endpoint: Int) {
    self.session = session
    index = endpoint
    self.endpoint = session.now.world.endpoints[endpoint]
  }

  var lines: [String] {
    let labels = session.now.world.labels.labels(of: index).sorted.map {
      $0.value.isEmpty ? $0.key.text : "\($0.key)=\($0.value)"
    }
    let head = "\(endpoint.isHost ? "host endpoint" : "workload endpoint") \(endpoint.name)"
    var lines = [
      style.bold(Style.visible(head)) + standing,
      "labels \(labels.isEmpty ? "none" : Style.visible(labels.joined(separator: ", ")))",
    ]
    for kind in endpoint.isHost ? PolicyKind.allCases : [.normal] { lines += stage(kind) }
    return lines + profiles
  }

  /// Does a policy stand before the profiles, so that only a pass leads to them?
  private var isNormalPolicyInForce: Bool {
    session.now.world.policies.contains { policy in
      policy.kind == .normal && !policy.isDisabled
        && session.now.world.labels.endpoints(matching: policy.selector).contains(index)
    }
  }

  /// Which interface it governs, or that it governs none.
  private var standing: String {
    var judge = session.judge
    guard let topology = judge.walker(node: endpoint.node)?.topology else { return "" }
    let interfaces = topology.interfaces.filter { $0.endpoint == index }.map(\.name.text)
    return interfaces.isEmpty
      ? ", \(style.bad("governs no interface")): see \"show warnings\""
      : " on \(interfaces.joined(separator: ", ")) of \(endpoint.node)"
  }

  private func stage(_ kind: PolicyKind) -> [String] {
    let title = endpoint.isHost ? kind.rawValue : "workload"
    let matching = session.now.world.policies.filter { policy in
      policy.kind == kind && session.now.world.labels.endpoints(matching: policy.selector).contains(index)
    }
    guard !matching.isEmpty else { return ["", "\(style.bold(title))  no policy"] }
    var lines = ["", style.bold(title)]
    for (number, policy) in matching.enumerated() {
      let order = policy.order.map(Session.number) ?? "none"
      let place = policy.location.map { " (\($0.shortFileAndLine))" } ?? ""
      let state = policy.isDisabled ? "  " + style.warning("disabled") : ""
      lines.append(
        "  \(number + 1). \(style.bold(Style.visible(policy.name.text)))  order \(order)\(Style.visible(place))\(state)")
      let facts = LabelFacts(policy.selector.expression, of: index, in: session.now.world).phrases
      lines.append(
        "     \(Style.visible(policy.selector.text.text.shortened(to: 90)))  \(style.dim("because " + Style.visible(facts.joined(separator: ", "))))"
      )
      lines.append("     \(policy.ingress.count) ingress, \(policy.egress.count) egress rules")
    }
    let isEnforced = matching.contains { !$0.isDisabled }
    if kind == .normal, isEnforced {
      lines.append(
        "  then " + style.bad("deny") + " in both directions: no policy matched")
    } else if kind != .normal {
      lines.append("  then the packet goes on")
    }
    return lines
  }

  private var profiles: [String] {
    guard !endpoint.profiles.isEmpty else { return ["", "\(style.bold("profiles"))  none"] }
    var lines = ["", style.bold("profiles") + (isNormalPolicyInForce ? "  asked only after a pass, as a policy applies" : "")]
    for name in endpoint.profiles {
      let shown = Style.visible(name.text)
      if let found = session.now.world.profile(named: name) {
        let profile = session.now.world.profiles[found]
        lines.append("  \(shown)  \(profile.ingress.count) ingress, \(profile.egress.count) egress rules")
      } else {
        lines.append("  \(shown)  \(style.bad("missing")): it denies everything that reaches it")
      }
    }
    lines.append("  then " + style.bad("deny") + ": no profile matched")
    return lines
  }
}
