import Lint
import Testing

/// GW106 to GW109: rules that packets for services and for workloads pass by.
@Suite struct TranslationTests {
  private static let gateway = Piece.host + Piece.pod + Piece.network

  /// A policy with one rule, which stands at 7:5.
  private static func policy(_ selector: String, _ rule: String, _ direction: String = "ingress", flag: String = "order: 1")
    -> String
  {
    "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  selector: \(selector)\n  \(direction):\n  - {\(rule)}\n  \(flag)"
  }

  private static let otherHost = Piece.host.replacing("node: h", with: "node: h2").replacing("10.0.0.1", with: "10.0.0.2")

  static let translatedPort = [
    LintCase(
      "a NodePort in normal policy",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [30080]}") + gateway,
      expected: [
        #"GW106 7:5 names tcp port 30080, and at host endpoint "h/eth0" packets to 10.0.0.1:30080 already go to 10.65.0.1:8080"#
      ], severity: .warning),
    LintCase(
      "a deny leaks",
      policy("role == 'web'", "action: deny, protocol: tcp, destination: {ports: [30080]}") + gateway,
      expected: ["GW106 7:5 the rule stops nothing"], severity: .error),
    LintCase(
      "a range of NodePorts",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [\"30000:32767\"]}") + gateway,
      expected: ["GW106 7:5 names tcp port 30080"]),
    LintCase(
      "the load balancer's address, by name",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {nets: [203.0.113.80], ports: [443]}") + gateway,
      expected: ["GW106 7:5 packets to 203.0.113.80:443 already go to 10.65.0.1:8443"]),
    LintCase(
      "the NodePort in the policy of the backend",
      policy("app == 'shop'", "action: allow, protocol: tcp, destination: {ports: [30080]}") + gateway,
      expected: [#"GW106 7:5 at workload endpoint "h/k8s/w/eth0""#]),
    LintCase(
      "what the host sends to the service",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {nets: [203.0.113.80], ports: [443]}", "egress")
        + gateway,
      expected: ["GW106 7:5 p\" egress[0] names tcp port 443"]),
    LintCase(
      "the host may listen there itself: DNAT is about another address",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [443]}") + gateway),
    LintCase(
      "pre-DNAT policy",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [30080]}", flag: "preDNAT: true") + gateway),
    LintCase(
      "another protocol", policy("role == 'web'", "action: allow, protocol: udp, destination: {ports: [30080]}") + gateway),
    LintCase(
      "the backend's port", policy("app == 'shop'", "action: allow, protocol: tcp, destination: {ports: [8080]}") + gateway),
    LintCase(
      "the backend listens on both ports",
      policy("app == 'shop'", "action: allow, protocol: tcp, destination: {ports: [30080]}")
        + Piece.policy("q", "selector: app == 'shop', ingress: [{action: allow, protocol: tcp, destination: {ports: [8080]}}]")
        + gateway),
    LintCase(
      "another workload with that port",
      policy("app == 'other'", "action: allow, protocol: tcp, destination: {ports: [30080]}") + gateway
        + Piece.pod.replacing("shop", with: "other").replacing("10.65.0.1", with: "10.65.0.2").replacing("cali1", with: "cali2")
        .replacing("workload: w", with: "workload: o")),
    LintCase(
      "another host has a server there",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [30080]}") + gateway + otherHost),
    LintCase(
      "other workloads of the policy may listen there",
      policy("has(app)", "action: allow, protocol: tcp, destination: {ports: [30080]}") + gateway
        + Piece.pod.replacing("shop", with: "other").replacing("10.65.0.1", with: "10.65.0.2").replacing("cali1", with: "cali2")
        .replacing("workload: w", with: "workload: o")),
    LintCase(
      "sent to that port anywhere",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [443]}", "egress") + gateway),
  ]

  static let backendPort = [
    LintCase(
      "the port that the shop listens on",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [8080]}", flag: "preDNAT: true") + gateway,
      expected: [
        #"GW107 7:5 names tcp port 8080, and at host endpoint "h/eth0" packets for 10.65.0.1:8080 still go to 10.0.0.1:30080"#
      ], severity: .warning),
    LintCase(
      "a deny",
      policy("role == 'web'", "action: deny, protocol: tcp, destination: {ports: [8443]}", flag: "preDNAT: true") + gateway,
      expected: ["GW107 7:5 still go to 203.0.113.80:443: the rule does not match them"]),
    LintCase(
      "by the pod's address",
      policy(
        "role == 'web'", "action: allow, protocol: tcp, destination: {selector: app == 'shop', ports: [8080]}",
        flag: "preDNAT: true") + gateway, expected: ["GW107 7:5 names tcp port 8080"]),
    LintCase(
      "and what comes for the service is denied",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [8080]}", flag: "preDNAT: true") + gateway
        + Piece.policy("rest", "preDNAT: true, ingress: [{action: deny, source: {notNets: [10.0.0.0/8]}}]"),
      expected: ["GW107 7:5 and they are denied"], severity: .error),
    LintCase(
      "the advertised port is spoken of, too",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [8080]}", flag: "preDNAT: true") + gateway
        + Piece.policy(
          "q", "preDNAT: true, ingress: [{action: allow, protocol: tcp, destination: {ports: [30080]}}]")),
    LintCase(
      "both in one rule",
      policy("role == 'web'", "action: deny, protocol: tcp, destination: {ports: [8080, 30080]}", flag: "preDNAT: true")
        + gateway),
    LintCase(
      "the host has a server there",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [8080]}", flag: "preDNAT: true") + gateway
        + Piece.policy("q", "selector: role == 'web', ingress: [{action: allow, protocol: tcp, destination: {ports: [8080]}}]")),
    LintCase(
      "keeps those out who know the pod's address",
      policy(
        "role == 'web'", "action: deny, protocol: tcp, destination: {nets: [10.65.0.1/32], ports: [8080]}",
        flag: "preDNAT: true")
        + gateway),
    LintCase(
      "normal policy", policy("app == 'shop'", "action: allow, protocol: tcp, destination: {ports: [8080]}") + gateway),
    LintCase(
      "another host has a server there",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [8080]}", flag: "preDNAT: true") + gateway
        + otherHost),
    LintCase(
      "no service",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [22]}", flag: "preDNAT: true") + gateway),
  ]

  private static let nodePort = "action: allow, protocol: tcp, destination: {ports: [30080]}"

  static let noDenyBehind = [
    LintCase(
      "an allow-list alone", policy("role == 'web'", nodePort, flag: "preDNAT: true") + gateway,
      expected: [#"GW108 1:1 policy "p" only allows and nothing behind it denies: at host endpoint "h/eth0""#],
      severity: .warning),
    LintCase(
      "two of them: the last is named",
      policy("role == 'web'", nodePort, flag: "preDNAT: true") + gateway
        + Piece.policy("first", "order: 1, preDNAT: true, ingress: [{action: allow, protocol: icmp}]"),
      expected: ["GW108 1:1 policy \"p\""]),
    LintCase(
      "the deny is for another endpoint",
      policy("role == 'web'", nodePort, flag: "preDNAT: true") + gateway
        + Piece.policy("q", "selector: role == 'db', preDNAT: true, ingress: [{action: deny}]"), expected: ["GW108 1:1 p"]),
    LintCase(
      "a deny behind it",
      policy("role == 'web'", nodePort, flag: "preDNAT: true") + gateway
        + Piece.policy("q", "preDNAT: true, ingress: [{action: deny, source: {notNets: [10.0.0.0/8]}}]")),
    LintCase(
      "no workloads: normal policy drops the rest",
      policy("role == 'web'", nodePort, flag: "preDNAT: true") + Piece.host + Piece.network),
    LintCase("only denies", policy("role == 'web'", "action: deny", flag: "preDNAT: true") + gateway),
    LintCase("normal policy has its own drop", policy("role == 'web'", nodePort) + gateway),
  ]

  static let localWorkload = [
    LintCase(
      "a deny for the pod",
      policy("role == 'web'", "action: deny, destination: {selector: app == 'shop'}") + gateway,
      expected: [
        #"GW109 7:5 is for traffic to workloads on the same host, which skips normal policy of host endpoint "h/eth0""#
      ],
      severity: .error),
    LintCase(
      "an allow by address",
      policy("role == 'web'", "action: allow, protocol: tcp, destination: {nets: [10.65.0.1/32]}") + gateway,
      expected: ["GW109 7:5 the rule never matches"], severity: .warning),
    LintCase(
      "what the pod sends", policy("has(role)", "action: deny, source: {selector: app == 'shop'}", "egress") + gateway,
      expected: ["GW109 7:5 is for traffic from workloads"]),
    LintCase(
      "the selector matches workloads of other hosts, too",
      policy("role == 'web'", "action: deny, destination: {selector: app == 'shop'}") + gateway
        + Piece.pod.replacing("node: h", with: "node: h2").replacing("10.65.0.1", with: "10.65.9.1")),
    LintCase(
      "a network of workloads", policy("role == 'web'", "action: allow, destination: {nets: [10.65.0.0/16]}") + gateway),
    LintCase(
      "the workloads are selected as well",
      policy("has(role) || has(app)", "action: allow, destination: {selector: app == 'shop'}") + gateway),
    LintCase(
      "from workloads of another host",
      policy("role == 'web'", "action: allow, source: {selector: app == 'shop'}") + gateway),
    LintCase(
      "before DNAT",
      policy("role == 'web'", "action: deny, destination: {selector: app == 'shop'}", flag: "preDNAT: true") + gateway),
  ]

  @Test(arguments: translatedPort)
  func `GW106`(_ test: LintCase) { #expect(test.problems(rule: "GW106") == []) }

  @Test(arguments: backendPort)
  func `GW107`(_ test: LintCase) { #expect(test.problems(rule: "GW107") == []) }

  @Test(arguments: noDenyBehind)
  func `GW108`(_ test: LintCase) { #expect(test.problems(rule: "GW108") == []) }

  @Test(arguments: localWorkload)
  func `GW109`(_ test: LintCase) { #expect(test.problems(rule: "GW109") == []) }
}
