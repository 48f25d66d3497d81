package import Reports
import Selector
package import Simulator

/// A small world on one screen: its hosts and endpoints, and its policies with their rules in the order in which they are asked.
package struct WorldText: Sendable {
  private let world: World
  private let style: Style

  package init(_ world: World, style: Style) {
    self.world = world
    self.style = style
  }

  package var lines: [String] { hosts + policies + profiles }

  private var hosts: [String] {
    world.nodes.flatMap { node -> [String] in
      let host = world.host(named: node)
      let interfaces =
        host?.interfaces.map { "\($0.name) \($0.addresses.map(\.description).joined(separator: " "))".trimmedEnd } ?? []
      let head =
        "\(style.bold("host")) \(Style.visible(node.text))"
        + (interfaces.isEmpty ? "" : ": " + Style.visible(interfaces.joined(separator: ", ")))
      let endpoints = world.endpoints.filter { $0.node == node }.sorted { $0.name < $1.name }.map(line)
      return [head] + endpoints + (host.map(details) ?? [])
    }
  }

  private func details(_ host: Host) -> [String] {
    var lines = host.dnat.map { rule in
      let from = "\(rule.address)\(rule.port.map { ":\($0)" } ?? "")"
      let to = "\(rule.toAddress)\(rule.toPort.map { ":\($0)" } ?? "")"
      return "  dnat \(rule.protocol.map { "\($0) " } ?? "")\(from) becomes \(to)"
    }
    func failsafe(_ word: String, _ ports: [Host.FailsafePort]?) {
      guard let ports else { return }
      lines.append(
        "  failsafe \(word) " + (ports.isEmpty ? "none" : ports.map { "\($0.protocol):\($0.port)" }.joined(separator: ", ")))
    }
    failsafe("in", host.felix.failsafeInbound)
    failsafe("out", host.felix.failsafeOutbound)
    if let action = host.felix.defaultEndpointToHostAction { lines.append("  defaultEndpointToHostAction \(action.rawValue)") }
    return lines.map(Style.visible)
  }

  private func line(_ endpoint: Endpoint) -> String {
    let labels = endpoint.labels.sorted.map { $0.value.isEmpty ? $0.key.text : "\($0.key)=\($0.value)" }
    var parts = ["\(endpoint.isHost ? "host endpoint" : "workload") \(endpoint.shortName)"]
    if let interface = endpoint.interfaceName { parts.append("on \(interface)") }
    if !endpoint.addresses.isEmpty { parts.append(endpoint.addresses.map(\.description).joined(separator: " ")) }
    parts.append(labels.isEmpty ? "no labels" : "labels \(labels.joined(separator: ", "))")
    if !endpoint.profiles.isEmpty { parts.append("profiles \(endpoint.profiles.map(\.text).joined(separator: ", "))") }
    return "  " + Style.visible(parts.joined(separator: "; "))
  }

  /// Stage by stage, as a packet meets them.
  private var policies: [String] {
    PolicyKind.allCases.flatMap { kind in world.policies.filter { $0.kind == kind } }.flatMap { policy -> [String] in
      let kind = policy.kind == .normal ? "" : policy.kind == .preDNAT ? "pre-DNAT " : "untracked "
      let off = policy.isDisabled ? " (disabled)" : ""
      let order =
        policy.order.map { "order \($0 == $0.rounded() && abs($0) < 1e15 ? String(Int($0)) : String($0))" } ?? "no order"
      let head =
        "\(kind)\(style.bold("policy")) \(Style.visible("\(policy.name)\(off): \(order), selects \(policy.selector.text.text)"))"
      return [head] + rules(policy.ingress, .ingress) + rules(policy.egress, .egress)
    }
  }

  private var profiles: [String] {
    world.profiles.sorted { $0.name < $1.name }.flatMap { profile in
      ["\(style.bold("profile")) \(Style.visible(profile.name.text))"] + rules(profile.ingress, .ingress)
        + rules(profile.egress, .egress)
    }
  }

  private func rules(_ rules: [Rule], _ direction: Direction) -> [String] {
    rules.enumerated().map { "  \(direction.rawValue)[\($0)] \(RuleText(rule: $1).text)" }
  }
}

extension String {
  fileprivate var trimmedEnd: String { last == " " ? String(dropLast()) : self }
}
