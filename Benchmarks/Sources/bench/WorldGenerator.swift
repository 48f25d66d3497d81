/// Writes a world as manifests: hosts, workloads with ten labels each, and policies of which a workload is governed by
/// about one in twenty.
struct WorldGenerator {
  let size: WorldSize
  private var random = SeededGenerator(seed: 2017)

  init(_ size: WorldSize) {
    self.size = size
  }

  /// Writes three files into a directory that exists.
  mutating func write(to directory: String) throws {
    try writeHosts(to: directory + "/hosts.yaml")
    try writeWorkloads(to: directory + "/workloads.yaml")
    try writePolicies(to: directory + "/policies.yaml")
  }

  // MARK: Hosts and workloads

  private func writeHosts(to path: String) throws {
    var file = try OutputFile(path)
    for node in 0..<size.nodes {
      let address = GeneratedAddresses.host(node)
      try file.write(
        """
        apiVersion: gatewalk/v1
        kind: Host
        metadata: {name: node-\(node)}
        spec:
          interfaces:
          - {name: eth0, addresses: [\(address)/16]}
          routes:
          - {to: 0.0.0.0/0, interface: eth0}
        ---
        apiVersion: v1
        kind: hostEndpoint
        metadata:
          name: eth0
          node: node-\(node)
          labels:
            host: \(node % 4 == 0 ? "gateway" : "worker")
        spec:
          interfaceName: eth0
          expectedIPs:
          - \(address)
          profiles:
          - hosts
        ---

        """
      )
    }
    try file.write(
      """
      apiVersion: v1
      kind: profile
      metadata:
        name: hosts
      spec:
        ingress:
        - action: allow
        egress:
        - action: allow

      """
    )
    try file.close()
  }

  private mutating func writeWorkloads(to path: String) throws {
    var file = try OutputFile(path)
    for index in 0..<size.endpoints {
      let labels = Fleet.labels(index, &random).map { "      \($0.key): \"\($0.value)\"\n" }.joined()
      try file.write(
        """
        - apiVersion: v1
          kind: workloadEndpoint
          metadata:
            name: eth0
            workload: pod-\(index)
            orchestrator: k8s
            node: node-\(index % size.nodes)
            labels:
        \(labels)  spec:
            interfaceName: \(GeneratedAddresses.interface(index))
            mac: ee:ee:ee:ee:ee:ee
            ipNetworks:
            - \(GeneratedAddresses.workload(index))/32
            profiles: []

        """
      )
    }
    try file.close()
  }

  // MARK: Policies

  /// One policy in fifty is about hosts, untracked and pre-DNAT by turns. The last allows the web in and everything out.
  private mutating func writePolicies(to path: String) throws {
    var file = try OutputFile(path)
    for index in 0..<max(0, size.policies - 1) {
      let isAboutHosts = index % 50 == 49
      let selector = isAboutHosts ? "host in {\"gateway\", \"worker\"}" : Fleet.selector(&random)
      var lines = ["apiVersion: v1", "kind: policy", "metadata:", "  name: policy-\(index)", "spec:"]
      lines += ["  order: \(100 + random.below(1_000))", "  selector: '\(selector)'"]
      if isAboutHosts { lines.append(index % 100 == 49 ? "  doNotTrack: true" : "  preDNAT: true") }
      let egress = isAboutHosts ? 0 : size.rules / 2
      lines.append("  ingress:")
      for _ in egress..<size.rules { lines += rule(end: "source") }
      if egress > 0 { lines.append("  egress:") }
      for _ in 0..<egress { lines += rule(end: "destination") }
      try file.write(lines.joined(separator: "\n") + "\n---\n")
    }
    try file.write(
      """
      apiVersion: v1
      kind: policy
      metadata:
        name: everywhere
      spec:
        order: 10000
        selector: has(env)
        ingress:
        - action: allow
          protocol: tcp
          destination:
            ports: [80, 443, "8000:8999"]
        egress:
        - action: allow

      """
    )
    try file.close()
  }

  /// A rule about the far `end` and the destination's ports, as lines of YAML.
  private mutating func rule(end: String) -> [String] {
    let port = random.pick(GeneratedAddresses.ports)
    let second = 10_000 + random.below(20_000)
    let net = "203.0.\(random.below(256)).\(random.below(16) * 16)/28"
    let isSource = end == "source"
    func tcp(_ action: String, _ far: String, _ ports: String) -> [String] {
      let head = ["  - action: \(action)", "    protocol: tcp"]
      return isSource
        ? head + ["    source:", "      \(far)", "    destination:", "      ports: \(ports)"]
        : head + ["    destination:", "      \(far)", "      ports: \(ports)"]
    }
    switch random.below(10) {
    case 0...2: return tcp("allow", "selector: 'role == \"role-\(random.below(20))\"'", "[\(port), \(second)]")
    case 3...4: return tcp("allow", "nets: [\(net)]", "[\(port)]")
    case 5: return tcp("deny", "nets: [\(net)]", "[\"\(second):\(second + 50)\"]")
    case 6:
      return ["  - action: deny", "    protocol: udp", "    destination:", "      ports: [\(second)]"]
    case 7: return tcp("allow", "selector: 'app == \"app-\(random.below(200))\"'", "[\(port)]")
    case 8: return ["  - action: deny", "    \(end):", "      nets: [198.51.\(random.below(256)).0/24]"]
    default:
      return ["  - action: allow", "    protocol: icmp", "    icmp: {type: 8}", "    \(end):", "      nets: [\(net)]"]
    }
  }
}
