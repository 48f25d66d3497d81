import Lint
import Manifests
import Selector
import Simulator
import Testing

/// What can be mended is, until nothing is left; the rest is said.
@Suite struct FixRunTests {
  private static let rules = LintRule.all.filter { ["GW001", "GW002", "GW003", "GW110", "GW120", "GW128"].contains($0.id) }

  private static let world = """
    # the web tier
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: eth0, node: my-host, labels: {role: web}}
    spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: web}
    spec:
      selector: role == "web"   # all of them
      doNotTrack: true
      ingress:
      # from the office
      - action: allow
        source: {net: 192.0.2.0/24}
        destination: {ports: [80, 443]}   # https
      egress:
      - {action: allow, protocol: tcp, source: {tag: x}, destination: {notNet: 10.3.0.0/16}}

    """

  private func run(_ texts: [(name: String, text: String)], rules: [LintRule] = rules, baseline: Baseline? = nil) -> FixRun {
    let sources = texts.map { SourceText(name: $0.name, bytes: Array($0.text.utf8)) }
    return FixRun(decodeManifests(sources, strictness: .lenient)) { loaded in
      var report = Linter(rules: rules).report(on: loaded)
      baseline?.apply(to: &report)
      return report
    }
  }

  private func text(_ change: FixRun.Changed) -> String { String(decoding: change.after.bytes, as: UTF8.self) }

  @Test func everythingAtOnce() throws {
    let run = run([("a.yaml", Self.world)])
    #expect(run.report.findings.isEmpty && run.refused.isEmpty, "\(run.report.findings.map(LintCase.line)) \(run.refused)")
    #expect(Set(run.fixed.map(\.id)) == ["GW110", "GW120", "GW128"])
    let mended = text(try #require(run.changed.first))
    let expected = Self.world.replacing(
      """
          source: {net: 192.0.2.0/24}
          destination: {ports: [80, 443]}   # https
        egress:
        - {action: allow, protocol: tcp, source: {tag: x}, destination: {notNet: 10.3.0.0/16}}
      """,
      with: """
            protocol: tcp
            source: {nets: [192.0.2.0/24]}
            destination: {ports: [80, 443]}   # https
          - action: allow
            protocol: udp
            source: {nets: [192.0.2.0/24]}
            destination: {ports: [80, 443]}
          egress:
          - {action: allow, protocol: tcp, source: {selector: has(x)}, destination: {notNets: [10.3.0.0/16]}}
          - {action: allow, protocol: tcp, source: {ports: [80, 443]}, destination: {nets: [192.0.2.0/24]}}
          - {action: allow, protocol: udp, source: {ports: [80, 443]}, destination: {nets: [192.0.2.0/24]}}
        """)
    #expect(mended == expected, "\(mended)")
    // What is mended stays as it is.
    #expect(self.run([("a.yaml", mended)]).changed.isEmpty)
  }

  /// Files are changed by themselves, standard input and what is shared or kept quiet not at all.
  @Test func whatIsNotMended() {
    func policy(_ name: String, _ rules: String) -> String {
      "apiVersion: v1\nkind: policy\nmetadata: {name: \(name)}\nspec: {\(rules)}\n"
    }
    let net = "{action: allow, source: {net: 10.0.0.0/8}}"
    let run = run([
      ("-", policy("a", "ingress: [\(net)]")),
      ("shared.yaml", policy("b", "ingress: [&r \(net)], egress: [*r]") + "---\n" + policy("c", "ingress: [\(net)]")),
      ("quiet.yaml", "# gatewalk:ignore GW128 as it is\n" + policy("d", "ingress: [\(net)]")),
    ])
    #expect(run.changed.map(\.after.name) == ["shared.yaml"])
    #expect(
      run.changed.allSatisfy {
        text($0).hasSuffix(policy("c", "ingress: [\(net.replacing("net: 10.0.0.0/8", with: "nets: [10.0.0.0/8]"))]"))
      })
    #expect(run.refused.map(\.message).map { $0.prefix(10) } == ["standard i", "it is shar", "it is shar"])
    #expect(run.report.findings.count == 3 && run.report.setAside.count == 1)
    let known = Baseline(
      of: Linter(rules: Self.rules).report(
        on: decodeManifests(SourceText(name: "x", bytes: Array(policy("a", "ingress: [\(net)]").utf8)), strictness: .lenient)))
    #expect(self.run([("x", policy("a", "ingress: [\(net)]"))], baseline: known).changed.isEmpty)
  }

  /// A finding that its own fix does not cure is tried once.
  @Test func whatComesBackIsNotChasedForEver() {
    let stubborn = LintRule(id: "GW999", name: "x", severity: .info, summary: "", claims: [], basis: "", explanation: "") {
      context in
      context.world.policies.map { policy in
        Finding(
          "GW999", .info, at: policy.location, "always", subject: Subject(ResourceID(.policy, policy.name)),
          fix: .insertRule(Rule(.log), .egress, at: policy.egress.count))
      }
    }
    let run = run([("a", "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec: {order: 1}\n")], rules: [stubborn])
    #expect(run.fixed.count == 1 && run.report.findings.count == 1)
    #expect(
      run.changed.map(text) == [
        "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec: {order: 1, egress: [{action: log}]}\n"
      ])
  }
}
