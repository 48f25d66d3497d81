import Scenarios
import Selector
import Simulator
import Testing

@Suite struct ExpectationUpdateTests {
  private func updated(_ scenario: String) throws -> (text: String?, refusals: [String], folder: ScenarioFolder) {
    let folder = try ScenarioFolder(["world.yaml": Gateway.world, "s.yaml": scenario])
    let update = ExpectationUpdate(folder.runs().map { ($0, $0.outcome()) }, sources: folder.suite.sources)
    return (update.files.first.map { String(decoding: $0.after, as: UTF8.self) }, update.refusals.map(\.message), folder)
  }

  /// Values are replaced where they stand, no more is said than was said, and comments stay.
  @Test func `rewriting keeps the layout`() throws {
    let before = """
      # What the gateway lets in.
      scenario: s   # the name
      world: world.yaml
      flows:
      - flow: tcp 192.0.2.9 -> 10.0.0.1:22 in eth0   # office
        expect: deny   # was so
      - flow: tcp 203.0.113.9 -> 10.0.0.1:22 in eth0
        expect:
          # nobody else
          verdict: allow
          by: policy web ingress[1]   # the rule
          endpoint: eth0-hep
      - {flow: "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", expect: {verdict: allow, by: policy other, path: forwarded}}   # web
      - flow: tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0
        expect: {verdict: allow, reply: deny}
      - {flow: "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", expect: allow}

      """
    let after = """
      # What the gateway lets in.
      scenario: s   # the name
      world: world.yaml
      flows:
      - flow: tcp 192.0.2.9 -> 10.0.0.1:22 in eth0   # office
        expect: allow   # was so
      - flow: tcp 203.0.113.9 -> 10.0.0.1:22 in eth0
        expect:
          # nobody else
          verdict: deny
          by: no-policy-matched   # the rule
          endpoint: eth0-hep
      - {flow: "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", expect: {verdict: allow, by: policy web, path: to-host}}   # web
      - flow: tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0
        expect: {verdict: allow, reply: allow}
      - {flow: "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", expect: allow}

      """
    let (text, refusals, folder) = try updated(before)
    #expect(text == after && refusals.isEmpty, "\(text ?? "")")
    try folder.write("s.yaml", text ?? "")
    #expect(folder.complaints() == [])
  }

  /// What is dropped has no reply to speak of: such an expectation is written anew as a whole.
  @Test func `fields that have to go`() throws {
    let (text, _, folder) = try updated(
      """
      scenario: s
      world: world.yaml
      flows:
      - flow: tcp 203.0.113.9 -> 10.0.0.1:22 in eth0
        expect:
          verdict: allow
          by: policy web ingress[1]
          reply: allow
      - flow: tcp 203.0.113.9 -> nowhere:22 in eth0
        expect: {verdict: deny, by: failsafe}
      """)
    try folder.write("s.yaml", text ?? "")
    #expect(folder.complaints() == [], "\(text ?? "")")
    #expect(
      text?.contains("{verdict: deny, by: no-policy-matched}") == true && text?.hasSuffix("expect: error") == true,
      "\(text ?? "")")
  }

  @Test func `one expectation cannot serve two semantics that part`() throws {
    let world = "failsafeInboundHostPorts: none"
    let folder = try ScenarioFolder([
      "world.yaml": Gateway.world.replacing(world, with: ""),
      "s.yaml":
        "scenario: s\nworld: world.yaml\nsemantics: [documented, calico-2.4]\nflows:\n- flow: udp 203.0.113.9 -> 10.0.0.1:68 in eth0\n  expect: error\n",
    ])
    let update = ExpectationUpdate(folder.runs().map { ($0, $0.outcome()) }, sources: folder.suite.sources)
    #expect(update.files.isEmpty && update.refusals.count == 1)
    #expect(update.refusals.first?.location?.line == 5)
  }

  @Test func `nothing to do`() throws {
    let (text, refusals, _) = try updated(
      "scenario: s\nworld: world.yaml\nflows: [{flow: \"tcp 203.0.113.9 -> 10.0.0.1:80 in eth0\", expect: allow}]\n")
    #expect(text == nil && refusals.isEmpty)
  }
}
