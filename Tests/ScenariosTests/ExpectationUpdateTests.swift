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

  /// What is dropped has no reply to speak of: the line goes, or the expectation is written anew as a whole.
  @Test func `fields that have to go`() throws {
    let (text, _, folder) = try updated(
      """
      scenario: s
      world: world.yaml
      flows:
      - flow: tcp 203.0.113.9 -> 10.0.0.1:22 in eth0
        expect:
          verdict: allow   # was so
          by: policy web ingress[1]
          reply: allow   # of course
      - {flow: "tcp 203.0.113.9 -> 10.0.0.1:22 in eth0", expect: {verdict: allow, reply: allow}}
      - flow: tcp 203.0.113.9 -> nowhere:22 in eth0
        expect: {verdict: deny, by: failsafe}
      """)
    try folder.write("s.yaml", text ?? "")
    #expect(folder.complaints() == [], "\(text ?? "")")
    #expect(
      text?.contains("    verdict: deny   # was so\n    by: no-policy-matched\n- {") == true
        && text?.contains("expect: deny}\n") == true && text?.hasSuffix("expect: error") == true,
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

  /// Where one set of semantics is content with what the other is not, the next run would turn it round again.
  @Test func `one set of semantics is content`() throws {
    let folder = try ScenarioFolder([
      "world.yaml": Gateway.world.replacing("failsafeInboundHostPorts: none", with: ""),
      "s.yaml":
        "scenario: s\nworld: world.yaml\nsemantics: [documented, calico-2.4]\nflows:\n- flow: udp 203.0.113.9 -> 10.0.0.1:68 in eth0\n  expect: deny\n",
    ])
    let update = ExpectationUpdate(folder.runs().map { ($0, $0.outcome()) }, sources: folder.suite.sources)
    #expect(update.files.isEmpty && update.refusals.count == 1, "\(update)")
  }

  static let office = "tcp 192.0.2.9 -> 10.0.0.1:22 in eth0"

  /// Flows of which the office gets through: what stands in for the expectation, and what it becomes.
  static let layouts = [
    ("  expect: \"deny\"\n", "  expect: \"allow\"\n"), ("  expect: 'deny'\r\n", "  expect: allow\r\n"),
    ("  expect:\tdeny\t# tab", "  expect:\tallow\t# tab"), ("  expect: |-\n    deny\n", "  expect: allow\n"),
    ("  ? expect\n  : deny\n", "  ? expect\n  : allow\n"), ("  expect: !!str deny\n", "  expect: allow\n"),
    (
      "  expect: {\"verdict\": \"deny\",\n    # why\n    path: to-host}\n",
      "  expect: {\"verdict\": \"allow\",\n    # why\n    path: to-host}\n"
    ),
    // The anchor stays, as others may stand on it, and so does what a merge takes from it.
    ("  expect: &e deny\n", nil), ("  expect: {verdict: &e deny}\n", nil), ("  expect: &e {verdict: deny}\n", nil),
  ]

  @Test(arguments: layouts) func `the layout is understood or left alone`(before: String, after: String?) throws {
    let head = "scenario: s\nworld: world.yaml\nflows:\n- flow: \(Self.office)\n"
    let (text, refusals, folder) = try updated(head + before)
    #expect(text == after.map { head + $0 } && refusals.count == (after == nil ? 1 : 0), "\(text ?? "") \(refusals)")
    if let text {
      try folder.write("s.yaml", text)
      #expect(folder.complaints() == [])
    }
  }

  @Test func `what an anchor holds stays, and its aliases are written out`() throws {
    let head =
      "scenario: s\nworld: world.yaml\nflows:\n- {flow: \"tcp 203.0.113.9 -> 10.0.0.1:22 in eth0\", expect: &e {verdict: deny, path: to-host}}\n"
    let before = "- {flow: \"\(Self.office)\", expect: *e}\n- {flow: \"\(Self.office)\", expect: {<<: *e}}\n"
    let (text, refusals, _) = try updated(head + before)
    let after = "- {flow: \"\(Self.office)\", expect: {verdict: allow, path: to-host}}\n"
    #expect(text == head + after + after && refusals.isEmpty, "\(text ?? "") \(refusals)")
  }

  @Test func `JSON stays JSON`() throws {
    func json(_ expect: String) -> String {
      "{\"scenario\": \"s\", \"world\": \"world.yaml\", \"flows\": [{\"flow\": \"\(Self.office)\", \"expect\": \(expect)}]}"
    }
    let folder = try ScenarioFolder([
      "world.yaml": Gateway.world, "s.json": json("{\"verdict\": \"deny\", \"path\": \"to-host\"}"),
    ])
    let update = ExpectationUpdate(folder.runs().map { ($0, $0.outcome()) }, sources: folder.suite.sources)
    #expect(
      update.files.map { String(decoding: $0.after, as: UTF8.self) } == [
        json("{\"verdict\": \"allow\", \"path\": \"to-host\"}")
      ],
      "\(update)")
  }

  @Test func `nothing to do`() throws {
    let (text, refusals, _) = try updated(
      "scenario: s\nworld: world.yaml\nflows: [{flow: \"tcp 203.0.113.9 -> 10.0.0.1:80 in eth0\", expect: allow}]\n")
    #expect(text == nil && refusals.isEmpty)
  }
}
