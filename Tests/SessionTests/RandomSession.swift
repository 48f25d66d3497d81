/// Inputs drawn at random, most of them good ones, for the shop's world.
struct RandomSession {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
  }

  /// xorshift64*.
  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_f491_4f6c_dd1d
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  static let policies = ["web", "shop", "extra", "more"]
  static let endpoints = ["eth0-hep", "gw/k8s/shop/eth0", "second", "base"]
  static let selectors = ["all()", "role == \"gateway\"", "app == 'shop'", "has(known)", "!has(role) || zone in {'edge'}"]

  mutating func flow() -> String {
    let proto = pick(["tcp", "udp", "icmp"])
    let port = proto == "icmp" ? "" : ":\(pick([22, 80, 8080, 8443, 30080]))"
    let source = pick(["203.0.113.9", "198.51.100.7", "10.65.0.1", "10.1.0.9"])
    let destination = pick(["10.0.0.1", "10.65.0.1", "10.1.0.9", "8.8.8.8"])
    return "\(proto) \(source) -> \(destination)\(port) in \(pick(["eth0", "eth1"]))"
  }

  /// A change that may or may not be possible when it comes.
  mutating func edit() -> String {
    let policy = pick(Self.policies)
    switch below(12) {
    case 0: return "delete policy \(policy)"
    case 1: return "set policy \(policy) order \(pick(["1", "50", "none", "300.5"]))"
    case 2: return "set policy \(policy) selector \(pick(Self.selectors))"
    case 3: return "set policy \(policy) \(pick(["preDNAT", "doNotTrack"])) \(pick(["true", "false"]))"
    case 4: return "label \(pick(Self.endpoints)) \(pick(["role", "app", "zone"]))=\(pick(["gateway", "shop", "edge"]))"
    case 5: return "unlabel \(pick(Self.endpoints)) \(pick(["role", "app", "zone", "tier"]))"
    case 6: return "\(pick(["disable", "enable"])) policy \(policy)" + pick(["", " ingress[0]", " ingress[1]", " egress[0]"])
    case 7: return "failsafe \(pick(["in", "out"])) \(pick(["none", "default", "tcp:22", "udp:68,tcp:80"]))"
    case 8:
      return
        "delete \(pick(["hostEndpoint gw/eth0-hep", "profile base", "node gw", "workloadEndpoint gw/k8s/shop/eth0", "Host gw"]))"
    case 9: return policyText(policy)
    case 10:
      return
        "apply\n- {apiVersion: v1, kind: hostEndpoint, metadata: {name: second, node: gw, labels: {role: \(pick(["gateway", "x"]))}}, "
        + "spec: {interfaceName: eth1, expectedIPs: [10.1.0.1]}}"
    default: return "set hostEndpoint \(pick(["gw/eth0-hep", "gw/second"])) profiles \(pick(["none", "base", "base,nobody"]))"
    }
  }

  private mutating func policyText(_ name: String) -> String {
    let rules = (0..<below(3)).map { _ in
      "  - {action: \(pick(["allow", "deny", "pass", "log"])), protocol: tcp, destination: {ports: [\(pick([80, 8080, 8443]))]}}"
    }
    return """
      apiVersion: v1
      kind: policy
      metadata: {name: \(name)}
      spec:
        order: \(below(400))
        selector: \(pick(Self.selectors.dropLast()))
        ingress: \(rules.isEmpty ? "[]" : "")
      \(rules.joined(separator: "\n"))
      """
  }

  /// Any input at all, half of it nonsense.
  mutating func line() -> String {
    switch below(10) {
    case 0: return edit()
    case 1: return flow()
    // The search for a change is dear in a debug build, so it is asked for less often.
    case 2: return (below(20) == 0 ? "why not " : pick(["watch ", "why ", "trace "])) + flow()
    case 3:
      return pick([
        "undo", "redo", "reset", "changes", "watch", "unwatch all", "diff", "show", "help", "fix", "why", "semantics",
      ])
    case 4: return pick(["checkpoint a", "back a", "diff a", "semantics calico-2.4", "semantics documented", "show policies"])
    case 5: return pick(["select ", "explain "]) + pick(Self.selectors) + pick(["", " for shop", " for"])
    case 6: return mutilated(pick([edit(), flow(), "explain " + pick(Self.selectors)]))
    case 7:
      return mutilated(pick(["show policies web", "policies on eth0-hep", "help why not", "label shop a=b", "unwatch 1"]))
    case 8: return words()
    default: return bytes()
    }
  }

  /// With a few bytes lost, doubled or replaced.
  private mutating func mutilated(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...below(4) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(3) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(bytes[place], at: place)
      default: bytes[place] = UInt8(truncatingIfNeeded: next())
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func words() -> String {
    let known = [
      "watch", "show", "tcp", "->", "10.0.0.1:80", "in", "eth0", "policy", "web", "'", "\"", "{", "(", "for", ";", "set",
      "selector",
      "order", "apply", "<<X", "save", "scenario", "--force", "ingress[0]", "é", "日本", "\u{1F469}\u{200D}\u{1F4BB}", "\\", "#",
      "[::1]:80",
    ].filter { $0 != "save" }
    return (0...below(8)).map { _ in pick(known) }.joined(separator: pick([" ", "", "\n", "\t"]))
  }

  private mutating func bytes() -> String {
    String(decoding: (0..<below(40)).map { _ in UInt8(truncatingIfNeeded: next()) }, as: UTF8.self)
  }
}
