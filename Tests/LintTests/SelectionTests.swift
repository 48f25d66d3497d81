import Lint
import Simulator
import Testing

/// GW101 to GW105: what a policy selects, and what that alone does.
@Suite struct SelectionTests {
  private static let ssh = "ingress: [{action: allow, protocol: tcp, destination: {ports: [22]}}]"

  static let broadSelector = [
    LintCase(
      "all() where there are hosts and workloads",
      "apiVersion: v1\nkind: policy\nmetadata: {name: failsafe}\nspec: {selector: all(), \(ssh)}" + Piece.host + Piece.pod,
      expected: ["GW101 1:1 selects everything"]),
    LintCase(
      "no selector at all",
      "- apiVersion: v1\n  kind: policy\n  metadata: {name: p}\n  spec: {\(ssh)}" + Piece.host + Piece.pod,
      expected: [#"GW101 1:3 host endpoint "h/eth0" and for workload endpoint "h/k8s/w/eth0""#]),
    LintCase(
      "negations alone",
      "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec: {selector: '!has(zone) && role != \"db\"', \(ssh)}"
        + Piece.host + Piece.pod, expected: ["GW101 1:1 only says in its selector what it leaves out"]),
    LintCase(
      "no rules: the drop alone is for both kinds",
      "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec: {selector: all()}" + Piece.host + Piece.pod,
      expected: ["GW101 1:1 policy \"p\" selects everything"]),
    LintCase("all() where there are only hosts", Piece.policy("p", "selector: all(), \(ssh)") + Piece.host),
    LintCase("all() where there are only workloads", Piece.policy("p", "\(ssh)") + Piece.pod),
    LintCase("a label is named", Piece.policy("p", "selector: role == 'web', \(ssh)") + Piece.host + Piece.pod),
    LintCase(
      "both kinds are named", Piece.policy("p", "selector: \"has(role) || has(app)\", \(ssh)") + Piece.host + Piece.pod),
    LintCase("the negation leaves one kind", Piece.policy("p", "selector: '!has(app)', \(ssh)") + Piece.host + Piece.pod),
    LintCase(
      "a double negation is a label named",
      Piece.policy("p", "selector: '!(role != \"web\")', \(ssh)") + Piece.host + Piece.pod),
    LintCase(
      "pre-DNAT policy never applies to workloads",
      Piece.policy("p", "selector: all(), preDNAT: true, \(ssh)") + Piece.host + Piece.pod),
    LintCase(
      "drops nothing",
      Piece.policy("p", "ingress: [{action: log}, {action: pass}], egress: [{action: pass}]") + Piece.host + Piece.pod),
  ]

  static let onlyLogs = [
    LintCase(
      "nothing else decides",
      "apiVersion: v1\nkind: policy\nmetadata: {name: watch}\nspec:\n  selector: role == 'web'\n  ingress:\n  - action: log"
        + "\n  egress:\n  - action: allow" + Piece.host,
      expected: ["GW102 7:5 everything inbound is dropped at host endpoint \"h/eth0\""], severity: .error),
    LintCase(
      "rules that log, outbound",
      "apiVersion: v1\nkind: policy\nmetadata: {name: watch}\nspec:\n  ingress: [{action: allow}]\n  egress:\n"
        + "  - {action: log, protocol: tcp}\n  - {action: log, protocol: udp}" + Piece.pod,
      expected: ["GW102 7:5 only logs outbound"]),
    LintCase(
      "the other policy selects another endpoint",
      "apiVersion: v1\nkind: policy\nmetadata: {name: a}\nspec:\n  ingress:\n  - {action: log}\n  egress: [{action: allow}]"
        + Piece.host + Piece.pod + Piece.policy("b", "selector: app == 'shop', ingress: [{action: allow}]"),
      expected: ["GW102 6:5 dropped at host endpoint \"h/eth0\""]),
    LintCase(
      "another policy decides",
      Piece.policy("a", "ingress: [{action: log}], egress: [{action: allow}]") + Piece.host
        + Piece.policy("b", "ingress: [{action: deny}]")),
    LintCase(
      "a rule behind it decides",
      Piece.policy("a", "ingress: [{action: log}, {action: pass}], egress: [{action: allow}]") + Piece.host),
    LintCase("before DNAT there is no drop", Piece.policy("a", "preDNAT: true, ingress: [{action: log}]") + Piece.host),
    LintCase("nobody is selected", Piece.policy("a", "selector: x == 'y', ingress: [{action: log}]") + Piece.host),
  ]

  static let unguardedEndpoint = [
    LintCase(
      "neither policy nor profile",
      "apiVersion: v1\nkind: hostEndpoint\nmetadata: {name: e, node: h}\nspec: {interfaceName: eth0}",
      expected: ["GW103 1:1 everything but failsafe ports is dropped"], severity: .error),
    LintCase(
      "a policy that selects another",
      "apiVersion: v1\nkind: hostEndpoint\nmetadata: {name: e, node: h}\nspec: {interfaceName: eth1}" + Piece.host
        + Piece.policy("p", "selector: role == 'web'"), expected: ["GW103 1:1 host endpoint \"h/e\""], severity: .error),
    LintCase(
      "pre-DNAT policy alone is a warning",
      "apiVersion: v1\nkind: hostEndpoint\nmetadata: {name: e, node: h}\nspec: {interfaceName: eth0}"
        + Piece.policy("p", "preDNAT: true, ingress: [{action: allow}]") + Piece.pod,
      expected: ["GW103 1:1 what untracked or pre-DNAT policy allows is dropped, traffic of local workloads apart"],
      severity: .warning),
    LintCase(
      "a policy that Felix ignores",
      "apiVersion: v1\nkind: hostEndpoint\nmetadata: {name: e, node: h}\nspec: {interfaceName: eth0}"
        + Piece.policy("p", "ingress: [{action: allow, protocol: icmp, icmp: {type: 0}}]"),
      expected: ["GW103 1:1 has no normal policy"], semantics: .calico24),
    LintCase("a policy", Piece.host + Piece.policy("p", "selector: role == 'web'")),
    LintCase(
      "a profile, which may be missing",
      "apiVersion: v1\nkind: hostEndpoint\nmetadata: {name: e, node: h}\nspec: {interfaceName: eth0, profiles: [p]}"),
    LintCase(
      "governs no interface",
      "apiVersion: v1\nkind: hostEndpoint\nmetadata: {name: e, node: h}\nspec: {interfaceName: eth7}" + Piece.network),
    LintCase("a workload", Piece.pod),
  ]

  static let oneSidedPolicy = [
    LintCase(
      "ingress alone", "apiVersion: v1\nkind: policy\nmetadata: {name: web}\nspec: {\(ssh)}" + Piece.host,
      expected: ["GW104 1:1 has no egress rules: everything outbound but failsafe ports is dropped at host endpoint"],
      severity: .warning),
    LintCase(
      "egress alone, and a profile that is not asked",
      "apiVersion: v1\nkind: policy\nmetadata: {name: web}\nspec: {egress: [{action: allow}]}" + Piece.pod,
      expected: [
        #"GW104 1:1 everything inbound is dropped at workload endpoint "h/k8s/w/eth0", and profiles are no longer asked"#
      ]),
    LintCase(
      "no rules at all may be meant", "apiVersion: v1\nkind: policy\nmetadata: {name: none}\nspec: {}" + Piece.pod,
      expected: ["GW104 1:1 has no egress rules", "GW104 1:1 has no ingress rules"], severity: .info),
    LintCase(
      "only where no other policy speaks of the direction",
      "apiVersion: v1\nkind: policy\nmetadata: {name: web}\nspec: {\(ssh)}" + Piece.host + Piece.pod
        + Piece.policy("b", "selector: app == 'shop', egress: [{action: log}]"),
      expected: ["GW104 1:1 dropped at host endpoint \"h/eth0\""]),
    LintCase(
      "two that lack the same are one finding",
      "apiVersion: v1\nkind: policy\nmetadata: {name: a}\nspec: {\(ssh)}" + Piece.host + Piece.policy("b", ssh),
      expected: ["GW104 1:1 policy \"a\""]),
    LintCase("both directions", Piece.policy("p", "\(ssh), egress: [{action: allow}]") + Piece.host),
    LintCase(
      "another policy has the other rules", Piece.policy("p", ssh) + Piece.host + Piece.policy("q", "egress: [{action: pass}]")),
    LintCase("pre-DNAT policy has one direction", Piece.policy("p", "preDNAT: true, \(ssh)") + Piece.host),
    LintCase("untracked policy brings no drop", Piece.policy("p", "doNotTrack: true, \(ssh)") + Piece.host),
    LintCase(
      "the endpoint governs nothing",
      Piece.policy("p", ssh)
        + "\n---\n{apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h}, spec: {interfaceName: eth7}}"
        + Piece.network),
  ]

  private static let blind = """

    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: db, node: h2, labels: {role: db, zone: a}}
    spec: {interfaceName: eth0, profiles: [dba]}
    ---
    apiVersion: v1
    kind: profile
    metadata: {name: dba, tags: [operators]}
    """

  static let invisibleEndpoint = [
    LintCase(
      "all that the source selects is invisible",
      "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  ingress:\n  - action: allow\n    source: {selector: role == 'db'}"
        + blind,
      expected: [
        #"GW105 6:5 the source selector of policy "p" ingress[0] never matches a packet: host endpoint "h2/db" has no"#
      ]),
    LintCase(
      "a tag in a profile",
      "apiVersion: v1\nkind: profile\nmetadata: {name: p}\nspec:\n  egress:\n  - {action: log}\n"
        + "  - {action: deny, destination: {tag: operators}}" + blind,
      expected: [#"GW105 7:5 the destination tag "operators" of profile "p" egress[1] never matches"#]),
    LintCase(
      "some of what it selects",
      "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  ingress:\n  - {action: allow, source: {selector: has(role)}}"
        + blind + Piece.host, expected: ["GW105 6:5 does not match all that it selects: host endpoint \"h2/db\" has no"]),
    LintCase(
      "expectedIPs are there",
      Piece.policy("p", "ingress: [{action: allow, source: {selector: role == 'web'}}]") + Piece.host + blind),
    LintCase("the policy's own selector needs no addresses", Piece.policy("p", "selector: role == 'db'") + blind),
    LintCase("matches nobody", Piece.policy("p", "ingress: [{action: allow, source: {selector: role == 'none'}}]") + blind),
    LintCase("what is left out", Piece.policy("p", "ingress: [{action: allow, source: {notSelector: role == 'db'}}]") + blind),
  ]

  @Test(arguments: broadSelector)
  func `GW101`(_ test: LintCase) { #expect(test.problems(rule: "GW101") == []) }

  @Test(arguments: onlyLogs)
  func `GW102`(_ test: LintCase) { #expect(test.problems(rule: "GW102") == []) }

  @Test(arguments: unguardedEndpoint)
  func `GW103`(_ test: LintCase) { #expect(test.problems(rule: "GW103") == []) }

  @Test(arguments: oneSidedPolicy)
  func `GW104`(_ test: LintCase) { #expect(test.problems(rule: "GW104") == []) }

  @Test(arguments: invisibleEndpoint)
  func `GW105`(_ test: LintCase) { #expect(test.problems(rule: "GW105") == []) }
}
