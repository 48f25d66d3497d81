import Scenarios
import Selector
import Simulator
import Testing

@Suite struct CoverageTests {
  private func coverage(_ flows: String) throws -> Coverage {
    let folder = try ScenarioFolder([
      "world.yaml": Gateway.world, "scenario.yaml": "scenario: s\nclaims: [S69]\nworld: world.yaml\nflows:\n\(flows)",
    ])
    return Coverage(folder.runs().map { $0.outcome() })
  }

  private func missed(_ coverage: Coverage) -> [String] {
    coverage.missedRules.map { "\($0.resource.name) \($0.direction.rawValue)[\($0.index)]" }
  }

  @Test func `a rule is covered by what it decides`() throws {
    let one = try coverage("- {flow: \"tcp 203.0.113.9 -> 10.0.0.1:80 in eth0\", expect: allow}\n")
    #expect(missed(one) == ["web ingress[1]", "web egress[0]", "shop ingress[0]"] && one.ruleCount == 4)
    #expect(one.percentage == 25)
    #expect(!one.missedBuiltIn.contains(.conntrackEstablished) && one.missedBuiltIn.contains(.failsafe))
    #expect(one.missedClaims.count == Claim.all.count { $0.isTestable } - 1)
  }

  /// A denied packet covers what denied it, even if something else was expected of it.
  @Test func `a failing flow covers what it met`() throws {
    let found = try coverage(
      "- {flow: \"tcp 192.0.2.9 -> 10.0.0.1:22 in eth0\", expect: deny}\n- {flow: \"tcp 10.0.0.1 -> 8.8.8.8:1 from host\", expect: allow}\n"
    )
    #expect(missed(found) == ["web ingress[0]", "shop ingress[0]"])
  }

  /// What a change brings has to be covered, too, and what it pushes down stays the same rule.
  @Test func `rules that a change brings`() throws {
    let policy =
      "{apiVersion: v1, kind: policy, metadata: {name: new}, spec: {order: 1, selector: role == 'gateway', ingress: [{action: log}, {action: deny, protocol: udp}]}}"
    let found = try coverage(
      "- change: [{apply: \(policy)}]\n- {flow: \"tcp 203.0.113.9 -> 10.0.0.1:80 in eth0\", expect: allow}\n")
    #expect(missed(found).contains("new ingress[1]") && !missed(found).contains("new ingress[0]"))
    #expect(found.ruleCount == 6)
  }

  @Test func `a policy without rules is covered by its default drop`() throws {
    let policy = "{apiVersion: v1, kind: policy, metadata: {name: shut}, spec: {order: 1, selector: app == 'shop'}}"
    let change = "- change: [{delete: policy shop}, {apply: \(policy)}]\n"
    #expect(
      try coverage(change + "- {flow: \"tcp 203.0.113.9 -> 10.0.0.1:80 in eth0\", expect: allow}\n").missedPolicies.map(\.name)
        == ["shut"])
    #expect(
      try coverage(change + "- {flow: \"tcp 203.0.113.9 -> 10.65.0.1:80 in eth0\", expect: deny}\n").missedPolicies.isEmpty)
  }
}
