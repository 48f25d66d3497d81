import Lint
import Simulator
import Testing

/// GW120, GW125, GW128 and GW130: what the reading of manifests notes, seen in the world.
@Suite struct ReaderRuleTests {
  private static func policy(_ rules: String) -> String {
    """
    apiVersion: v1
    kind: policy
    metadata: {name: p}
    spec:
      selector: all()
      ingress:
      \(rules.replacingOccurrences("\n", with: "\n  "))
    """
  }

  @Test(arguments: [
    LintCase(
      "ports of the destination", policy("- action: allow\n  destination:\n    ports: [443]"),
      expected: [#"GW120 9:7 policy "p" ingress[0] names ports and no protocol: calicoctl refuses it"#], severity: .warning),
    LintCase(
      "ports of both ends are one finding", policy("- {action: deny, source: {ports: [1]}, destination: {notPorts: [2]}}"),
      expected: ["GW120 7:29 ingress[0]"]),
    LintCase(
      "each rule at its own place",
      policy("- {action: deny, destination: {ports: [1]}}\n- {action: deny, source: {notPorts: [2]}}"),
      expected: ["GW120 7:34 ingress[0]", "GW120 8:29 ingress[1]"]),
    LintCase("with a protocol", policy("- {action: allow, protocol: tcp, destination: {ports: [443]}}")),
    LintCase("with a protocol by number", policy("- {action: allow, protocol: 17, destination: {ports: [443]}}")),
    LintCase("without ports", policy("- {action: allow, source: {nets: [10.0.0.0/8]}, destination: {ports: []}}")),
  ])
  func `ports without a protocol`(_ test: LintCase) {
    #expect(test.problems(rule: "GW120").isEmpty)
    #expect(test.findings("GW120").allSatisfy { $0.fix == .splitByProtocol && $0.subject?.rule != nil })
  }

  private static let endpoint = """
    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: eth0, node: h, labels: {role: db}}
    spec: {interfaceName: eth0, profiles: [q]}
    """

  @Test(arguments: [
    LintCase(
      "code 0 in a policy that governs an endpoint",
      policy("- {action: allow, protocol: icmp, icmp: {type: 8, code: 0}}") + "\n" + endpoint,
      expected: [#"GW125 7:53 in policy "p" ingress[0]: the whole policy counts as missing at host endpoint "h/eth0""#],
      severity: .error),
    LintCase(
      "type 0 in notICMP, and nobody is governed", policy("- {action: allow, protocol: icmp, notICMP: {type: 0}}"),
      expected: [#"GW125 7:47 in policy "p" ingress[0]: the whole policy counts as missing"#], severity: .warning),
    LintCase(
      "in a profile",
      """
      apiVersion: v1
      kind: profile
      metadata: {name: q}
      spec:
        egress:
        - {action: allow}
        - {action: allow, protocol: icmp, icmp: {type: 0}}

      """ + endpoint,
      expected: [
        #"GW125 7:44 in profile "q" egress[1]: all rules of the profile count as missing, so it denies at host endpoint"#
      ], severity: .error),
    LintCase(
      "a slash in a profile's name",
      """
      apiVersion: v1
      kind: hostEndpoint
      metadata: {name: eth0, node: h}
      spec: {interfaceName: eth0, profiles: [plain, team/web]}
      """,
      expected: [#"GW125 4:47 Felix 2.4 ignores host endpoint "h/eth0", as profile "team/web" has "/" in its name"#],
      severity: .error),
    LintCase(
      "under calico-2.4, too", policy("- {action: allow, protocol: icmp, icmp: {type: 8, code: 0}}") + "\n" + endpoint,
      expected: ["GW125 7:53 missing at host endpoint"], severity: .error, semantics: .calico24),
    LintCase("other types and codes", policy("- {action: allow, protocol: icmp, icmp: {type: 3, code: 4}}") + "\n" + endpoint),
    LintCase("a type without a code", policy("- {action: allow, protocol: icmp, icmp: {type: 8}}")),
    LintCase(
      "a slash in a workload's profile, which Felix takes",
      """
      apiVersion: v1
      kind: workloadEndpoint
      metadata: {node: h, orchestrator: k8s, workload: w, name: eth0}
      spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32], profiles: [team/web]}
      """),
  ])
  func `what Felix ignores`(_ test: LintCase) {
    #expect(test.problems(rule: "GW125").isEmpty)
  }

  @Test(arguments: [
    LintCase(
      "net and notNet", policy("- {action: allow, source: {net: 10.0.0.0/8}, destination: {notNet: 10.0.0.1}}"),
      expected: [
        #"GW128 7:30 source.net of policy "p" ingress[0] is deprecated in favour of "nets""#,
        #"GW128 7:62 destination.notNet of policy "p" ingress[0] is deprecated in favour of "notNets""#,
      ], severity: .info),
    LintCase(
      "a tag", policy("- action: allow\n  source:\n    tag: db"),
      expected: [#"GW128 9:7 source.tag of policy "p" ingress[0] is deprecated in favour of "selector: has(db)""#]),
    LintCase(
      "in a profile, negated",
      """
      apiVersion: v1
      kind: profile
      metadata: {name: q}
      spec: {egress: [{action: deny, destination: {notTag: db}}]}
      """, expected: [#"GW128 4:46 destination.notTag of profile "q" egress[0]"#]),
    LintCase("today's fields", policy("- {action: allow, source: {nets: [10.0.0.0/8], selector: has(db)}}")),
    LintCase("nothing in them", policy("- {action: allow, source: {net: , notNets: []}}")),
    LintCase(
      "in a resource that is left out or replaced",
      policy("- {action: allow, source: {tag: db}}") + "\n---\n" + policy("- {action: allow}")),
  ])
  func `deprecated fields`(_ test: LintCase) {
    #expect(test.problems(rule: "GW128").isEmpty)
  }

  @Test(arguments: [
    ("net: 10.0.0.0/8", true), ("notNet: 10.0.0.0/8", true), ("tag: db", true), ("notTag: db", true),
    (#"tag: db, selector: has(web)"#, false), (#"notTag: db, notSelector: has(web)"#, false),
    (#"tag: db, notSelector: has(web)"#, true),
  ])
  func `a deprecated field is replaced where that is certain`(entity: String, isCertain: Bool) {
    let findings = LintCase("", Self.policy("- {action: allow, source: {\(entity)}}")).findings("GW128")
    #expect(findings.map(\.fix) == [isCertain ? .replaceDeprecatedField : nil])
  }

  @Test(arguments: [
    LintCase(
      "two policies of one name",
      policy("- {action: allow}") + "\n---\n" + policy("- {action: deny}"),
      expected: [#"GW130 9:1 policy "p" replaces the one at world.yaml:1: what only that one says is lost"#], severity: .warning
    ),
    LintCase(
      "the same twice", policy("- {action: allow}") + "\n---\n" + policy("- {action: allow}"),
      expected: [#"GW130 9:1 policy "p" says the same as the one at world.yaml:1: one of them is superfluous"#], severity: .info
    ),
    LintCase(
      "three host endpoints",
      """
      - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h}, spec: {interfaceName: eth0}}
      - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h}, spec: {interfaceName: eth1}}
      - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h}, spec: {interfaceName: eth2}}
      """,
      expected: [
        #"GW130 2:3 hostEndpoint "h/e" replaces the one at world.yaml:1"#,
        #"GW130 3:3 hostEndpoint "h/e" replaces the one at world.yaml:2"#,
      ]),
    LintCase(
      "one name on two nodes",
      """
      - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h}, spec: {interfaceName: eth0}}
      - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: i}, spec: {interfaceName: eth0}}
      """),
    LintCase(
      "one name for two kinds",
      """
      - {apiVersion: v1, kind: policy, metadata: {name: e}, spec: {selector: all()}}
      - {apiVersion: v1, kind: profile, metadata: {name: e}, spec: {}}
      """),
    LintCase(
      "names that differ in case",
      """
      - {apiVersion: v1, kind: policy, metadata: {name: e}, spec: {selector: all()}}
      - {apiVersion: v1, kind: policy, metadata: {name: E}, spec: {selector: all()}}
      """),
  ])
  func `resources of one identity`(_ test: LintCase) {
    #expect(test.problems(rule: "GW130").isEmpty)
  }
}

extension String {
  fileprivate func replacingOccurrences(_ part: Character, with other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
