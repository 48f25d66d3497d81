import Scenarios
import Selector
import Simulator
import Testing

@Suite struct MutationTests {
  private func survivors(_ flows: String) throws -> (tried: Int, survivors: [String]) {
    let folder = try ScenarioFolder([
      "world.yaml": Gateway.world, "scenario.yaml": "scenario: s\nworld: world.yaml\nflows:\n\(flows)",
    ])
    let report = MutationReport(folder.runs())
    return (
      report.tried,
      report.survivors.map { "\($0.rule.resource.name) \($0.rule.direction.rawValue)[\($0.rule.index)] \($0.text)" }
    )
  }

  private static let web = "- {flow: \"tcp 203.0.113.9 -> 10.0.0.1:80 in eth0\", expect: allow}\n"
  private static let ssh = "- {flow: \"tcp 192.0.2.9 -> 10.0.0.1:22 in eth0\", expect: allow}\n"
  private static let out = "- {flow: \"tcp 10.0.0.1 -> 8.8.8.8:1 from host\", expect: allow}\n"
  private static let shop = "- {flow: \"tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0\", expect: allow}\n"

  @Test func `a flow for each rule notices everything`() throws {
    let (tried, survivors) = try survivors(Self.web + Self.ssh + Self.out + Self.shop)
    #expect(tried == 8 && survivors.isEmpty, "\(survivors)")
  }

  @Test func `what no flow looks at may change unnoticed`() throws {
    let (tried, survivors) = try survivors(Self.web + Self.shop)
    #expect(tried == 8)
    #expect(
      survivors == [
        "web ingress[1] deleted", "web ingress[1] deny instead of allow", "web egress[0] deleted",
        "web egress[0] deny instead of allow",
      ])
  }

  /// A denied flow notices a deny that becomes an allow only if that rule is what denies it.
  @Test func `by the reason, not by the verdict alone`() throws {
    let policy =
      "{apiVersion: v1, kind: policy, metadata: {name: d}, spec: {order: 1, selector: role == 'gateway', ingress: [{action: deny, protocol: udp}]}}"
    let flow = "- {flow: \"udp 203.0.113.9 -> 10.0.0.1:9 in eth0\", expect: EXPECT}\n"
    func run(_ expect: String) throws -> [String] {
      let folder = try ScenarioFolder([
        "s.yaml": "scenario: s\nworld: w/w.yaml\nresources: [\(policy)]\nflows:\n" + flow.replacing("EXPECT", with: expect),
        "w/w.yaml": Gateway.world,
      ])
      return MutationReport(folder.runs()).survivors.filter { $0.rule.resource.name == "d" }.map(\.text)
    }
    #expect(try run("deny") == ["deleted"])
    #expect(try run("{verdict: deny, by: policy d}") == [])
  }
}
