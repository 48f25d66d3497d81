import Lint
import Selector
import Simulator
import Testing

/// What is in a baseline does not count, once for each time it is there.
@Suite struct BaselineTests {
  private static let policies = """
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: a, node: host}
    spec: {interfaceName: a, expectedIPs: [10.0.0.1]}
    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: b, node: host}
    spec: {interfaceName: b, expectedIPs: [10.0.0.2]}

    """
  private static let rules = LintRule.all.filter { ["GW001", "GW004", "GW103"].contains($0.id) }

  private func report(_ yaml: String) -> LintReport { LintCase("", yaml).report(of: Self.rules) }

  @Test func whatIsKnownIsSetAside() {
    let before = report(Self.policies)
    let baseline = Baseline(of: before)
    #expect(baseline.entries.map(\.about) == ["hostEndpoint host/a", "hostEndpoint host/b"])
    // Moved, in another order, in another style, and one more.
    let documents = Self.policies.split(separator: "---\n")
    let moved =
      "# first\n\n\(documents[1])---\n" + documents[0] + "---\n"
      + documents[0].replacing("name: a", with: "name: c").replacing("Name: a", with: "Name: c")
    var after = report(moved)
    #expect(after.findings.count == 3)
    baseline.apply(to: &after)
    #expect(after.findings.map(\.subject?.resource.name) == ["host/c"])
    #expect(after.setAside.map(\.finding.subject?.resource.name) == ["host/b", "host/a"])
    #expect(after.setAside.allSatisfy { $0.reason == .baseline })
  }

  @Test func whatIsGoneIsStale() {
    var baseline = Baseline(of: report(Self.policies))
    baseline.entries[0].location = SourceLocation(file: "base.json", line: 2, column: 2)
    var after = report(Self.policies.replacing("name: a", with: "name: z"))
    baseline.apply(to: &after)
    #expect(after.findings.map(\.id) == ["GW004", "GW103"])
    #expect(after.findings[0].severity == .info && after.findings[0].location?.file == "base.json")
    #expect(after.findings[0].message.contains("\"hostEndpoint host/a\" is in the baseline and is not found any more"))
    // A rule that was not asked is not missed.
    var other = LintCase("", "[]").report(of: LintRule.all.filter { ["GW001", "GW004"].contains($0.id) })
    baseline.apply(to: &other)
    #expect(other.findings.isEmpty)
    // Nor does one that is stale get into the next baseline.
    #expect(Baseline(of: after).entries.map(\.about) == ["hostEndpoint host/z"])
  }

  /// Of findings that look the same as many are known as there were.
  @Test func theSameSeveralTimes() {
    let finding = Finding("GW103", .error, at: nil, "\"x\"", subject: Subject(ResourceID(.policy, "p")))
    func report(_ count: Int) -> LintReport {
      LintReport(findings: Array(repeating: finding, count: count), rules: Self.rules, resourceCount: 1)
    }
    let baseline = Baseline(of: report(2))
    #expect(baseline.entries.map(\.count) == [2])
    for (count, expected) in [(0, ["any more"]), (1, ["1 of 2 times"]), (2, []), (3, ["\"x\""])] as [(Int, [String])] {
      var after = report(count)
      baseline.apply(to: &after)
      #expect(after.findings.count == expected.count && after.setAside.count == min(count, 2))
      for (finding, part) in zip(after.findings, expected) { #expect(finding.message.contains(part)) }
    }
  }
}
