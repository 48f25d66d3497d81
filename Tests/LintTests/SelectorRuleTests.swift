import Lint
import Testing

/// GW118 and GW119: what selectors match, and what they do not.
@Suite struct SelectorRuleTests {
  static let endpoints = """
    - apiVersion: v1
      kind: hostEndpoint
      metadata: {name: eth0, node: h, labels: {role: webserver, zone: outside}}
      spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
    - apiVersion: v1
      kind: workloadEndpoint
      metadata: {node: h, orchestrator: k8s, workload: shop, name: eth0, labels: {app: shop, env: prod}}
      spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32]}

    """

  @Test(arguments: [
    LintCase(
      "a value that is nearly right",
      endpoints + """
        - apiVersion: v1
          kind: policy
          metadata: {name: web}
          spec: {selector: role == "web-server", ingress: [{action: allow}]}
        """,
      expected: [#"GW118 9:3 no endpoint matches the selector "role == "web-server"" of policy "web": it governs nothing"#],
      severity: .warning),
    LintCase(
      "a selector in a rule, and one that is to except something",
      endpoints + """
        - apiVersion: v1
          kind: policy
          metadata: {name: web}
          spec:
            selector: role == "webserver"
            ingress:
            - {action: allow, source: {selector: apps == "shop"}}
            - action: deny
              source: {notSelector: env == "staging"}
        """,
      expected: [
        #"GW118 15:7 no endpoint matches source.selector "apps == "shop"" of policy "web" ingress[0]: the rule never matches"#,
        #"GW118 16:7 no endpoint matches source.notSelector "env == "staging"" of policy "web" ingress[1]: it excepts nothing"#,
      ]),
    LintCase(
      "a tag in a profile",
      endpoints + """
        - apiVersion: v1
          kind: profile
          metadata: {name: p}
          spec:
            egress:
            - {action: allow, destination: {tag: db}}
        """, expected: [#"GW118 14:7 no endpoint has the tag "db" of destination.tag of profile "p" egress[0]"#]),
    LintCase(
      "labels that come from a profile count",
      endpoints + """
        - apiVersion: v1
          kind: workloadEndpoint
          metadata: {node: h, orchestrator: k8s, workload: db, name: eth0}
          spec: {interfaceName: cali2, ipNetworks: [10.65.0.2/32], profiles: [p]}
        - {apiVersion: v1, kind: profile, metadata: {name: p, tags: [db]}, spec: {}}
        - apiVersion: v1
          kind: policy
          metadata: {name: web}
          spec:
            selector: has(db)
            ingress: [{action: allow, source: {selector: role == "webserver" || app == "none"}}]
        """),
    LintCase(
      "no endpoint at all: they are in other files",
      """
      apiVersion: v1
      kind: policy
      metadata: {name: web}
      spec: {selector: role == "web", ingress: [{action: allow, source: {selector: x == "y"}}]}
      """),
    LintCase(
      "all() and the empty selector",
      endpoints + """
        - {apiVersion: v1, kind: policy, metadata: {name: a}, spec: {selector: all()}}
        - {apiVersion: v1, kind: policy, metadata: {name: b}, spec: {ingress: [{action: allow, source: {selector: has(app)}}]}}
        """),
  ])
  func `selectors without a match`(_ test: LintCase) {
    #expect(test.problems(rule: "GW118").isEmpty)
  }

  @Test(
    arguments: [
      (#"role == "web-server""#, #"did you mean role == "webserver"? it matches host endpoint "h/eth0""#),
      (#"rolle == 'webserver' && has(zone)"#, #"did you mean role == 'webserver' && has(zone)?"#),
      (#"env in {"Prod", "test"}"#, #"did you mean env in {"prod", "test"}?"#),
      (
        #"app == "shop" && zone == "inside""#,
        #"workload endpoint "h/k8s/shop/eth0" comes nearest: only zone == "inside" keeps it"#
      ),
      ("has(quarantine)", nil),
    ] as [(String, String?)])
  func `near misses are named`(selector: String, help: String?) throws {
    let yaml =
      Self.endpoints + """
        - apiVersion: v1
          kind: policy
          metadata: {name: p}
          spec:
            selector: >-
              \(selector)
        """
    let findings = LintCase("", yaml).report(of: LintRule.all.filter { $0.id == "GW118" }).findings
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    if let help { #expect(finding.help?.contains(help) == true, "\(finding)") } else { #expect(finding.help == nil) }
  }

  @Test(arguments: [
    LintCase(
      "!= matches a workload that knows no role",
      endpoints + """
        - apiVersion: v1
          kind: policy
          metadata: {name: p}
          spec: {selector: role != "database"}
        """,
      expected: [
        #"GW119 9:3 also matches endpoints without the label "role", such as workload endpoint "h/k8s/shop/eth0": 1 of 2"#
      ], severity: .info),
    LintCase(
      "not in, in a rule",
      endpoints + """
        - apiVersion: v1
          kind: policy
          metadata: {name: p}
          spec:
            ingress:
            - {action: allow, source: {selector: 'app not in {"db"}'}}
        """, expected: [#"GW119 14:7 source.selector "app not in {"db"}" of policy "p" ingress[0] also matches"#]),
    LintCase(
      "! before has and before a comparison",
      endpoints + """
        - {apiVersion: v1, kind: policy, metadata: {name: a}, spec: {selector: "!has(role)"}}
        - {apiVersion: v1, kind: policy, metadata: {name: b}, spec: {selector: '!(zone == "inside")'}}
        """,
      expected: [
        #"GW119 9:3 the selector "!has(role)" of policy "a" matches endpoints without the label "role""#,
        #"GW119 10:3 the selector "!(zone == "inside")" of policy "b" also matches endpoints without the label "zone""#,
      ]),
    LintCase(
      "the label is asked for as well",
      endpoints + """
        - {apiVersion: v1, kind: policy, metadata: {name: a}, spec: {selector: has(role) && role != "database"}}
        - {apiVersion: v1, kind: policy, metadata: {name: b}, spec: {selector: role == "webserver" && zone != "inside"}}
        """),
    LintCase(
      "no endpoint has the label, or all have it",
      endpoints + """
        - {apiVersion: v1, kind: policy, metadata: {name: a}, spec: {selector: team != "red"}}
        - {apiVersion: v1, kind: policy, metadata: {name: b}, spec: {selector: has(app) && env != "test"}}
        """),
    LintCase(
      "the unlabelled endpoint matches for another reason",
      endpoints + """
        - {apiVersion: v1, kind: policy, metadata: {name: a}, spec: {selector: app == "shop" || role != "webserver" && has(zone)}}
        - {apiVersion: v1, kind: policy, metadata: {name: b}, spec: {selector: app == "shop" || role != "webserver"}}
        """),
  ])
  func `negations that match what has no label`(_ test: LintCase) {
    #expect(test.problems(rule: "GW119").isEmpty)
  }
}
