import Reports
import Selector
import Simulator

/// What governs an endpoint: stage by stage the policies in the order in which they are asked, each with the labels that made
/// its selector match, then the profiles and the default.
struct GovernanceText {
  private let session: Session
  private let index: Int
  private let endpoint: Endpoint
  private let topology: Topology
  private var style: Style { session.style }

  init(session: Session, endpoint: Int) {
    self.session = session
    index = endpoint
    self.endpoint = session.now.world.endpoints[endpoint]
    topology = Topology(of: self.endpoint.node, in: session.now.world, semantics: session.semantics)
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
    let matching = session.now.world.policies.filter { $0.kind == kind && governs($0) }
    guard !matching.isEmpty else { return ["", "\(style.bold(title))  no policy"] }
    var lines = ["", style.bold(title)]
    for (number, policy) in matching.enumerated() {
      let order = policy.order.map(Session.number) ?? "none"
      let place = policy.location.map { " (\($0.shortFileAndLine))" } ?? ""
      lines.append(
        "  \(number + 1). \(style.bold(Style.visible(policy.name.text)))  order \(order)\(Style.visible(place))\(state(of: policy))"
      )
      let facts = LabelFacts(policy.selector.expression, of: index, in: session.now.world).phrases.joined(separator: ", ")
      let selector = Style.visible(policy.selector.text.text.shortened(to: 90))
      lines.append("     \(selector)  \(style.dim("because " + Style.visible(facts)))")
      lines.append("     \(policy.ingress.count) ingress, \(policy.egress.count) egress rules")
    }
    if kind == .normal, isNormalPolicyInForce {
      lines.append("  then " + style.bad("deny") + " in both directions: no policy matched")
    } else if kind != .normal {
      lines.append("  then the packet goes on")
    }
    return lines
  }

  private func governs(_ policy: Policy) -> Bool {
    session.now.world.labels.endpoints(matching: policy.selector).contains(index)
  }

  private func isInForce(_ policy: Policy) -> Bool {
    !policy.isDisabled && !session.semantics.countsAsMissing(policy)
  }

  private func state(of policy: Policy) -> String {
    if policy.isDisabled { return "  " + style.warning("disabled") }
    return session.semantics.countsAsMissing(policy)
      ? "  " + style.warning("counts as missing") + ": a rule has ICMP type or code 0 (D16)" : ""
  }

  /// Does a policy stand before the profiles, so that only a pass leads to them?
  private var isNormalPolicyInForce: Bool {
    session.now.world.policies.contains { $0.kind == .normal && isInForce($0) && governs($0) }
  }

  /// What no policy takes away: failsafes of a host endpoint.
  private var failsafes: [String] {
    guard endpoint.isHost else { return [] }
    func text(_ ports: [Host.FailsafePort]) -> String {
      ports.isEmpty ? "none" : ports.map { "\($0.protocol):\($0.port)" }.joined(separator: ", ")
    }
    return [
      "",
      "\(style.bold("failsafes"))  open whatever stands above: in \(text(topology.failsafeInbound)); "
        + "out \(text(topology.failsafeOutbound))",
    ]
  }

  private var profiles: [String] {
    let reach = isNormalPolicyInForce ? "  asked only after a pass, as a policy applies" : ""
    guard !endpoint.profiles.isEmpty else {
      // With neither policy nor profile everything is dropped, which surprises most (S20, S42).
      let end = isNormalPolicyInForce ? [] : ["  then \(style.bad("deny")) in both directions: no profile matched"]
      return ["", "\(style.bold("profiles"))  none"] + end + failsafes
    }
    var lines = ["", style.bold("profiles") + reach]
    for name in endpoint.profiles {
      let shown = Style.visible(name.text)
      guard let found = session.now.world.profile(named: name) else {
        lines.append("  \(shown)  \(style.bad("missing")): it denies everything that reaches it")
        continue
      }
      let profile = session.now.world.profiles[found]
      let state = session.semantics.countsAsMissing(profile) ? "  " + style.bad("counts as missing") + " (D16)" : ""
      lines.append("  \(shown)  \(profile.ingress.count) ingress, \(profile.egress.count) egress rules\(state)")
    }
    lines.append("  then " + style.bad("deny") + ": no profile matched")
    return lines + failsafes
  }
}
