import Selector
import Simulator

/// A small world drawn at random, with packets that might be asked about. Which are worth asking the engine tells.
struct QuizWorld: Sendable {
  private(set) var resources: [Resource] = []
  /// Flows as a person types them.
  private(set) var flows: [String] = []
  private var dice: QuizDice

  private typealias Names = QuizNames

  /// The highest level that has a subject of its own; beyond it all are mixed.
  static let subjects = 5

  /// - Parameter subject: what it is about, from 1: a host and its endpoint, order and profiles, workloads, NodePorts and pre-DNAT
  ///   policy, untracked policy and forwarding.
  init(subject: Int, dice: inout QuizDice) {
    self.dice = dice
    switch subject {
    case 1: buildHost(policies: 1...2, isSimple: true)
    case 2: buildHost(policies: 2...3, isSimple: false)
    case 3: buildWorkloads()
    case 4: buildNodePorts()
    default: buildGateway()
    }
    dice = self.dice
  }

  private mutating func add(_ policy: Policy?) {
    if let policy { resources.append(.policy(policy)) }
  }

  private mutating func addHost(
    _ name: ByteString, inner: Bool = false, dnat: [Host.DNAT] = [], felix: Host.FelixConfiguration = .init()
  ) {
    var interfaces = [Host.Interface(name: "eth0", addresses: [IPNetwork("\(Names.hostAddress)/24")].compactMap { $0 })]
    if inner { interfaces.append(.init(name: "eth1", addresses: [IPNetwork("\(Names.innerAddress)/24")].compactMap { $0 })) }
    let routes = IPNetwork("0.0.0.0/0").map { [Host.Route(to: $0, interface: "eth0")] }
    resources.append(.host(Host(name: name, interfaces: interfaces, routes: routes, dnat: dnat, felix: felix)))
  }

  private mutating func addEndpoint(
    _ node: ByteString, _ name: String, on interface: ByteString, _ address: String, _ labels: LabelSet,
    profiles: [ByteString] = []
  ) {
    resources.append(
      .hostEndpoint(
        HostEndpoint(
          node: node, name: ByteString(name), labels: labels, interfaceName: interface,
          expectedIPs: [IPAddress(address)].compactMap { $0 }, profiles: profiles)))
  }

  private mutating func addWorkload(
    _ name: ByteString, _ interface: ByteString, _ address: String, _ profiles: [ByteString] = []
  ) {
    resources.append(
      .workloadEndpoint(
        WorkloadEndpoint(
          node: "node-1", orchestrator: "k8s", workload: name, name: "eth0", labels: ["app": name],
          interfaceName: interface, ipNetworks: [IPNetwork("\(address)/32")].compactMap { $0 }, profiles: profiles)))
  }

  // MARK: A host by itself

  private mutating func hostPolicies(_ role: String) -> [Policy] {
    let ours = "role == '\(role)'"
    return [
      Names.policy("allow-web", ours, order: 20, ingress: [Names.rule(.allow, .tcp, to: [80, 443])]),
      Names.policy(
        "office-only", ours, order: 10,
        ingress: [Names.rule(.allow, .tcp, from: ["198.51.100.0/24"], to: [22, 8080]), Names.rule(.deny, .tcp, to: [8080])]),
      Names.policy("allow-ping", "all()", order: 30, ingress: [Names.rule(.allow, .icmp)]),
      Names.policy(
        "block-outside", "has(role)", order: 15, ingress: [Names.rule(.deny, from: ["203.0.113.0/24"])],
        egress: [Names.rule(.allow, .tcp, to: [443])]),
      Names.policy(
        "allow-inside", ours, order: 40, ingress: [Names.rule(.allow, from: ["10.0.0.0/8"])], egress: [Names.rule(.allow)]),
      Names.policy(
        "allow-mail-out", ours, order: 25, egress: [Names.rule(.deny, .tcp, to: [25]), Names.rule(.allow, .tcp, to: [587])]),
      Names.policy(
        "allow-database", "role == 'database'", order: 20,
        ingress: [Names.rule(.allow, .tcp, from: ["10.0.0.0/24"], to: [5432])]),
      Names.policy("lock-down", "all()", order: 900, ingress: [Names.rule(.deny)], egress: [Names.rule(.deny)]),
    ].compactMap { $0 }
  }

  private mutating func buildHost(policies count: ClosedRange<Int>, isSimple: Bool) {
    let role = dice.pick(["web", "database"])
    let node = role == "web" ? "web-1" : "db-1"
    addHost(ByteString(node))
    let profile: ByteString = dice.pick(["open", "careful"])
    let hasProfile = !isSimple && !dice.oneIn(3)
    if !(isSimple && dice.oneIn(6)) {
      addEndpoint(
        ByteString(node), "\(node)-eth0", on: "eth0", Names.hostAddress,
        Names.labels(["role": role, "env": dice.pick(["prod", "test"])]),
        profiles: hasProfile ? [profile] : [])
    }
    if hasProfile {
      let rules = profile == "open" ? [Names.rule(.allow)] : [Names.rule(.allow, .tcp, from: ["10.0.0.0/8"], to: [80, 5432])]
      resources.append(.profile(Profile(name: profile, ingress: rules, egress: [Names.rule(.allow)])))
    }
    // Sometimes no policy is for this host at all.
    let all = hostPolicies(dice.oneIn(4) ? "gateway" : role)
    let isForOthers = dice.oneIn(4)
    let eligible = isForOthers ? all.filter { $0.selector.text != "all()" && $0.selector.text != "has(role)" } : all
    for policy in dice.sample(eligible, count.lowerBound + dice.below(count.count)) { add(policy) }
    for source in [Names.outside, Names.office, Names.neighbour] {
      for port in [22, 25, 80, 443, 5432, 8080] { flows.append("tcp \(source) -> \(Names.hostAddress):\(port) in eth0") }
      flows.append("icmp \(source) -> \(Names.hostAddress) in eth0")
    }
    for port in [25, 443, 587, 2379] { flows.append("tcp \(Names.hostAddress) -> \(Names.outside):\(port) from host") }
  }

  // MARK: Workloads

  private mutating func addShopPolicies(withJobs: Bool) {
    add(
      Names.policy(
        "shop", "app == 'shop'", order: 50, ingress: [Names.rule(.allow, .tcp, to: [8080])],
        egress: [Names.rule(.allow, .tcp, to: [5432, 9000])]))
    if withJobs {
      add(
        Names.policy(
          "jobs", "app == 'jobs'", order: 50, ingress: [Names.rule(.allow, .tcp, to: [9000], fromLabels: "app == 'shop'")],
          egress: [Names.rule(.deny, .tcp, to: [25]), Names.rule(.allow)]))
    }
  }

  private mutating func buildWorkloads() {
    let action = dice.pick([nil, Host.EndpointToHostAction.accept])
    addHost("node-1", felix: .init(defaultEndpointToHostAction: action))
    addEndpoint("node-1", "node-1-eth0", on: "eth0", Names.hostAddress, Names.labels(["role": "node"]))
    addWorkload("shop", "cali1", Names.shopAddress)
    let hasProfile = dice.oneIn(2)
    addWorkload("jobs", "cali2", Names.jobsAddress, hasProfile ? ["namespace"] : [])
    if hasProfile, !dice.oneIn(3) {
      resources.append(
        .profile(
          Profile(name: "namespace", ingress: [Names.rule(.allow, .tcp, from: ["10.65.0.0/16"])], egress: [Names.rule(.allow)]))
      )
    }
    addShopPolicies(withJobs: !hasProfile && dice.oneIn(2))
    add(
      dice.pick([
        Names.policy("node-lock", "role == 'node'", order: 10, ingress: [Names.rule(.deny)], egress: [Names.rule(.deny)]),
        Names.policy("node-web", "role == 'node'", order: 10, ingress: [Names.rule(.allow, .tcp, to: [80, 8080])]),
        Names.policy("no-outside", "all()", order: 10, ingress: [Names.rule(.deny, from: ["203.0.113.0/24"])]),
      ]))
    for source in [Names.outside, Names.neighbour] {
      for port in [22, 80, 8080] {
        flows.append("tcp \(source) -> \(Names.shopAddress):\(port) in eth0")
        flows.append("tcp \(source) -> \(Names.hostAddress):\(port) in eth0")
      }
      flows.append("tcp \(source) -> \(Names.jobsAddress):9000 in eth0")
    }
    for port in [25, 5432, 443] {
      flows += ["shop", "jobs"].map { "tcp \($0) -> \(Names.outside):\(port)" }
    }
    flows += [
      "tcp shop -> jobs:9000", "tcp jobs -> shop:8080", "tcp jobs -> \(Names.hostAddress):80",
      "tcp shop -> \(Names.hostAddress):5432",
    ]
    flows += [
      "tcp \(Names.hostAddress) -> \(Names.shopAddress):8080 from host",
      "tcp \(Names.hostAddress) -> \(Names.jobsAddress):25 from host",
    ]
  }

  // MARK: NodePorts and pre-DNAT policy

  private mutating func buildNodePorts() {
    let dnat = [
      IPAddress(Names.hostAddress).flatMap { from in
        IPAddress(Names.shopAddress).map { Host.DNAT(protocol: .tcp, address: from, port: 30080, toAddress: $0, toPort: 8080) }
      }
    ].compactMap { $0 }
    addHost("node-1", dnat: dnat)
    addEndpoint("node-1", "node-1-eth0", on: "eth0", Names.hostAddress, Names.labels(["host-endpoint": "ingress"]))
    addWorkload("shop", "cali1", Names.shopAddress)
    let ingress = "host-endpoint == 'ingress'"
    addShopPolicies(withJobs: false)
    let early = [
      Names.policy(
        "allow-node-port", ingress, order: 90, preDNAT: true,
        ingress: [Names.rule(.allow, .tcp, to: [dice.pick([30080, 30080, 8080])])]),
      Names.policy(
        "disallow-incoming", ingress, order: 100, preDNAT: true, ingress: [Names.rule(.deny, notFrom: ["10.0.0.0/8"])]),
      Names.policy(
        "open-to-office", ingress, order: 80, preDNAT: true, ingress: [Names.rule(.allow, .tcp, from: ["198.51.100.0/24"])]),
    ]
    for policy in dice.sample(early, 1 + dice.below(3)) { add(policy) }
    let late = [
      Names.policy("lock-down", ingress, order: 50, ingress: [Names.rule(.deny)]),
      Names.policy("node-ports", ingress, order: 60, ingress: [Names.rule(.allow, .tcp, to: [30080, 9100])]),
      nil,
    ]
    add(dice.pick(late))
    for source in [Names.outside, Names.office, Names.neighbour] {
      for port in [22, 8080, 9100, 30080] { flows.append("tcp \(source) -> \(Names.hostAddress):\(port) in eth0") }
      flows.append("tcp \(source) -> \(Names.shopAddress):8080 in eth0")
      flows.append("tcp \(source) -> \(Names.shopAddress):9000 in eth0")
    }
  }

  // MARK: Untracked policy, forwarding, replies

  private mutating func buildGateway() {
    addHost("gateway", inner: true)
    addEndpoint("gateway", "outer", on: "eth0", Names.hostAddress, Names.labels(["side": "outside"]))
    if !dice.oneIn(5) { addEndpoint("gateway", "inner", on: "eth1", Names.innerAddress, Names.labels(["side": "inside"])) }
    let cache: UInt16 = 11211
    let isSymmetric = dice.oneIn(2)
    let untracked = [
      Names.policy(
        "fast-cache", "side == 'outside'", order: 10, doNotTrack: true, ingress: [Names.rule(.allow, .tcp, to: [cache])],
        egress: isSymmetric ? [Names.rule(.allow, .tcp, sourcePorts: [cache])] : []),
      Names.policy(
        "drop-flood", "side == 'outside'", order: 5, doNotTrack: true,
        ingress: [Names.rule(.deny, dice.pick([.udp, .tcp]), from: ["203.0.113.0/24"])]),
    ]
    let chosen = dice.sample(untracked, 1 + dice.below(2))
    for policy in chosen { add(policy) }
    if chosen.count == 1, dice.oneIn(2) {
      add(
        Names.policy(
          "early-web", "side == 'outside'", order: 20, preDNAT: true, ingress: [Names.rule(.allow, .tcp, to: [80])]))
    }
    add(
      Names.policy(
        "outside", "side == 'outside'", order: 50,
        ingress: [Names.rule(.allow, .tcp, to: [80, 443]), Names.rule(.deny, .udp)],
        egress: [Names.rule(.allow, .tcp, to: [443])]))
    add(
      dice.pick([
        Names.policy(
          "inside", "side == 'inside'", order: 50, ingress: [Names.rule(.allow)], egress: [Names.rule(.allow, .tcp, to: [443])]),
        Names.policy(
          "inside", "side == 'inside'", order: 50, ingress: [Names.rule(.allow, .tcp, to: [443])], egress: [Names.rule(.deny)]),
      ]))
    for source in [Names.outside, Names.office] {
      for port in [22, 80, 443, 11211] {
        flows.append("tcp \(source) -> \(Names.hostAddress):\(port) in eth0")
        flows.append("tcp \(source) -> \(Names.innerClient):\(port) in eth0")
      }
      flows.append("udp \(source) -> \(Names.hostAddress):53 in eth0")
    }
    for port in [80, 443] {
      flows.append("tcp \(Names.innerClient) -> \(Names.outside):\(port) in eth1")
      flows.append("tcp \(Names.innerClient) -> \(Names.office):\(port) in eth1")
      flows.append("tcp \(Names.hostAddress) -> \(Names.office):\(port) from host")
    }
  }
}
