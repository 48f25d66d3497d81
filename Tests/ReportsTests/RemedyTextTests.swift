import Reports
import Selector
import Simulator
import Testing

/// What a person reads of a remedy, whole.
@Suite struct RemedyTextTests {
  /// Stands in for YAML, which is written elsewhere.
  private let yaml = RemedyYAML(
    rule: { "- \(RuleText(rule: $0).text)\n" }, resource: { "\($0.id)\n" })

  private func text(
    _ flow: String, in world: World? = nil, node: ByteString = "my-host", watching watched: [String] = [],
    semantics: Semantics = .documented
  ) throws -> String {
    let walker = Walker(world: try world ?? SmallWorld.make(), node: node, semantics: semantics)
    func resolved(_ text: String) throws -> Flow {
      try FlowResolver(try FlowText(text), source: text, on: walker).resolve()
    }
    let asked = try resolved(flow)
    let answer = walker.remedy(for: asked)
    let impact = try { () throws -> RemedyImpact? in
      guard case .remedy(let remedy) = answer else { return nil }
      return remedy.impact(on: try watched.map { HostFlow(node: node, flow: try resolved($0)) }, from: walker)
    }()
    return RemedyText(answer, to: asked, impact: impact, on: walker, style: .plain, yaml: yaml).lines
      .joined(separator: "\n")
  }

  @Test func aRuleAtTheEnd() throws {
    #expect(
      try text("tcp 10.0.0.2 -> 10.0.0.1:81", watching: ["tcp 10.0.0.2 -> 10.0.0.1:80"]) == """
        DENY   tcp 10.0.0.2:49152 -> 10.0.0.1:81  in eth0 on my-host
        stands in the way: no policy matched, normal stage of my-host/eth0-hep
        smallest change: append to policy webserver ingress, as ingress[1] (world.yaml:31)
            - allow tcp from 10.0.0.2/32 to 10.0.0.1/32 port 81
        then   ALLOW  by policy webserver ingress[1]; reply ALLOW
        alters nothing else of 1 watched flow and 25 neighbouring flows
        """)
  }

  @Test func aDenyBeforeTheRuleThatAllows() throws {
    #expect(
      try text("tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0") == """
        ALLOW  tcp 203.0.113.9:49152 -> 10.0.0.1:30080  in eth0 on my-host
        let through by: policy shop ingress[1] (world.yaml:45)
            workload stage of my-host/k8s/w1/eth0
        smallest change: insert in policy shop before ingress[1] (world.yaml:45)
            - deny tcp from 203.0.113.9/32 to 10.65.0.1/32 port 8080
        then   DENY   by policy shop ingress[1]
        alters 1 of 36 neighbouring flows:
          allow -> deny  tcp 203.0.113.9:49152 -> 10.65.0.1:8080  in eth0 on my-host  by policy shop ingress[1]
        """)
  }

  @Test func severalSteps() throws {
    #expect(
      try text("tcp w1 -> 10.0.0.1:81") == """
        DENY   tcp 10.65.0.1:49152 -> 10.0.0.1:81  from w1 (cali1) on my-host
        stands in the way: no policy matched, workload stage of my-host/k8s/w1/eth0
        smallest change, in 2 steps:
          1. append to policy shop egress, as egress[0] (world.yaml:40)
              - allow tcp from 10.65.0.1/32 to 10.0.0.1/32 port 81
          2. set this in spec.felix of Host my-host
              defaultEndpointToHostAction: Accept
        then   ALLOW  by defaultEndpointToHostAction Accept; reply ALLOW
        alters nothing else of 24 neighbouring flows
        """)
  }

  @Test func aReplyThatIsDropped() throws {
    let world = try SmallWorld.make().applying([
      ResourceChange(
        ResourceID(.policy, "raw"), from: nil,
        to: .policy(
          Policy(name: "raw", selector: try Selector("has(role)"), doNotTrack: true, ingress: [Rule(.allow)])))
    ])
    let text = try text("tcp 10.0.0.2 -> 10.0.0.1:999", in: world)
    #expect(
      text == """
        ALLOW  tcp 10.0.0.2:49152 -> 10.0.0.1:999  in eth0 on my-host; reply DENY
        stands in the reply's way: invalid for connection tracking, normal stage of my-host/eth0-hep
        smallest change: append to policy raw egress, as egress[0]
            - allow tcp from 10.0.0.1/32 port 999 to 10.0.0.2/32
        then   ALLOW  by policy raw ingress[0]; reply ALLOW
        alters nothing else of 32 neighbouring flows
        """, "\(text)")
  }

  /// A place that would make the line long stands on a line of its own.
  @Test func aLongPlace() throws {
    let world = try SmallWorld.make()
    var policy = try #require(world.policies.first { $0.name == "webserver" })
    let file = "clusters/production/frankfurt/host-endpoint-policies.yaml"
    for index in policy.ingress.indices { policy.ingress[index].location = SourceLocation(file: file, line: 31, column: 1) }
    let id = ResourceID(.policy, "webserver")
    let moved = world.applying([
      ResourceChange(id, from: world.policies.first { $0.name == id.name }.map { .policy($0) }, to: .policy(policy))
    ])
    let lines = try text("tcp 10.0.0.2 -> 10.0.0.1:81", in: moved).split(separator: "\n")
    #expect(
      lines.dropFirst(2).prefix(3) == [
        "smallest change: append to policy webserver ingress, as ingress[1]", "    (\(file):31)",
        "    - allow tcp from 10.0.0.2/32 to 10.0.0.1/32 port 81",
      ])
  }

  @Test func aRuleThatIsSwitchedOff() throws {
    let world = try SmallWorld.make()
    let policy = try #require(world.policies.first { $0.name == "webserver" })
    var disabled = policy
    for index in policy.ingress.indices { disabled.ingress[index].isDisabled = true }
    let off = world.applying([
      ResourceChange(ResourceID(.policy, "webserver"), from: .policy(policy), to: .policy(disabled))
    ])
    let text = try text("tcp 10.0.0.2 -> 10.0.0.1:80", in: off)
    #expect(text.contains("smallest change: enable policy webserver ingress[0] (world.yaml:31)\nthen   ALLOW"), "\(text)")
  }

  /// Where Felix would still drop the packet, it is said by what.
  @Test func whatFelixMakesOfIt() throws {
    func host(_ interface: ByteString, _ address: String) throws -> Resource {
      .hostEndpoint(
        HostEndpoint(
          node: "n", name: interface, labels: ["side": interface], interfaceName: interface,
          expectedIPs: [try #require(IPAddress(address))]))
    }
    func interface(_ name: ByteString, _ address: String) throws -> Host.Interface {
      .init(name: name, addresses: [IPNetwork(address: try #require(IPAddress(address)), prefixLength: 24)])
    }
    let rule = Rule(
      .allow, protocol: ProtocolMatch(.tcp, isName: true), destination: EntityRule(ports: [PortRange(80)]))
    let world = World([
      .host(Host(name: "n", interfaces: [try interface("eth0", "10.0.0.1"), try interface("eth1", "10.1.0.1")])),
      try host("eth0", "10.0.0.1"), try host("eth1", "10.1.0.1"),
      .policy(Policy(name: "raw", selector: try Selector("has(side)"), doNotTrack: true, ingress: [rule])),
    ])
    let text = try text("tcp 10.0.0.2 -> 10.1.0.2:80", in: world, node: "n")
    #expect(
      text.contains(
        "\nnote: calico-2.4 (as Felix 2.4.0 does on a Linux kernel) would still deny it: by no profile matched\n"), "\(text)")
  }

  @Test func whatElseIsAltered() throws {
    #expect(
      try text("tcp 203.0.113.9 -> 10.0.0.1:22 in eth0", watching: ["tcp 10.0.0.7 -> 10.0.0.1:22", "tcp w1 -> 10.0.0.1:9"])
        == """
        ALLOW  tcp 203.0.113.9:49152 -> 10.0.0.1:22  in eth0 on my-host
        let through by: failsafe inbound tcp 22, normal stage of my-host/eth0-hep
        smallest change: take tcp 22 out of the failsafes in spec.felix of Host my-host
            failsafeInboundHostPorts: []
        then   DENY   by no policy matched
        alters 1 of 2 watched flows and 1 of 19 neighbouring flows:
          allow -> deny  tcp 10.0.0.7:49152 -> 10.0.0.1:22  in eth0 on my-host  by no policy matched
          allow -> deny  tcp 203.0.113.8:49152 -> 10.0.0.1:22  in eth0 on my-host  by no policy matched
        """)
  }

  @Test func aMissingProfile() throws {
    let world = World([
      .hostEndpoint(
        HostEndpoint(
          node: "n", name: "e", interfaceName: "eth0", expectedIPs: [try #require(IPAddress("10.0.0.1"))],
          profiles: ["web\u{1b}[31m"])),
      .workloadEndpoint(
        WorkloadEndpoint(
          node: "n", orchestrator: "k8s", workload: "w", name: "eth0", interfaceName: "cali1",
          ipNetworks: try [IPNetwork(single: #require(IPAddress("10.65.0.1")))], profiles: [])),
    ])
    #expect(
      try text("udp 10.0.0.2 -> 10.0.0.1:53 in eth0", in: world, node: "n") == """
        DENY   udp 10.0.0.2:49152 -> 10.0.0.1:53  in eth0 on n
        stands in the way: missing profile web\u{fffd}[31m, normal stage of n/e
        smallest change: create profile web\u{fffd}[31m, which is listed but does not exist
            profile web\u{fffd}[31m
        then   ALLOW  by profile web\u{fffd}[31m ingress[0]; reply ALLOW
        alters nothing else of 22 neighbouring flows
        """)
  }

  @Test func whatPolicyDoesOnlyInPart() throws {
    let host = ResourceID(.host, "my-host")
    let world = try SmallWorld.make()
    let bare = world.applying([ResourceChange(host, from: world.host(named: "my-host").map { .host($0) }, to: nil)])
    #expect(
      try text("tcp w1 -> 10.0.0.1:81", in: bare) == """
        DENY   tcp 10.65.0.1:49152 -> 10.0.0.1:81  from w1 (cali1) on my-host
        stands in the way: no policy matched, workload stage of my-host/k8s/w1/eth0
        needed first: append to policy shop egress, as egress[0] (world.yaml:40)
            - allow tcp from 10.65.0.1/32 to 10.0.0.1/32 port 81
        no change of policy alone does it: defaultEndpointToHostAction decides, and my-host has no Host document
        instead: write a Host document for my-host with its interfaces and felix.defaultEndpointToHostAction: Accept
        """)
  }

  /// What cannot be done by policy is said with a way out.
  @Test(arguments: [
    ("icmp 10.0.0.7 -> 10.0.0.1 type 0", "begins no connection", "from the other end"),
    ("tcp 10.0.0.1 -> w1:8080 from host", "host-to-workload (K7)", "outside Calico"),
    ("udp 10.0.0.1 -> 10.1.0.9:53 from host", "nothing polices this packet, from-host (K4)", "hostEndpoint for eth1"),
    ("tcp 10.0.0.2 -> [fd00::1]:80 in eth0", "different address families", "give both ends"),
  ])
  func limits(flow: String, reason: String, advice: String) throws {
    let text = try text(flow)
    #expect(text.contains("no change of policy does it: ") && text.contains(reason), "\(text)")
    #expect(text.split(separator: "\n").last?.contains(advice) == true, "\(text)")
  }
}
