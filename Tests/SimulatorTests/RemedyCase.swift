import Selector
import Simulator
import Testing

/// A world in a few words: a gateway `h` with eth0 (10.0.0.1/24), eth1 (10.1.0.1/24) and workloads w1 and w2, the flow, and
/// what the remedy should come to.
struct RemedyCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var policies: [Policy] = []
  var profiles: [Profile] = []
  /// Does a host endpoint govern eth0 (labelled `on: a`) and eth1 (`on: b`)?
  var governed: Set<String> = ["a", "b"]
  var hasLabels = true
  /// Profiles that every endpoint lists.
  var listed: [ByteString] = []
  var hasDocument = true
  var felix = Host.FelixConfiguration()
  var semantics = Semantics.documented
  var flow: String
  var obstacle: String
  var edits: [String]

  /// The addresses of this family stand in flows and rules as `A`, `B`, `W1`, `W2`, `NEAR` (behind eth0), `NEAR1` (behind
  /// eth1) and `FAR`.
  static let v4 = [
    "A": "10.0.0.1", "B": "10.1.0.1", "W1": "10.65.0.1", "W2": "10.65.0.2", "NEAR": "10.0.0.2", "NEAR1": "10.1.0.2",
    "FAR": "203.0.113.9",
  ]
  static let v6 = [
    "A": "fd00::1", "B": "fd01::1", "W1": "fd65::1", "W2": "fd65::2", "NEAR": "fd00::2", "NEAR1": "fd01::2",
    "FAR": "2001:db8::9",
  ]

  struct NoAddress: Error {
    var text: String
  }

  func resources(_ names: [String: String]) throws -> [Resource] {
    func address(_ name: String) throws -> IPAddress {
      guard let address = IPAddress(names[name] ?? name) else { throw NoAddress(text: name) }
      return address
    }
    let length = names["A"] == "10.0.0.1" ? 24 : 64
    let a = try address("A")
    let b = try address("B")
    let w1 = try address("W1")
    var resources: [Resource] = policies.map { .policy($0) } + profiles.map { .profile($0) }
    if hasDocument {
      resources.append(
        .host(
          Host(
            name: "h",
            interfaces: [
              .init(name: "eth0", addresses: [IPNetwork(address: a, prefixLength: length)]),
              .init(name: "eth1", addresses: [IPNetwork(address: b, prefixLength: length)]), .init(name: "cali9"),
            ],
            routes: [
              .init(to: IPNetwork(address: try address("FAR"), prefixLength: length), interface: "eth0"),
              .init(
                to: IPNetwork(address: try address(length == 24 ? "10.99.0.0" : "fd99::"), prefixLength: length),
                interface: "cali9"),
            ],
            dnat: [.init(protocol: .tcp, address: a, port: 30080, toAddress: w1, toPort: 8080)], felix: felix)))
    }
    for (label, interface, own) in [("a", "eth0", a), ("b", "eth1", b)] where governed.contains(label) {
      resources.append(
        .hostEndpoint(
          HostEndpoint(
            node: "h", name: ByteString("hep-\(label)"), labels: hasLabels ? ["on": ByteString(label)] : [:],
            interfaceName: ByteString(interface), expectedIPs: [own], profiles: listed)))
    }
    for (name, interface) in [("w1", "cali1"), ("w2", "cali2")] {
      resources.append(
        .workloadEndpoint(
          WorkloadEndpoint(
            node: "h", orchestrator: "k8s", workload: ByteString(name), name: "eth0",
            labels: hasLabels ? ["app": ByteString(name)] : [:], interfaceName: ByteString(interface),
            ipNetworks: [IPNetwork(single: try address(name.uppercased()))], profiles: listed)))
    }
    return resources
  }

  func walker(_ names: [String: String]) throws -> Walker {
    Walker(world: World(try resources(names)), node: "h", semantics: semantics)
  }

  func flow(_ names: [String: String], on walker: Walker) throws -> Flow {
    let words = flow.split(separator: " ").map { word -> String in
      let parts = word.split(separator: ":", maxSplits: 1)
      guard let address = names[String(parts[0])] else { return String(word) }
      guard parts.count == 2 else { return address }
      return address.contains(":") ? "[\(address)]:\(parts[1])" : "\(address):\(parts[1])"
    }
    var text = words.joined(separator: " ")
    if names == Self.v6 { text = text.replacing("type 8", with: "type 128").replacing("type 0", with: "type 129") }
    return try FlowResolver(try FlowText(text), source: text, on: walker).resolve()
  }
}

/// An edit as a short line, with the addresses of a case by their names.
struct EditLine {
  let names: [String: String]

  func line(_ edit: RemedyEdit) -> String {
    switch edit {
    case .enable(.policy(let name)): return "enable policy \(name)"
    case .enable(.rule(let list, let index)): return "enable \(list.owner) \(list.name) \(list.direction)[\(index)]"
    case .insert(let insertion):
      let list = insertion.list
      return "\(list.owner) \(list.name) \(list.direction)[\(insertion.index)] \(rule(insertion.rule))"
    case .createPolicy(let policy, _):
      return "new policy \(policy.name) {\(policy.selector.text)}" + rules(policy.ingress, policy.egress)
    case .createProfile(let profile): return "profile \(profile.name)" + rules(profile.ingress, profile.egress)
    case .addProfile(let profile, let endpoint, let place):
      return "new profile \(profile.name)\(rules(profile.ingress, profile.egress)) as \(place) of \(endpoint.name)"
    case .correctProfileName(let endpoint, let place, let from, let to):
      return "\(endpoint.name) \(place): \(from) to \(to)"
    case .setEndpointToHostAction(let node, let action): return "\(node) to host \(action.rawValue)"
    case .removeFailsafe(let node, let direction, let port, let left):
      return "\(node) \(direction) not \(port.protocol) \(port.port), left \(left.map(\.port))"
    }
  }

  private func rules(_ ingress: [Rule], _ egress: [Rule]) -> String {
    ingress.map { " in: \(rule($0))" }.joined() + egress.map { " out: \(rule($0))" }.joined()
  }

  private func rule(_ rule: Rule) -> String {
    var words = [rule.action.rawValue, rule.protocol?.value.description.replacing("icmpv6", with: "icmp") ?? "any"]
    words += [end(rule.source), "->", end(rule.destination)]
    // The type of an IPv6 ping's answer is not zero, so it is written.
    if let type = rule.icmp?.type, type != 129 { words.append("type \(type == 128 ? 8 : type)") }
    return words.joined(separator: " ")
  }

  private func end(_ entity: EntityRule) -> String {
    let addresses = entity.nets.map { net in
      net.prefixLength == net.family.bits ? names.first { $0.value == net.address.description }?.key ?? "?" : "\(net)"
    }
    return addresses.joined(separator: ",") + entity.ports.map { ":\($0)" }.joined()
  }
}
