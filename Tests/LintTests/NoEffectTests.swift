import Lint
import Simulator
import Testing

/// GW112 and GW113: policies and rules that cannot have the effect that they are written for.
@Suite struct NoEffectTests {
  /// A policy whose only rule stands at 7:5.
  private static func policy(_ selector: String, _ rule: String, _ direction: String = "ingress", flag: String = "order: 1")
    -> String
  {
    "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  selector: \(selector)\n  \(direction):\n  - {\(rule)}\n  \(flag)"
  }

  static let onWorkloads = [
    LintCase(
      "pre-DNAT", policy("app == 'shop'", "action: deny", flag: "preDNAT: true") + Piece.host + Piece.pod,
      expected: [#"GW112 1:1 policy "p" is pre-DNAT and selects workload endpoint "h/k8s/w/eth0" alone, where it is ignored"#],
      severity: .warning),
    LintCase(
      "untracked", policy("has(app)", "action: allow", flag: "doNotTrack: true") + Piece.host + Piece.pod,
      expected: ["GW112 1:1 is untracked"], severity: .warning),
    LintCase(
      "everything", policy("all()", "action: deny", flag: "preDNAT: true") + Piece.host + Piece.pod,
      expected: ["GW112 1:1 selects workload endpoint"], severity: .info),
    LintCase("host endpoints", policy("role == 'web'", "action: deny", flag: "preDNAT: true") + Piece.host + Piece.pod),
    LintCase("everything, where there are only hosts", policy("all()", "action: deny", flag: "preDNAT: true") + Piece.host),
    LintCase("normal policy", policy("app == 'shop'", "action: deny") + Piece.host + Piece.pod),
    LintCase("nobody", policy("app == 'none'", "action: deny", flag: "preDNAT: true") + Piece.host + Piece.pod),
  ]

  private static let denySSH = "action: deny, protocol: tcp, destination: {ports: [22]}"
  private static let noFailsafes = Piece.network.replacing(
    "  dnat:", with: "  felix: {failsafeInboundHostPorts: [], failsafeOutboundHostPorts: []}\n  dnat:")

  static let failsafes = [
    LintCase(
      "a deny for ssh", policy("role == 'web'", denySSH) + Piece.host,
      expected: [#"GW113 7:5 denies failsafe port tcp 22: open all the same, for every address, at host endpoint "h/eth0""#],
      severity: .warning),
    LintCase(
      "before DNAT, from outside",
      policy(
        "role == 'web'", "action: deny, protocol: tcp, source: {notNets: [10.0.0.0/8]}, destination: {ports: [22]}",
        flag: "preDNAT: true") + Piece.host, expected: ["GW113 7:5 denies failsafe port tcp 22"], severity: .warning),
    LintCase(
      "outbound, a range",
      policy("role == 'web'", "action: deny, protocol: tcp, destination: {ports: [\"2379:2380\", 7001]}", "egress")
        + Piece.host,
      expected: ["GW113 7:5 denies failsafe ports tcp 2379:2380, 7001"]),
    LintCase(
      "an allow that would keep others out",
      policy("role == 'web'", "action: allow, protocol: tcp, source: {nets: [10.0.0.0/8]}, destination: {ports: [22]}")
        + Piece.host, expected: ["GW113 7:5 narrows failsafe port tcp 22"], severity: .info),
    LintCase(
      "on workloads it has its effect", policy("has(role) || has(app)", denySSH) + Piece.host + Piece.pod,
      expected: ["GW113 7:5 at host endpoint \"h/eth0\""], severity: .info),
    LintCase(
      "more failsafes in what Felix does",
      policy("role == 'web'", "action: deny, protocol: udp, destination: {ports: [68]}") + Piece.host,
      expected: ["GW113 7:5 udp 68"], semantics: .calico24),
    LintCase("there are none", policy("role == 'web'", denySSH) + Piece.host + noFailsafes),
    LintCase(
      "more ports than failsafes",
      policy("role == 'web'", "action: deny, protocol: tcp, destination: {ports: [22, 80]}") + Piece.host),
    LintCase(
      "a range around it",
      policy("role == 'web'", "action: deny, protocol: tcp, destination: {ports: [\"1:1024\"]}") + Piece.host),
    LintCase("any protocol", policy("role == 'web'", "action: deny, destination: {ports: [22]}") + Piece.host),
    LintCase("all traffic", policy("role == 'web'", "action: deny") + Piece.host),
    LintCase("the other direction", policy("role == 'web'", denySSH, "egress") + Piece.host),
    LintCase(
      "an allow for everybody", policy("role == 'web'", "action: allow, protocol: tcp, destination: {ports: [22]}") + Piece.host
    ),
    LintCase("workloads have no failsafes", policy("app == 'shop'", denySSH) + Piece.host + Piece.pod),
    LintCase(
      "one of two hosts has none",
      policy("role == 'web'", denySSH) + Piece.host + noFailsafes
        + Piece.host.replacing("node: h", with: "node: h2").replacing("10.0.0.1", with: "10.0.0.2")),
  ]

  @Test(arguments: onWorkloads)
  func `GW112`(_ test: LintCase) { #expect(test.problems(rule: "GW112") == []) }

  @Test(arguments: failsafes)
  func `GW113`(_ test: LintCase) { #expect(test.problems(rule: "GW113") == []) }
}
