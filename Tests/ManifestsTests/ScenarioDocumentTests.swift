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
    scenario: NodePort blocked
    about: optional text
    claims: [S109, D2]
    world: [../cluster/, host.yaml]
    resources:
    - {apiVersion: v1, kind: node, metadata: {name: node4}}
    semantics: calico-2.4
    flows:
    - flow: tcp 203.0.113.9 -> 10.0.0.13:30333 in eth0 on node3
      expect:
        verdict: allow
        by: policy guestbook ingress[0]
        stage: workload
        endpoint: node3/k8s/guestbook/eth0
        path: to-workload
        out: cali33
        reply: {verdict: allow, by: conntrack-established}
    - change:
      - delete: policy allow-ssh
      - apply: {apiVersion: v1, kind: node, metadata: {name: node5}}
      - apply: more.yaml
    - {flow: "icmp w1 -> [fd00::2]", expect: {verdict: deny, by: endpoint-to-host-action Drop}}
    - flow: udp nowhere -> 10.0.0.1:53
      expect: error
    - flow: 51 a -> b
      expect: {verdict: allow, reply: none}
    invariants:
    - never: {from: 203.0.113.0/24, to: my-host, ports: [2379, "2380:2381"]}
    - always: {from: [any, w1, "fd00::1"], to: 10.0.0.1, protocol: [tcp, 50], in: eth0, node: node3}
    """

  @Test(arguments: Strictness.allCases)
  func `the whole document`(strictness: Strictness) {
    let loaded = decode(Self.whole, strictness)
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    #expect(loaded.resources.map(\.id.description) == ["node node3"])
    #expect(loaded.scenarios.map(\.withoutLocations) == [Self.expected])
    #expect(loaded.scenarios.map(\.location?.line) == [5])
    let places = loaded.scenarios.first?.flows.map(\.location?.description)
    #expect(places == ["test.yaml:13:3", "test.yaml:26:3", "test.yaml:27:3", "test.yaml:29:3"])
  }

  private static let expected = Scenario(
    name: "NodePort blocked",
    about: "optional text",
    claims: ["S109", "D2"],
    world: ["../cluster/", "host.yaml"],
    resources: [.node(Node(name: "node4"))],
    semantics: ["calico-2.4"],
    steps: [
      .flow(
        Scenario.ExpectedFlow(
          "tcp 203.0.113.9 -> 10.0.0.13:30333 in eth0 on node3",
          Simulator.Expectation(
            .allow,
            by: DecisionPattern(
              kind: .policy, stage: .workload, name: "guestbook", direction: .ingress, rule: 0,
              endpoint: "node3/k8s/guestbook/eth0"),
            path: .toWorkload, exit: "cali33",
            reply: .ruling(.init(.allow, by: DecisionPattern(kind: .conntrackEstablished)))))),
      .change(
        Scenario.WorldChange([
          .command("delete", "policy allow-ssh"), .apply([.node(Node(name: "node5"))]), .applyFile("more.yaml"),
        ])),
      .flow(
        Scenario.ExpectedFlow(
          "icmp w1 -> [fd00::2]",
          Simulator.Expectation(.deny, by: DecisionPattern(kind: .endpointToHostAction, action: .deny)))),
      .flow(Scenario.ExpectedFlow("udp nowhere -> 10.0.0.1:53", Simulator.Expectation(.error))),
      .flow(Scenario.ExpectedFlow("51 a -> b", Simulator.Expectation(.allow, reply: .unanswered))),
    ],
    invariants: [
      Invariant(
        .never, from: [.network(network("203.0.113.0/24"))], to: [.name("my-host")],
        ports: [PortRange(2379), PortRange(2380, 2381)]),
      Invariant(
        .always, from: [.any, .name("w1"), .network(network("fd00::1/128"))], to: [.network(network("10.0.0.1/32"))],
        protocols: [.tcp, IPProtocol(rawValue: 50)], interface: "eth0", node: "node3"),
    ]
  )

  private static func network(_ text: String) -> IPNetwork {
    IPNetwork(text) ?? IPNetwork(single: IPAddress(v4: 0))
  }

  /// In a sequence, beside resources, and in several texts: in input order, and those of one name side by side.
  @Test func `scenarios stand anywhere`() {
    let one = "{scenario: 1, flows: [{flow: 51 a -> b, expect: deny}]}"
    let loaded = decode("- {apiVersion: v1, kind: node, metadata: {name: a}}\n- \(one)\n---\n\(one)\n---\n\(Self.whole)")
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    #expect(loaded.scenarios.map(\.name.text) == ["1", "1", "NodePort blocked"])
    #expect(loaded.resources.count == 2 && loaded.rejected.isEmpty)
  }

  @Test func `a rejected scenario is known as one`() {
    let loaded = decode("scenario: s\nflows: 5\n")
    #expect(loaded.rejected.map(\.isScenario) == [true] && loaded.rejected.first?.name == "s")
    #expect(loaded.scenarios.isEmpty && loaded.resources.isEmpty)
  }

  /// What a scenario says to be rejected is its own affair; without that it is a mistake in the file.
  @Test func `rejected resources`() {
    let resource = "{apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: n1}, spec: {}}"
    let loaded = decode(
      "scenario: s\nrejects: [missing-interface]\nresources:\n- \(resource)\n- {apiVersion: v1, kind: node, metadata: {name: n1}}\n"
    )
    #expect(loaded.diagnostics.isEmpty && loaded.rejected.isEmpty, "\(loaded.diagnostics)")
    let scenario = loaded.scenarios.first
    #expect(scenario?.problems.map(\.location?.line) == [4] && scenario?.problems.first?.severity == .error)
    #expect(scenario?.resources.map(\.id.description) == ["node n1"])
    let unsaid = decode("scenario: s\nflows: [{flow: 51 a -> b, expect: deny}]\nresources:\n- \(resource)\n")
    #expect(unsaid.scenarios.isEmpty && unsaid.hasErrors && unsaid.rejected.map(\.isScenario) == [true])
  }

  /// The bytes of each value, by which an expectation is rewritten.
  @Test func `places of what is expected`() {
    let text =
      "scenario: s\nflows:\n- flow: 51 a -> b\n  expect: deny\n- flow: 51 a -> b\n  expect:\n    verdict: allow\n    by: 'policy x'\n    reply: {verdict: allow}\n"
    let flows = decode(text).scenarios.first?.flows ?? []
    func bytes(_ range: Range<Int>?) -> String { range.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) } ?? "" }
    #expect(
      flows.map { bytes($0.place?.whole) } == ["deny", "verdict: allow\n    by: 'policy x'\n    reply: {verdict: allow}"])
    let fields = flows.last?.place?.fields ?? [:]
    #expect(fields.mapValues { bytes($0) } == ["verdict": "allow", "by": "'policy x'", "reply": "{verdict: allow}"])
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
        #expect(!read.hasErrors, comment)
        #expect(read.scenarios.map(encodeScenario) == [text], comment)
        guard read.scenarios.map(\.withoutLocations) == [scenario] else { return }
      }
    }
  }

  @Test func `written text is what a person would write`() {
    let text = """
      scenario: NodePort blocked
      about: optional text
      claims: [S109, D2]
      world: [../cluster/, host.yaml]
      resources:
      - apiVersion: v1
        kind: node
        metadata:
          name: node4
      semantics: calico-2.4
      flows:
      - flow: tcp 203.0.113.9 -> 10.0.0.13:30333 in eth0 on node3
        expect:
          verdict: allow
          by: policy guestbook ingress[0]
          stage: workload
          endpoint: node3/k8s/guestbook/eth0
          path: to-workload
          out: cali33
          reply: {verdict: allow, by: conntrack-established}
      - change:
        - delete: policy allow-ssh
        - apply:
            apiVersion: v1
            kind: node
            metadata:
              name: node5
        - apply: more.yaml
      - flow: icmp w1 -> [fd00::2]
        expect:
          verdict: deny
          by: endpoint-to-host-action Drop
      - flow: udp nowhere -> 10.0.0.1:53
        expect: error
      - flow: 51 a -> b
        expect:
          verdict: allow
          reply: none
      invariants:
      - never: {from: 203.0.113.0/24, to: my-host, ports: [2379, "2380:2381"]}
      - always: {from: [any, w1, "fd00::1"], to: 10.0.0.1, protocol: [tcp, "50"], in: eth0, node: node3}

      """
    #expect(decode(Self.whole).scenarios.map(encodeScenario) == [text])
  }

  // MARK: Bad input

  @Test(arguments: bad)
  func `every problem is reported at its place`(input: BadInput) {
    expectDiagnostics(input)
  }

  /// A scenario with one item in `flows`, given as the lines of its mapping.
  private static func flow(_ lines: String) -> String { "scenario: s\nflows:\n- \(lines)\n" }

  static let bad = [
    BadInput(
      name: "unknown fields at every level",
      text: """
        scenario: s
        «descripton»: text
        «name»: s
        «flow»: x
        flows:
        - flow: tcp a -> b:1
          «verdict»: allow
          «semantics»: documented
          expect: {verdict: allow, «decidedBy»: {}, «rule»: 1, «source»: x, reply: {verdict: allow, «path»: to-host}}
        invariants:
        - never: {from: any, to: any, «port»: 1}
        - {«nevr»: {}, always: {from: any, to: any}}
        """,
      expected: [
        .error("unknown-field", "\"descripton\" in a scenario"),
        .error("unknown-field", "\"name\"", help: "the value of \"scenario\""),
        .error("unknown-field", "\"flow\"", help: "belongs in an item of \"flows\""),
        .error("unknown-field", "\"verdict\" in an item of \"flows\"", help: "belongs in \"expect\""),
        .error("unknown-field", "\"semantics\"", help: "the scenario itself"),
        .error("unknown-field", "\"decidedBy\" in \"expect\"", help: "by: policy NAME"),
        .error("unknown-field", "\"rule\"", help: "\"by\""),
        .error("unknown-field", "\"source\"", help: "what decides"),
        .error("unknown-field", "\"path\" in \"reply\"", help: "of the packet alone"),
        .error("unknown-field", "\"port\" in an invariant", help: "called \"ports\""),
        .error("unknown-field", "\"nevr\"", help: "did you mean \"never\"?"),
      ]
    ),
    BadInput(
      name: "fields that stand there twice",
      text: """
        scenario: s
        flows: []
        «flows»:
        - {flow: 51 a -> b, expect: allow, «expect»: {verdict: deny, by: failsafe, «by»: not-policed}}
        invariants:
        - never: {from: any, to: a, «to»: b}
        """,
      expected: [
        .error("duplicate-key", "\"flows\" stands here twice"), .error("duplicate-key", "\"expect\" stands here twice"),
        .error("duplicate-key", "\"by\" stands here twice"), .error("duplicate-key", "\"to\" stands here twice"),
      ]
    ),
    BadInput(
      name: "missing fields",
      text: "«scenario»:\nflows:\n- «expect»: allow\n- «flow»: 51 a -> b\n- «{}»\n- {flow: 51 a -> b, expect: «{}»}\n"
        + "- {flow: 51 a -> b, expect: {verdict: allow, reply: {«verdict»: }}}\n"
        + "invariants:\n- «{}»\n- never: {«from»: , to: any}\n- always: «{from: any}»\n",
      expected: [
        .error("missing-identifier", "has no name", help: "what it shows"),
        .error("missing-field", "\"flow\" is missing in an item", help: "write flow: tcp"),
        .error("missing-field", "\"expect\" is missing", help: "allow, deny or error"),
        .error("missing-field", "neither \"flow\" nor \"change\""),
        .error("missing-field", "\"verdict\" is missing in \"expect\"", help: "allow, deny or error"),
        .error("missing-field", "\"verdict\" is missing in \"reply\""),
        .error("missing-field", "one of \"never\" and \"always\""),
        .error("missing-field", "\"from\" is missing in an invariant", help: "a network"),
        .error("missing-field", "\"to\" is missing"),
      ]
    ),
    BadInput(
      name: "words and numbers",
      text: "scenario: s\nclaims: [S109, «S200», «K1»]\nsemantics: [documented, «calico-24»]\nflows:\n"
        + "- {flow: 51 a -> b, expect: «Allow»}\n- flow: 51 a -> b\n  expect:\n    verdict: allow\n    by: «polcy x»\n    stage: «prednat»\n"
        + "    path: «to-hst»\n    reply: «alow»\n- {flow: 51 a -> b, expect: {verdict: deny, by: «policy x in»}}\n"
        + "- flow: 51 a -> b\n  expect:\n    verdict: deny\n    by: «policy x ingress[-1]»\n"
        + "- {flow: 51 a -> b, expect: {verdict: deny, by: «failsafe tcp 22»}}\n"
        + "- {flow: 51 a -> b, expect: {verdict: deny, by: «endpoint-to-host-action drop»}}\n",
      expected: [
        .error("unknown-claim", "\"S200\" is no claim"), .error("unknown-claim", "\"K1\""),
        .error("unknown-word", "\"calico-24\" is no valid semantics", help: "did you mean \"calico-2.4\"?"),
        .error("unknown-word", "\"Allow\" is no valid verdict", help: "allow, deny, error"),
        .error("unknown-decision", "\"polcy\" is no kind", help: "did you mean \"policy\"?"),
        .error("unknown-word", "\"prednat\" is no valid stage", help: "did you mean \"pre-dnat\"?"),
        .error("unknown-word", "\"to-hst\" is no valid path", help: "did you mean \"to-host\"?"),
        .error("unknown-word", "\"alow\" is no valid reply", help: "allow, deny, error, none"),
        .error("unknown-decision", "\"in\" is no place of a rule", help: "ingress[0]"),
        .error("unknown-decision", "\"ingress[-1]\" is no place"),
        .error("unknown-decision", "unexpected \"tcp\" after \"failsafe\""),
        .error("unknown-decision", "\"drop\" is no endpoint-to-host-action", help: "Drop"),
      ]
    ),
    BadInput(
      name: "changes",
      text: flow("change: [{«remove»: x}, «{}», «delete», {delete: a, «set»: b}, {apply: {apiVersion: v1, kind: «nod»}}]")
        .replacing("{delete: a, «set»: b}", with: "«{delete: a, set: b}»"),
      expected: [
        .error("unknown-change", "\"remove\" is no change", help: "delete"),
        .error("unknown-change", "a mapping with one key"), .error("unknown-change", "a mapping with one key"),
        .error("unknown-change", "a mapping with one key"), .error("unknown-kind", "\"nod\""),
      ]
    ),
    BadInput(
      name: "flows that do not parse, each mistake in its column",
      text: flow(
        "flow: «tpc» 10.0.0.2 -> 10.0.0.1:«0» «inn» «eth0»\n  expect: allow\n"
          + "- flow: \"tcp \\\"a -> «b»\"\n  expect: allow\n"
          + "- flow: 'tcp ''a -> b:«x»'\n  expect: allow\n"
          + "- flow: tcp a«»\n  expect: allow\n"
          + "- flow: «|»-\n    tpc a -> b\n  expect: allow\n"
          + "- flow: «[]»\n  expect: allow"
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
        "flow: 51 a -> b\n  expect: {verdict: error, «by»: failsafe, «reply»: deny}\n"
          + "- flow: 51 a -> b\n  expect: {verdict: deny, «out»: eth0, «reply»: allow}\n"
          + "- flow: 51 a -> b\n  expect: {verdict: allow, reply: {verdict: error, «by»: failsafe}}"
      ),
      expected: [
        .error("error-has-decision", "cannot be judged"), .error("error-has-decision", ""),
        .error("needs-allow", "has no \"out\""), .error("needs-allow", "has no \"reply\"", help: "expect allow"),
        .error("error-has-decision", ""),
      ]
    ),
    BadInput(
      name: "scenarios that test nothing, and one within another",
      text: "scenario: s\n«flows»: []\n---\n«scenario»: s\n---\nscenario: s\nresources:\n- «scenario»: t\n  flows: []\n"
        + "flows: [{flow: 51 a -> b, expect: deny}]\n",
      expected: [
        .warning("no-flows", "tests nothing", help: "\"flows\""), .warning("no-flows", ""),
        .error("nested-scenario", "cannot stand in a scenario"),
      ],
      strictness: .strict
    ),
    BadInput(
      name: "a resource that means to be a scenario",
      text: "apiVersion: gatewalk/v1\nkind: «Scenario»\nmetadata: {name: s}\nflows: []\n",
      expected: [.error("unknown-kind", "\"Scenario\"", help: "scenario: NAME")]
    ),
    BadInput(
      name: "a colon between brackets, and a flow that goes on and on",
      text: flow(
        "{flow: «tcp a -> b:1», expect: deny}\n"
          + "- {flow: «51 a -> \(String(repeating: "b", count: 1_000))», expect: deny}"
      ),
      expected: [.error("unquoted-colon", "in quotes"), .error("invalid-flow", "longer than 1000 bytes")]
    ),
  ]
}
