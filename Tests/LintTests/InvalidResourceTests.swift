import Lint
import Simulator
import Testing

@Suite struct InvalidResourceTests {
  @Test(arguments: [
    LintCase(
      "an error has its own place and words",
      """
      apiVersion: v1
      kind: policy
      metadata: {name: web}
      spec:
        selector: role = "web"
      """, expected: ["GW001 5:18 ="], severity: .error),
    LintCase(
      "a warning that no other rule speaks of",
      """
      apiVersion: v1
      kind: hostEndpoint
      metadata: {name: e, node: h, labels: {zone: yes}}
      spec: {interfaceName: eth0, profiles: [p]}
      """, expected: ["GW001 3:45 true"], severity: .warning),
    LintCase(
      "a doubt about a host",
      """
      apiVersion: v1
      kind: workloadEndpoint
      metadata: {name: eth0, workload: w, orchestrator: k8s, node: h}
      spec: {interfaceName: tap1, ipNetworks: [10.65.0.1/32]}
      """, expected: ["GW001 1:1 does not start with"], severity: .warning),
    LintCase(
      "nothing wrong",
      """
      apiVersion: v1
      kind: node
      metadata: {name: h}
      """),
    LintCase(
      "what another rule speaks of",
      """
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: e, node: h, labels: {role: db}}
        spec: {interfaceName: eth0, profiles: [p]}
      - apiVersion: v1
        kind: profile
        metadata: {name: p}
        spec:
          ingress:
          - {action: allow, source: {selector: role == "db"}}
      """),
    LintCase("no resource at all", "[]"),
  ])
  func `invalid resources are findings`(_ test: LintCase) {
    #expect(test.problems(rule: "GW001").isEmpty)
  }

  @Test func `what is left out is counted and named, and the rest is looked at`() {
    let report = LintCase(
      "",
      """
      - apiVersion: v1
        kind: policy
        metadata: {name: bad}
        spec: {selector: "a ="}
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: e, node: h}
        spec: {interfaceName: eth0}
      """
    ).report
    #expect(report.leftOut.count == 1 && report.resourceCount == 1)
    #expect(report.findings.first?.subject?.resource.description == "policy bad")
    #expect(report.findings.contains { $0.id == "GW103" })
  }
}
