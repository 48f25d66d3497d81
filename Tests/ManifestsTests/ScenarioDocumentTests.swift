import Manifests
import Selector
import Simulator
import Testing

@Suite struct ScenarioDocumentTests {
  static let whole = """
    apiVersion: v1
    kind: node
    metadata: {name: node3}
    ---
    apiVersion: gatewalk/v1
    kind: Scenario
    metadata: {name: nodeport-blocked}
    spec:
      description: optional text
      semantics: calico-2.4
      flows:
      - flow: tcp 203.0.113.9 -> 10.0.0.13:30333 in eth0 on node3
        verdict: allow
        decidedBy: {kind: policy, stage: workload, name: guestbook, direction: ingress, rule: 0, action: allow}
        reply: {verdict: allow, decidedBy: {kind: conntrack-established}}
      - {flow: "icmp w1 -> [fd00::2]", verdict: deny, decidedBy: {kind: endpoint-to-host-action, action: Drop}}
      - flow: udp nowhere -> 10.0.0.1:53
        verdict: error
    """

  @Test(arguments: Strictness.allCases)
  func `the whole document`(strictness: Strictness) {
    let loaded = decode(Self.whole, strictness)
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    #expect(loaded.resources.map(\.id.description) == ["node node3"])
    let policy = Scenario.DecisionPattern(
      kind: .policy,
      stage: .workload,
      name: "guestbook",
      direction: .ingress,
      rule: 0,
      action: .allow
    )
    let expected = Scenario(
      name: "nodeport-blocked",
      description: "optional text",
      semantics: "calico-2.4",
      flows: [
        Scenario.ExpectedFlow(
          "tcp 203.0.113.9 -> 10.0.0.13:30333 in eth0 on node3",
          Scenario.Expectation(.allow, by: policy),
          reply: Scenario.Expectation(.allow, by: Scenario.DecisionPattern(kind: .conntrackEstablished))
        ),
        Scenario.ExpectedFlow(
          "icmp w1 -> [fd00::2]",
          Scenario.Expectation(.deny, by: Scenario.DecisionPattern(kind: .endpointToHostAction, action: .deny))
        ),
        Scenario.ExpectedFlow("udp nowhere -> 10.0.0.1:53", Scenario.Expectation(.error)),
      ]
    )
    #expect(loaded.scenarios.map(\.withoutLocations) == [expected])
    #expect(loaded.scenarios.map(\.location?.line) == [5])
    let places = loaded.scenarios.first?.flows.map(\.location?.description)
    #expect(places == ["test.yaml:12:5", "test.yaml:16:5", "test.yaml:17:5"])
  }

  /// In a sequence, beside resources, and in several texts: in input order, and those of one name side by side.
  @Test func `scenarios stand anywhere`() {
    let flow = "{flow: 51 a -> b, verdict: deny}"
    let one = "{apiVersion: gatewalk/v1, kind: Scenario, metadata: {name: 1}, spec: {flows: [\(flow)]}}"
    let loaded = decode("- {apiVersion: v1, kind: node, metadata: {name: a}}\n- \(one)\n---\n\(one)\n---\n\(Self.whole)")
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    #expect(loaded.scenarios.map(\.name.text) == ["1", "1", "nodeport-blocked"])
    #expect(loaded.resources.count == 2 && loaded.rejected.isEmpty)
  }

  @Test func `a rejected scenario is known as one`() {
    let loaded = decode("apiVersion: gatewalk/v1\nkind: Scenario\nmetadata: {name: s}\nspec: {flows: 5}\n")
    #expect(loaded.rejected.map(\.isScenario) == [true] && loaded.rejected.first?.name == "s")
    #expect(loaded.scenarios.isEmpty && loaded.resources.isEmpty)
  }

  // MARK: Writing

  @Test func `what is written is read back the same, strictly and leniently`() {
    var generator = ScenarioGenerator(seed: 90)
    for _ in 0..<500 {
      let scenario = generator.scenario()
      let text = encodeScenario(scenario)
      for strictness in Strictness.allCases {
        let read = decode(text, strictness)
        let comment = Comment(rawValue: "\(text)\n\(read.diagnostics)")
        #expect(read.scenarios.map(\.withoutLocations) == [scenario], comment)
        #expect(read.diagnostics.isEmpty, comment)
        #expect(read.scenarios.map(encodeScenario) == [text], comment)
        guard read.scenarios.map(\.withoutLocations) == [scenario] else { return }
      }
    }
  }

  @Test func `written text is what a person would write`() {
    let text = """
      apiVersion: gatewalk/v1
      kind: Scenario
      metadata:
        name: nodeport-blocked
      spec:
        description: optional text
        semantics: calico-2.4
        flows:
        - flow: tcp 203.0.113.9 -> 10.0.0.13:30333 in eth0 on node3
          verdict: allow
          decidedBy:
            kind: policy
            stage: workload
            name: guestbook
            direction: ingress
            rule: 0
            action: allow
          reply: {verdict: allow, decidedBy: {kind: conntrack-established}}
        - flow: icmp w1 -> [fd00::2]
          verdict: deny
          decidedBy: {kind: endpoint-to-host-action, action: Drop}
        - flow: udp nowhere -> 10.0.0.1:53
          verdict: error

      """
    #expect(decode(Self.whole).scenarios.map(encodeScenario) == [text])
  }

  // MARK: Bad input

  @Test(arguments: bad)
  func `every problem is reported at its place`(input: BadInput) {
    expectDiagnostics(input)
  }

  /// A scenario with one flow, given as the lines of its mapping.
  private static func flow(_ lines: String) -> String {
    "apiVersion: gatewalk/v1\nkind: Scenario\nmetadata: {name: s}\nspec:\n  flows:\n  - \(lines)\n"
  }

  static let bad = [
    BadInput(
      name: "unknown fields at every level",
      text: """
        apiVersion: gatewalk/v1
        kind: Scenario
        metadata: {name: s, «labels»: {}}
        spec:
          «descripton»: text
          «verdict»: allow
          flows:
          - flow: tcp a -> b:1
            verdict: allow
            «path»: to-host
            «kind»: policy
            decidedBy: {«source»: x, «names»: p}
            reply: {verdict: allow, «reply»: {}}
        «flows»: []
        """,
      expected: [
        .error("unknown-field", "\"labels\" in Scenario metadata"),
        .error("unknown-field", "\"descripton\" in Scenario spec", help: "did you mean \"description\"?"),
        .error("unknown-field", "\"verdict\"", help: "belongs in an item of \"flows\""),
        .error("unknown-field", "\"path\" in a flow", help: "can be expected"),
        .error("unknown-field", "\"kind\"", help: "\"decidedBy\""),
        .error("unknown-field", "\"source\" in \"decidedBy\"", help: "where a rule stands"),
        .error("unknown-field", "\"names\"", help: "did you mean \"name\"?"),
        .error("unknown-field", "\"reply\" in \"reply\""),
        .error("unknown-field", "\"flows\" in a resource", help: "belongs in \"spec\""),
      ]
    ),
    BadInput(
      name: "missing fields",
      text: "apiVersion: gatewalk/v1\nkind: Scenario\n«metadata»:\nspec:\n  flows:\n  - «verdict»: allow\n"
        + "  - «flow»: tcp a -> b:1\n    reply: «{}»\n  - flow: tcp a -> b:1\n    «verdict»:\n  - {«flow»: , «verdict»: ''}\n",
      expected: [
        .error("missing-identifier", "no \"name\""),
        .error("missing-field", "\"flow\" is missing in a flow of a scenario", help: "write flow: tcp"),
        .error("missing-field", "\"verdict\" is missing", help: "allow, deny or error"),
        .error("missing-field", "\"verdict\" is missing in \"reply\""),
        .error("missing-field", "\"verdict\""), .error("missing-field", "\"flow\""), .error("missing-field", "\"verdict\""),
      ]
    ),
    BadInput(
      name: "words and numbers",
      text: flow(
        "{flow: 51 a -> b, verdict: «Allow», decidedBy: {kind: «polcy», stage: «prednat», direction: «in», "
          + "rule: «-1», action: «accept»}}"
      ),
      expected: [
        .error("unknown-word", "\"Allow\" is no valid verdict", help: "allow, deny, error"),
        .error("unknown-word", "\"polcy\" is no valid kind", help: "did you mean \"policy\"?"),
        .error("unknown-word", "\"prednat\" is no valid stage", help: "did you mean \"pre-dnat\"?"),
        .error("unknown-word", "\"in\" is no valid direction", help: "ingress, egress"),
        .error("out-of-range", "\"-1\" is no valid rule"),
        .error("unknown-word", "\"accept\" is no valid action", help: "did you mean \"Accept\"?"),
      ]
    ),
    BadInput(
      name: "semantics",
      text: "apiVersion: gatewalk/v1\nkind: Scenario\nmetadata: {name: s}\n"
        + "spec: {semantics: «calico-24», flows: [{flow: 51 a -> b, verdict: deny}]}\n",
      expected: [.error("unknown-word", "\"calico-24\" is no valid semantics", help: "did you mean \"calico-2.4\"?")]
    ),
    BadInput(
      name: "flows that do not parse, each mistake in its column",
      text: flow(
        "flow: «tpc» 10.0.0.2 -> 10.0.0.1:«0» «inn» «eth0»\n    verdict: allow\n"
          + "  - flow: \"tcp \\\"a -> «b»\"\n    verdict: allow\n"
          + "  - flow: 'tcp ''a -> b:«x»'\n    verdict: allow\n"
          + "  - flow: tcp a«»\n    verdict: allow\n"
          + "  - flow: «|»-\n      tpc a -> b\n    verdict: allow\n"
          + "  - flow: «[]»\n    verdict: allow"
      ),
      expected: [
        .error("invalid-flow", "unknown protocol \"tpc\"", help: "did you mean \"tcp\"?"),
        .error("invalid-flow", "\"0\" is no port"), .error("invalid-flow", "unexpected \"inn\"", help: "did you mean \"in\"?"),
        .error("invalid-flow", "unexpected \"eth0\""), .error("invalid-flow", "needs a destination port"),
        .error("invalid-flow", "\"x\" is no port"),
        .error("invalid-flow", "ends before \"->\""), .error("invalid-flow", "unknown protocol \"tpc\""),
        .error("wrong-type", "expected a flow, found a list"),
      ]
    ),
    BadInput(
      name: "what cannot be expected together",
      text: flow(
        "flow: 51 a -> b\n    verdict: error\n    «decidedBy»: {kind: policy}\n    «reply»: {verdict: deny}\n"
          + "  - flow: 51 a -> b\n    verdict: deny\n    «reply»: {verdict: allow}\n"
          + "  - flow: 51 a -> b\n    verdict: allow\n    reply: {verdict: error, «decidedBy»: {rule: 1}}"
      ),
      expected: [
        .error("error-has-decision", "cannot be judged"), .error("reply-without-allow", "\"error\""),
        .error("reply-without-allow", "\"deny\"", help: "expect allow"), .error("error-has-decision", ""),
      ]
    ),
    BadInput(
      name: "a scenario without flows",
      text: "apiVersion: gatewalk/v1\nkind: Scenario\nmetadata: {name: s}\nspec: {«flows»: []}\n---\n"
        + "«apiVersion»: gatewalk/v1\nkind: Scenario\nmetadata: {name: s}\n",
      expected: [.warning("no-flows", "tests nothing", help: "spec.flows"), .warning("no-flows", "")],
      strictness: .strict
    ),
    BadInput(
      name: "kind and version",
      text: "apiVersion: «v1»\nkind: Scenario\n---\nkind: «Scenario»\n---\napiVersion: gatewalk/v1\nkind: «scenario»\n---\n"
        + "apiVersion: gatewalk/v1\nkind: «ScenarioList»\n",
      expected: [
        .error("unknown-api-version", "\"v1\" of a Scenario", help: "gatewalk/v1"),
        .error("missing-api-version", "missing", help: "gatewalk/v1"),
        .error("unknown-kind", "\"scenario\"", help: "did you mean \"Scenario\"?"), .error("unknown-kind", ""),
      ]
    ),
    BadInput(
      name: "a colon between brackets, and a flow that goes on and on",
      text: flow(
        "{flow: «tcp a -> b:1», verdict: deny}\n"
          + "  - {flow: «51 a -> \(String(repeating: "b", count: 1_000))», verdict: deny}"
      ),
      expected: [.error("unquoted-colon", "in quotes"), .error("invalid-flow", "longer than 1000 bytes")]
    ),
  ]
}

/// Random scenarios whose texts YAML would like to misread.
private struct ScenarioGenerator {
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(state: seed)
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func maybe<Value>(_ make: (inout ScenarioGenerator) -> Value) -> Value? {
    Bool.random(using: &random) ? make(&self) : nil
  }

  mutating func scenario() -> Scenario {
    Scenario(
      name: pick(["a", "1.10", "yes", "a/b", "-"]),
      description: maybe { $0.pick(["text", "two\nlines", "a: b", "# no", " ", "~", "å\u{1}"]) },
      semantics: maybe { $0.pick(Semantics.all.map(\.name)) },
      flows: (0..<Int.random(in: 1...4, using: &random)).map { _ in flow() }
    )
  }

  private mutating func flow() -> Scenario.ExpectedFlow {
    let expectation = expectation()
    let reply = expectation.verdict == .allow ? maybe { $0.expectation() } : nil
    let texts: [ByteString] = [
      "tcp a -> b:80", "tcp 10.0.0.1:1 -> [fd00::1]:80 in eth0 out eth1 on h", " udp #a -> b:1", "icmp a -> b type 8 code 0",
      "1 fd00::1 -> fd00::2 from host", "tcp \"a' -> {b}:1 from *w", "TCP a\t->\nb:1", "tcp å -> e\u{301}:1",
    ]
    return Scenario.ExpectedFlow(pick(texts), expectation, reply: reply)
  }

  private mutating func expectation() -> Scenario.Expectation {
    let verdict = pick(Scenario.Expectation.Verdict.allCases)
    guard verdict != .error, Bool.random(using: &random) else { return Scenario.Expectation(verdict) }
    let long = ByteString(String(repeating: "n", count: 90))
    let names: [ByteString] = ["web", "1.10", "no", "a/b", "a: b", "[x]", "k8s_ns.default", long]
    let decision = Scenario.DecisionPattern(
      kind: maybe { $0.pick(Decision.Kind.allCases) },
      stage: maybe { $0.pick(Stage.allCases) },
      name: maybe { $0.pick(names) },
      direction: maybe { $0.pick(Direction.allCases) },
      rule: maybe { $0.pick([0, 7, Int(Int32.max)]) },
      action: maybe { $0.pick(Action.allCases) },
      endpoint: maybe { $0.pick(names) }
    )
    return Scenario.Expectation(verdict, by: decision)
  }
}
