import Manifests
import Simulator
import Testing

/// One expected diagnostic; its place is a mark in the text.
struct Expected: Sendable {
  var id: String
  var message: String
  var help: String
  var severity: Diagnostic.Severity

  static func error(_ id: String, _ message: String, help: String = "") -> Expected {
    Expected(id: id, message: message, help: help, severity: .error)
  }

  static func warning(_ id: String, _ message: String, help: String = "") -> Expected {
    Expected(id: id, message: message, help: help, severity: .warning)
  }
}

struct BadInput: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var expected: [Expected]
  var strictness = Strictness.lenient
  /// The resources that are left, by identity.
  var kept: [String] = []

  var testDescription: String { name }
}

/// Reads a marked text and holds every diagnostic against the marks, in order: no more and no fewer.
func expectDiagnostics(_ input: BadInput, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
  let marked = MarkedText(input.text)
  let loaded = decodeManifests(marked.source, strictness: input.strictness)
  let found =
    "\(input.name): \(loaded.diagnostics.map { "\($0.location!) +\($0.length) \($0.id): \($0.message) (\($0.help ?? ""))" })"
  let comment = Comment(rawValue: found)
  #expect(loaded.diagnostics.count == input.expected.count, comment, sourceLocation: sourceLocation)
  #expect(
    loaded.diagnostics.map { MarkedText.underlined($0, in: marked.source) } == marked.marks.map(Optional.some),
    comment,
    sourceLocation: sourceLocation
  )
  for (diagnostic, expected) in zip(loaded.diagnostics, input.expected) {
    #expect(diagnostic.id == expected.id, comment, sourceLocation: sourceLocation)
    #expect(diagnostic.severity == expected.severity, comment, sourceLocation: sourceLocation)
    #expect(diagnostic.message.contains(expected.message), comment, sourceLocation: sourceLocation)
    #expect((diagnostic.help ?? "").contains(expected.help), comment, sourceLocation: sourceLocation)
  }
  #expect(loaded.resources.map(\.id.description) == input.kept, comment, sourceLocation: sourceLocation)
  let hasErrors = input.expected.contains { $0.severity == .error }
  #expect(loaded.rejected.isEmpty != hasErrors, comment, sourceLocation: sourceLocation)
}

@Suite struct BadInputTests {
  @Test(arguments: fields + values + rules + documents + endpoints + accepted)
  func `every problem is reported at its place`(input: BadInput) {
    expectDiagnostics(input)
  }

  /// A policy with one ingress rule, given as the lines of its mapping.
  static func policy(_ rule: String) -> String {
    "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  ingress:\n  - action: allow\n    \(rule)\n"
  }

  static let fields = [
    BadInput(
      name: "fields of later versions and other places",
      text: """
        apiVersion: v1
        kind: policy
        metadata:
          name: p
          «namespace»: default
          «labels»: {a: b}
        spec:
          «types»: [ingress]
          «applyOnForward»: true
          «sellector»: all()
          ingress:
          - action: allow
            «ports»: [80]
            destination:
              «protocol»: tcp
              «namespaceSelector»: all()
        «status»: {}
        """,
      expected: [
        .error("unknown-field", "\"namespace\" in policy metadata", help: "no namespaces"),
        .error("unknown-field", "\"labels\"", help: "a policy has no labels"),
        .error("unknown-field", "\"types\"", help: "v2.6"),
        .error("unknown-field", "\"applyOnForward\"", help: "v3.0"),
        .error("unknown-field", "\"sellector\"", help: "did you mean \"selector\"?"),
        .error("unknown-field", "\"ports\" in a rule", help: "belongs in the rule's \"source\" or \"destination\""),
        .error("unknown-field", "\"protocol\" in \"source\" or \"destination\"", help: "belongs in the rule itself"),
        .error("unknown-field", "\"namespaceSelector\"", help: "v3"),
        .error("unknown-field", "\"status\"", help: "remove it"),
      ]
    ),
    BadInput(
      name: "a hostEndpoint as the old documentation has it",
      text: """
        - apiVersion: v1
          kind: hostEndpoint
          «metadata»: {name: e, «hostname»: h, labels: {}}
          «spec»: {«interface»: eth0}
        """,
      // What `interface` was to say is missing too, and so is the node.
      expected: [
        .error("missing-identifier", "no \"node\""),
        .error("unknown-field", "\"hostname\"", help: "called \"node\""),
        .error("endpoint-selects-nothing", "\"interfaceName\""),
        .error("unknown-field", "\"interface\"", help: "called \"interfaceName\""),
      ]
    ),
    BadInput(
      name: "one field in two spellings, and twice",
      text: """
        apiVersion: v1
        kind: policy
        metadata: {name: p}
        spec:
          order: 1
          «order»: 2
          preDNAT: true
          «prednat»: false
        """,
      expected: [
        .warning("duplicate-key", "\"order\" stands here twice", help: "last one counts"),
        .error("field-spelled-twice", "\"prednat\" is the same field as \"preDNAT\""),
      ]
    ),
    BadInput(
      name: "identifiers",
      text: """
        apiVersion: v1
        kind: workloadEndpoint
        metadata: {«name»: "", node: h, «workload»: , orchestrator: k8s}
        spec: {interfaceName: cali1}
        ---
        «apiVersion»: v1
        kind: profile
        """,
      expected: [
        .error("missing-identifier", "no \"name\""), .error("missing-identifier", "no \"workload\""),
        .error("missing-identifier", "no \"name\""),
      ]
    ),
  ]

  static let values = [
    BadInput(
      name: "types",
      text: """
        apiVersion: v1
        kind: policy
        metadata: {name: p}
        spec:
          order: «"10"»
          doNotTrack: «"true"»
          selector: «[a]»
          ingress:
            «action»: allow
          egress: «allow»
        """,
      expected: [
        .error("wrong-type", "expected a number, found the text \"10\"", help: "leave the quotes out"),
        .error("wrong-type", "expected true or false"),
        .error("wrong-type", "expected a selector, found a list"),
        .error("wrong-type", "expected a list of rules, found a mapping", help: "- "),
        .error("wrong-type", "expected a list of rules, found the text \"allow\""),
      ]
    ),
    BadInput(
      name: "numbers are not made text in a list",
      text: """
        - apiVersion: v1
          kind: hostEndpoint
          metadata: {name: «5», node: h, labels: {a: «true», 1: x}}
          spec: {interfaceName: eth0}
        """,
      expected: [
        .error("wrong-type", "found the number \"5\"", help: "not in a list; write \"5\" with the quotes"),
        .error("wrong-type", "found the boolean \"true\""),
      ]
    ),
    BadInput(
      name: "names and labels",
      text: """
        apiVersion: v1
        kind: profile
        metadata:
          name: «a b»
          tags: [ok, «"b c"», «""»]
          labels: {«a b»: v, k: «v-», ok: ""}
        """,
      expected: [
        .error("invalid-name", "\"a b\" is no valid name", help: "letters"),
        .error("invalid-name", "\"b c\" is no valid tag"),
        .error("invalid-name", "\"\" is no valid tag"), .error("invalid-label", "\"a b\" is no valid label key"),
        .error("invalid-label", "\"v-\" is no valid label value", help: "at the end"),
      ]
    ),
    BadInput(
      name: "selectors, quoted in every way",
      text: #"""
        apiVersion: v1
        kind: policy
        metadata: {name: p}
        spec:
          selector: a «=» 'x'
          ingress:
          - action: allow
            source:
              selector: 'a == ''x'' && b «=» ''y'''
              notSelector: "a == «x»"
          - action: allow
            source:
              selector: "a == \"x\" && b «=» \"y\""
              notSelector: «|»
                a ==
                'x'
        """#,
      expected: [
        .error("invalid-selector", "=="), .error("invalid-selector", "=="), .error("invalid-selector", "quoted value"),
        .error("invalid-selector", "=="), .error("invalid-selector", ""),
      ]
    ),
  ]

  static let rules = [
    BadInput(
      name: "ports",
      text: policy(
        "protocol: tcp\n    source: {ports: [«http», «10-20», «70000», «0», «\"50:40\"», «\"x:40\"», «1:2», «1.5», «null»]}"
      ),
      expected: [
        .error("invalid-port", "\"http\"", help: "no names"), .error("invalid-port", "\"10-20\"", help: "\"min:max\""),
        .error("out-of-range", "\"70000\""), .error("out-of-range", "\"0\"", help: "from 1 to 65535"),
        .error("invalid-port", "begins at 50", help: "\"40:50\""), .error("invalid-port", "\"x\" in the range"),
        .error("unquoted-colon", "in quotes"), .error("out-of-range", "\"1.5\""), .error("wrong-type", "found nothing"),
      ]
    ),
    BadInput(
      name: "ports without a protocol, lenient",
      text: policy("destination: {«ports»: [80], notPorts: []}"),
      expected: [.warning("ports-without-protocol", "without a protocol", help: "calicoctl refuses this")],
      kept: ["policy p"]
    ),
    BadInput(
      name: "ports without a protocol, strict",
      text: policy("destination: {«ports»: [80], «notPorts»: [81]}"),
      expected: [.error("ports-without-protocol", ""), .error("ports-without-protocol", "")],
      strictness: .strict
    ),
    BadInput(
      name: "ports of other protocols",
      text: policy("protocol: sctp\n    destination: {«ports»: [80]}"),
      expected: [.error("ports-need-protocol", "\"sctp\"", help: "tcp and udp")]
    ),
    BadInput(
      name: "protocols and actions",
      text: policy("protocol: «TCP»\n    notProtocol: «256»\n  - action: «Allow»\n  - «{protocol: tcp}»"),
      expected: [
        .error("invalid-protocol", "\"TCP\"", help: "did you mean \"tcp\"?"), .error("out-of-range", "\"256\""),
        .error("unknown-word", "\"Allow\"", help: "did you mean \"allow\"?"),
        .error("missing-field", "\"action\" is missing in a rule", help: "allow, deny, log or pass"),
      ]
    ),
    BadInput(
      name: "networks",
      text: policy(
        "source: {«net»: «10.0.0.0/33», notNets: [«10.0.0», «5»]}\n  - action: deny\n    source: {nets: [10.0.0.0/8]}\n"
          + "    destination: {nets: [«\"fd00::/8\"»]}\n  - action: deny\n    ipVersion: 6\n    source: {nets: [«10.0.0.0/8»]}\n"
          + "  - action: deny\n    source: {«net»: 10.0.0.0/8}\n    destination: {notNets: [10.0.0.0/8]}"
      ),
      expected: [
        .error("net-and-nets", "not both"), .error("invalid-network", "\"10.0.0.0/33\""),
        .error("invalid-network", "\"10.0.0\""), .error("wrong-type", "found the number \"5\""),
        .error("mixed-families", "\"fd00::/8\""), .error("family-mismatch", "ipVersion 6"),
        .error("net-and-nets", "not both"),
      ]
    ),
    BadInput(
      name: "ICMP",
      text: policy(
        "icmp: {type: «255», code: «256»}\n    notICMP: {«code»: 3}\n  - action: allow\n    ipVersion: «5»\n    icmp: «8»"
      ),
      expected: [
        .error("out-of-range", "\"255\"", help: "0 to 254"), .error("out-of-range", "\"256\""),
        .error("code-without-type", "needs an ICMP type"), .error("unknown-word", "\"5\"", help: "4, 6"),
        .error("wrong-type", "expected a mapping"),
      ]
    ),
    BadInput(
      name: "what Felix ignores",
      text: policy("icmp: {type: 8, «code»: 0}") + "---\napiVersion: v1\nkind: profile\nmetadata: {name: q}\nspec:\n"
        + "  egress:\n  - {action: deny, notICMP: {«type»: 0}}\n",
      expected: [
        .warning("icmp-zero", "this whole policy counts as missing"),
        .warning("icmp-zero", "all rules of this profile"),
      ],
      strictness: .strict,
      kept: ["policy p", "profile q"]
    ),
    BadInput(
      name: "flags of a policy",
      text:
        "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec: {doNotTrack: true, «preDNAT»: true, «egress»: [{action: deny}]}",
      expected: [.error("pre-dnat-and-untracked", "both"), .error("pre-dnat-egress", "egress")]
    ),
  ]

  static let documents = [
    BadInput(
      name: "kinds",
      text: """
        apiVersion: v1
        kind: «Policy»
        ---
        apiVersion: projectcalico.org/v3
        kind: «GlobalNetworkPolicy»
        ---
        apiVersion: v1
        kind: «Pod»
        ---
        kind: «policy»
        ---
        apiVersion: «v2»
        kind: hostEndpoint
        ---
        «apiVersion»: v1
        ---
        apiVersion: networking.k8s.io/v1
        kind: «NetworkPolicy»
        ---
        apiVersion: v1
        kind: «bridge»
        ---
        «text»
        ---
        - {apiVersion: v1, kind: node, metadata: {name: h}}
        - «null»
        """,
      expected: [
        .error("unknown-kind", "\"Policy\"", help: "did you mean \"policy\"?"),
        .error("foreign-kind", "Calico 3", help: "Gatewalk reads"), .error("foreign-kind", "Kubernetes"),
        .error("missing-api-version", "\"apiVersion\" is missing", help: "apiVersion: v1"),
        .error("unknown-api-version", "\"v2\"", help: "apiVersion: v1"), .error("missing-kind", "\"kind\" is missing"),
        .error("foreign-kind", "Kubernetes"), .error("unknown-kind", "\"bridge\"", help: "Gatewalk reads"),
        .error("not-a-resource", "found the text \"text\""), .error("not-a-resource", "found nothing"),
      ],
      kept: ["node h"]
    ),
    BadInput(
      name: "one broken document does not spoil the others",
      text: """
        apiVersion: v1
        kind: node
        metadata: {name: a}
        ---
        kind: node
         x«:» 1
        ---
        apiVersion: v1
        kind: node
        metadata: {name: b}
        ---
        apiVersion: v1
        kind: node
        metadata: {name: «[c]»}
        """,
      expected: [
        .error("yaml-syntax", "mapping values are not allowed", help: "indented"),
        .error("wrong-type", "expected a name, found a list"),
      ],
      kept: ["node a", "node b"]
    ),
    BadInput(
      name: "empty documents, lenient",
      text: "«#» nothing here\n---\napiVersion: v1\nkind: node\nmetadata: {name: a}\n---\n",
      expected: [.warning("empty-document", "empty")],
      kept: ["node a"]
    ),
    BadInput(
      name: "a kubectl list, lenient",
      text:
        "apiVersion: v1\nkind: «List»\nmetadata: {resourceVersion: ''}\nitems:\n- apiVersion: v1\n  kind: node\n  metadata: {name: 5}\n",
      expected: [.warning("kubernetes-list", "\"List\"")],
      kept: ["node 5"]
    ),
    BadInput(
      name: "a kubectl list, strict",
      text: "apiVersion: v1\nkind: «List»\nitems: []\n",
      expected: [.error("kubernetes-list", "\"List\"")],
      strictness: .strict
    ),
    BadInput(
      name: "a list kind with a wrong field loses all its items",
      text: "apiVersion: v1\nkind: nodeList\n«item»: []\nitems:\n- metadata: {name: a}\n",
      expected: [.error("unknown-field", "\"item\" in a list", help: "\"items\"")]
    ),
    BadInput(
      name: "text after the end of a document",
      text: "{}\n...\n«f»oo: bar\n",
      expected: [.error("text-after-document", "after the end", help: "---")]
    ),
    BadInput(
      name: "anchors",
      text: "- «*nowhere»\n---\n- &a [«*a»]\n---\n{apiVersion: v1, kind: node, metadata: {<<: «5», name: a}}",
      expected: [
        .error("unknown-anchor", "\"&nowhere\""), .error("recursive-anchor", "contains itself"),
        .error("bad-merge", "\"<<\""),
      ]
    ),
    BadInput(
      name: "duplicates",
      text:
        "apiVersion: v1\nkind: nodeList\nitems:\n- metadata: {name: a}\n- metadata: {name: b}\n- «m»etadata: {name: a}\n",
      expected: [
        .warning("duplicate-resource", "node \"a\" replaces the one from test.yaml:4", help: "later one counts")
      ],
      kept: ["node b", "node a"]
    ),
    BadInput(
      name: "columns count bytes",
      text: "{apiVersion: v1, kind: node, metadata: {name: «\"åß\"», «é»: 1}}",
      expected: [.error("invalid-name", "\"åß\""), .error("unknown-field", "\"é\"")]
    ),
    BadInput(
      name: "Windows line ends",
      text:
        "apiVersion: v1\r\nkind: node\r\nmetadata:\r\n  name: a\r\n  «nmae»: a\r\n---\r\napiVersion: v1\r\nkind: node\r\nmetadata: {name: b}\r\n",
      expected: [.error("unknown-field", "\"nmae\"", help: "\"name\"")],
      kept: ["node b"]
    ),
  ]

  static let endpoints = [
    BadInput(
      name: "host endpoints",
      text: """
        apiVersion: v1
        kind: hostEndpointList
        items:
        - metadata: {name: a, node: «n/1»}
          spec: {interfaceName: «eth0.100», profiles: [«"a b"»]}
        - metadata: {name: b, node: h}
          «spec»: {profiles: [x]}
        - metadata: {name: c, node: h}
          spec: {expectedIPs: [«10.0.0.1/24», 10.0.0.2]}
        - metadata: {name: d, node: h}
          spec: {interfaceName: eth0, profiles: [«a/b»]}
        """,
      expected: [
        .error("invalid-name", "\"n/1\" is no valid node"), .error("invalid-name", "\"eth0.100\"", help: "no \".\""),
        .error("invalid-name", "\"a b\" is no valid profile"),
        .error("endpoint-selects-nothing", "\"interfaceName\" or"),
        .error("invalid-address", "\"10.0.0.1/24\"", help: "no \"/\""),
        .warning("slash-in-profile-name", "not policed", help: "\"a/b\""),
      ],
      kept: ["hostEndpoint h/d"]
    ),
    BadInput(
      name: "workload endpoints",
      text: """
        apiVersion: v1
        kind: workloadEndpoint
        metadata: {name: a, node: h, orchestrator: o, workload: w}
        «spec»:
          ipNetworks: [10.0.0.1, «10.0.0.0/24»]
          ipNATs: [{internalIP: 10.0.0.1, externalIP: «"fd00::1"»}, «{internalIP: 10.0.0.1}»]
          ipv4Gateway: «fd00::1»
          mac: «zz»
        ---
        apiVersion: v1
        kind: workloadEndpoint
        metadata: {name: a, node: h, orchestrator: o, workload: w}
        spec:
          interfaceName: cali1
          ipNetworks: [10.0.0.1]
          ipNATs: [{internalIP: «10.0.0.2», externalIP: 1.2.3.4}]
        """,
      expected: [
        .error("missing-field", "\"interfaceName\""), .error("network-too-wide", "\"10.0.0.0/24\"", help: "/32"),
        .error("family-mismatch", "same IP version"), .error("missing-field", "\"externalIP\" is missing in an IP NAT"),
        .error("family-mismatch", "no IPv4 address"), .error("invalid-mac", "\"zz\""),
        .error("nat-outside-networks", "\"10.0.0.2\""),
      ]
    ),
    BadInput(
      name: "nodes, pools and peers",
      text: """
        - {apiVersion: v1, kind: node, metadata: {name: h}, spec: {«bgp»: {asNumber: 1}}}
        - {apiVersion: v1, kind: node, metadata: {name: h}, spec: {bgp: {ipv6Address: «10.0.0.1», asNumber: «"1.2.3"»}}}
        - {apiVersion: v1, kind: ipPool, metadata: {cidr: «10.0.0.0/27»}}
        - {apiVersion: v1, kind: ipPool, metadata: {cidr: «169.254.0.0/17»}, spec: {ipip: {mode: «allways»}}}
        - {apiVersion: v1, kind: ipPool, «metadata»: {}}
        - {apiVersion: v1, kind: bgpPeer, metadata: {scope: global, «node»: h, peerIP: 1.2.3.4}}
        - {apiVersion: v1, kind: bgpPeer, metadata: {scope: node, node: h, «peerIP»: }}
        """,
      expected: [
        .error("bgp-without-address", "needs"), .error("family-mismatch", "no IPv6"),
        .error("invalid-as-number", "\"1.2.3\""),
        .error("pool-too-small", "too small", help: "/26"), .error("pool-link-local", "link-local"),
        .error("unknown-word", "\"allways\"", help: "did you mean \"always\"?"),
        .error("missing-identifier", "\"cidr\""),
        .error("global-peer-with-node", "no \"node\""), .error("missing-identifier", "\"peerIP\""),
      ]
    ),
    BadInput(
      name: "host documents",
      text: """
        apiVersion: gatewalk/v1
        kind: Host
        metadata: {name: h}
        spec:
          interfaces: [eth0, {name: «eth0/1»}, «{addresses: []}», «eth0»]
          routes: [«{to: 10.0.0.0/8}», {to: «default», interface: eth0}]
          dnat:
          - {protocol: icmp, address: 10.0.0.1, «port»: 80, toAddress: «"fd00::1"»}
          - {address: 10.0.0.1, toAddress: 10.0.0.2, «toPort»: 80, «prot»: tcp}
          felix:
            interfacePrefix: «a b»
            defaultEndpointToHostAction: «allow»
            failsafeInboundHostPorts: [{protocol: «icmp», port: 1}, «{protocol: tcp}», «"x:1"», «99999»]
            failsafeOutboundHostPorts: «"tcp:"»
        """,
      expected: [
        .error("invalid-name", "\"eth0/1\""), .error("missing-field", "\"name\" is missing"),
        .error("duplicate-interface", "line 5"), .error("missing-field", "\"interface\" is missing in a route"),
        .error("invalid-network", "\"default\""), .error("ports-need-protocol", "protocol that has ports"),
        .error("family-mismatch", "same IP version"), .error("ports-need-protocol", ""),
        .error("unknown-field", "\"prot\" in a DNAT rule"),
        .error("invalid-name", "\"a b\" is no valid interfacePrefix"),
        .error("unknown-word", "\"allow\"", help: "Drop, Accept, Return"), .error("ports-need-protocol", ""),
        .error("missing-field", "\"port\" is missing"), .error("invalid-failsafe-port", "\"x:1\""),
        .error("out-of-range", "\"99999\""), .error("invalid-failsafe-port", "\"tcp:\"", help: "none"),
      ]
    ),
  ]

  /// What calicoctl takes though it means something unexpected.
  static let accepted = [
    BadInput(
      name: "text that YAML reads otherwise",
      text: """
        apiVersion: v1
        kind: hostEndpoint
        metadata: {name: «1.10», node: h, labels: {«y»: "1.10", a: «010», b: 5, c: ~}}
        spec: {interfaceName: eth0}
        """,
      expected: [
        .warning("read-as-other-text", "\"1.10\" without quotes is read as \"1.1\""),
        .warning("read-as-other-text", "read as \"true\""), .warning("read-as-other-text", "read as \"8\""),
      ],
      strictness: .strict,
      kept: ["hostEndpoint h/1.1"]
    ),
    BadInput(
      name: "a merge below a key that it overrides",
      text: "apiVersion: v1\nkind: node\nmetadata: &m {name: a}\nspec:\n---\n"
        + "- &m {apiVersion: v1, kind: node, metadata: {name: b}}\n- «{»«metadata»: {name: c}, <<: *m}\n",
      expected: [
        .warning("duplicate-resource", "\"b\""), .warning("overridden-by-merge", "\"metadata\""),
      ],
      strictness: .strict,
      kept: ["node a", "node b"]
    ),
  ]
}
