import Lint
import Simulator
import Testing

/// GW110 and GW111: untracked rules, and what becomes of replies.
@Suite struct UntrackedTests {
  /// An untracked policy whose ingress rule stands at 8:5.
  private static func policy(_ ingress: String, egress: String? = nil, selector: String = "role == 'web'") -> String {
    "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  doNotTrack: true\n  selector: \(selector)\n  ingress:\n  - {\(ingress)}"
      + (egress.map { "\n  egress:\n  - {\($0)}" } ?? "")
  }

  private static let server = "action: allow, protocol: tcp, destination: {ports: [999]}"
  private static let answers = "action: allow, protocol: tcp, source: {ports: [999]}"
  private static let open = Piece.policy(
    "open", "order: 1, selector: role == 'web', ingress: [{action: allow}], egress: [{action: allow}]")

  static let asymmetric = [
    LintCase(
      "no way back", policy(server) + Piece.host,
      expected: [
        #"GW110 8:5 untracked policy "p" ingress[0] has no counterpart in egress of host endpoint "h/eth0": replies to tcp"#
      ],
      severity: .error),
    LintCase(
      "normal policy lets everything out, and an answer without connection is invalid", policy(server) + Piece.host + open,
      expected: ["GW110 8:5 are dropped"], severity: .error),
    LintCase(
      "a way back for other clients",
      policy(
        "action: allow, protocol: tcp, source: {nets: [10.0.0.0/8]}, destination: {ports: [999]}",
        egress: "action: allow, protocol: tcp, source: {ports: [999]}, destination: {nets: [10.1.0.0/16]}") + Piece.host,
      expected: ["GW110 8:5 has no counterpart in egress"]),
    LintCase(
      "one port of two",
      policy(
        "action: allow, protocol: tcp, destination: {ports: [999, 1000]}", egress: answers) + Piece.host,
      expected: ["GW110 8:5 10.0.0.1:1000 are dropped"]),
    LintCase(
      "the way back is denied before it is allowed",
      policy(
        server,
        egress: "action: deny, destination: {nets: [192.0.2.0/24]}}\n  - {\(answers)") + Piece.host,
      expected: [
        #"GW110 8:5 allows tcp 192.0.2.7 -> 10.0.0.1:999, and policy "p" egress[0] drops the replies at host endpoint "h/eth0""#
      ],
      severity: .error),
    LintCase(
      "over UDP normal policy lets the reply out, tracked",
      policy("action: allow, protocol: udp, destination: {ports: [999]}") + Piece.host + open,
      expected: ["GW110 8:5 are tracked"], severity: .info),
    LintCase(
      "a client on the host",
      "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  doNotTrack: true\n  egress:\n"
        + "  - {action: allow, protocol: tcp, destination: {ports: [53]}}" + Piece.host,
      expected: ["GW110 7:5 has no counterpart in ingress of host endpoint"], severity: .error),
    LintCase(
      "forwarded: the other interface has another policy",
      policy("action: allow, protocol: tcp, destination: {nets: [10.1.0.9/32], ports: [80]}") + Piece.host + inside,
      expected: [#"GW110 8:5 has no counterpart in ingress of host endpoint "h/eth1": replies to tcp"#]),
    LintCase(
      "no address of the interface is known", policy(server) + nameless, expected: ["GW110 8:5 replies over tcp are dropped"],
      severity: .error),
    LintCase(
      "no address, and over UDP normal policy decides",
      policy("action: allow, protocol: udp, destination: {ports: [999]}") + nameless,
      expected: ["GW110 8:5 replies over udp are left to normal policy"], severity: .warning),
    LintCase("symmetric without an address", policy(server, egress: answers) + nameless),
    LintCase("symmetric", policy(server, egress: answers) + Piece.host),
    LintCase(
      "the way back in another policy",
      policy(server) + Piece.host + Piece.policy("q", "doNotTrack: true, egress: [{\(answers)}]")),
    LintCase(
      "wider on the way back",
      policy(server, egress: "action: allow") + Piece.host + Piece.policy("in", "doNotTrack: true, ingress: [{action: allow}]")),
    LintCase("a deny needs none", policy("action: deny, protocol: tcp, destination: {ports: [999]}") + Piece.host),
    LintCase("tracked policy needs none", policy(server).replacing("doNotTrack: true", with: "order: 1") + Piece.host),
    LintCase(
      "an earlier rule denies it all",
      policy(server) + Piece.host + Piece.policy("a", "order: 1, doNotTrack: true, ingress: [{action: deny}]")),
    LintCase(
      "forwarded and symmetric",
      policy("action: allow, protocol: tcp, destination: {nets: [10.1.0.9/32], ports: [80]}") + Piece.host + inside
        + Piece.policy(
          "q", "selector: role == 'inside', doNotTrack: true, ingress: [{action: allow, protocol: tcp, source: {ports: [80]}}]")
    ),
    LintCase("nobody is selected", policy(server, selector: "role == 'none'") + Piece.host),
  ]

  /// A host endpoint of which only the interface is known.
  private static let nameless = Piece.host.replacing(", expectedIPs: [10.0.0.1]", with: "")

  /// A second interface with its own host endpoint.
  private static let inside = """

    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: eth1, node: h, labels: {role: inside}}
    spec: {interfaceName: eth1, expectedIPs: [10.1.0.1]}
    ---
    apiVersion: gatewalk/v1
    kind: Host
    metadata: {name: h}
    spec:
      interfaces:
      - {name: eth0, addresses: [10.0.0.1/24]}
      - {name: eth1, addresses: [10.1.0.1/24]}
      routes: [{to: 0.0.0.0/0, interface: eth0}]
    """

  private static let gateway = Piece.host + Piece.pod + Piece.network
  private static let openProfile = """

    ---
    apiVersion: v1
    kind: profile
    metadata: {name: open}
    spec: {ingress: [{action: allow}], egress: [{action: allow}]}
    """
  private static let shopPolicy = Piece.policy(
    "shop", "selector: app == 'shop', ingress: [{action: allow, protocol: tcp, destination: {ports: [8080]}}]")

  static let tooWide = [
    LintCase(
      "everything, services among it", policy("action: allow, protocol: tcp") + gateway,
      expected: [
        #"GW111 8:5 -> 10.0.0.1:30080 is not tracked, so it is not DNATed to 10.65.0.1:8080 at host endpoint "h/eth0""#
      ],
      severity: .error),
    LintCase(
      "the NodePort", policy("action: allow, protocol: tcp, destination: {ports: [\"30000:31000\"]}") + gateway,
      expected: ["GW111 8:5 is not DNATed"]),
    LintCase(
      "the workload, by selector",
      policy("action: allow, protocol: tcp, destination: {selector: app == 'shop', ports: [8080]}") + gateway + shopPolicy,
      expected: [#"GW111 8:5 -> 10.65.0.1:8080 reaches workload endpoint "h/k8s/w/eth0" untracked, and the reply is dropped"#]),
    LintCase(
      "the port that the workload's policy names",
      policy("action: allow, protocol: tcp, destination: {ports: [8080]}") + gateway + shopPolicy,
      expected: ["GW111 8:5 10.65.0.1:8080 reaches workload"]),
    LintCase(
      "answers to what the workload asks",
      policy("action: allow, protocol: tcp, source: {ports: [443]}")
        + Piece.host + Piece.pod + openProfile
        + Piece.policy("shop", "selector: app == 'shop', egress: [{action: allow}]"),
      expected: ["GW111 8:5 comes in untracked and is dropped"]),
    LintCase(
      "a server of the host", policy(server, egress: answers) + gateway + openProfile),
    LintCase(
      "by the host's address",
      policy("action: allow, protocol: tcp, destination: {nets: [10.0.0.1/32], ports: [999]}", egress: answers) + gateway
        + shopPolicy),
    LintCase(
      "the workload wants nothing there",
      policy("action: allow, protocol: tcp, destination: {ports: [8080]}") + Piece.host + Piece.pod
        + Piece.policy(
          "shop", "selector: app == 'shop', ingress: [{action: allow, protocol: udp, destination: {ports: [8080]}}]")),
    LintCase(
      "another protocol than the service's", policy("action: allow, protocol: udp, destination: {ports: [30080]}") + gateway),
    LintCase(
      "normal policy", policy("action: allow, protocol: tcp").replacing("doNotTrack: true", with: "order: 1") + gateway),
    LintCase(
      "an earlier pass spares the service",
      policy("action: allow, protocol: tcp, destination: {ports: [30080]}") + gateway
        + Piece.policy(
          "a", "order: 1, doNotTrack: true, ingress: [{action: pass, protocol: tcp, destination: {ports: [30080]}}]")),
  ]

  @Test(arguments: asymmetric)
  func `GW110`(_ test: LintCase) { #expect(test.problems(rule: "GW110") == []) }

  @Test(arguments: tooWide)
  func `GW111`(_ test: LintCase) { #expect(test.problems(rule: "GW111") == []) }

  /// The fix is the missing rule where it is certain, and it mends the finding.
  @Test func `the counterpart that is missing can be put in`() throws {
    let test = LintCase(
      "", Self.policy("action: allow, protocol: tcp, source: {nets: [10.0.0.0/8]}, destination: {ports: [999]}") + Piece.host)
    let finding = try #require(test.report.findings.first { $0.id == "GW110" })
    guard case .insertRule(let rule, .egress, at: 0) = finding.fix else {
      Issue.record("\(String(describing: finding.fix))")
      return
    }
    #expect(rule.source.ports == [PortRange(999)] && rule.destination.nets.map(\.description) == ["10.0.0.0/8"])
    #expect(rule.source.nets.isEmpty && rule.destination.ports.isEmpty && rule.location == nil)
    #expect(
      finding.help
        == "add to egress: {action: allow, protocol: tcp, source: {ports: [999]}, destination: {nets: [10.0.0.0/8]}} (S61)")
    let mended = Self.policy(
      "action: allow, protocol: tcp, source: {nets: [10.0.0.0/8]}, destination: {ports: [999]}",
      egress: "action: allow, protocol: tcp, source: {ports: [999]}, destination: {nets: [10.0.0.0/8]}")
    #expect(LintCase("", mended + Piece.host).problems(rule: "GW110") == [])
  }

  @Test(arguments: [
    Self.policy(Self.server, egress: "action: deny") + Piece.host,
    Self.policy("action: allow, protocol: icmp, icmp: {type: 8}") + Piece.host,
  ])
  func `where somebody has to decide there is no fix`(yaml: String) throws {
    let finding = try #require(LintCase("", yaml).report.findings.first { $0.id == "GW110" })
    #expect(finding.fix == nil)
  }
}
