import Manifests
import Selector
import Simulator
import Testing

/// Changes of resources in their text: what it looks like before and after, and what is refused.
@Suite struct EditingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var changes: [ManifestChange.Kind]
    /// What follows `spec:` of a policy named `p`, or a whole text that begins with `apiVersion`, `-` or `{`.
    var before: String
    /// The same afterwards, or why not.
    var after: String?
    var refusal = ""

    init(_ name: String, _ changes: ManifestChange.Kind..., before: String, after: String) {
      (testDescription, self.changes, self.before, self.after) = (name, changes, before, after)
    }

    init(_ name: String, _ changes: ManifestChange.Kind..., refused before: String, _ refusal: String) {
      (testDescription, self.changes, self.before, self.refusal) = (name, changes, before, refusal)
    }
  }

  static let head = "apiVersion: v1\nkind: policy\nmetadata: {name: p}\n"
  static let new = Rule(.deny, protocol: ProtocolMatch(.udp, isName: true))
  static func insert(_ direction: Direction, _ index: Int) -> ManifestChange.Kind { .insertRule(new, direction, at: index) }
  static func split(_ index: Int) -> ManifestChange.Kind { .splitByProtocol(.ingress, index) }
  static func nets(_ index: Int) -> ManifestChange.Kind { .replaceNets(.ingress, index) }
  static func tag(_ index: Int) -> ManifestChange.Kind { .replaceTag(.ingress, index, .source, isNegated: false) }
  static func notTag(_ index: Int) -> ManifestChange.Kind { .replaceTag(.ingress, index, .destination, isNegated: true) }

  static let insertions: [Case] = [
    Case(
      "a rule behind the last, comments where they were", insert(.ingress, 2),
      before: """
        spec:
          # a
          ingress: # b
            # c
            - action: allow # d
              # e
            # f
            - {action: deny} # g
              # h
          # i
          egress: []
        """,
      after: """
        spec:
          # a
          ingress: # b
            # c
            - action: allow # d
              # e
            # f
            - {action: deny} # g
              # h
            - {action: deny, protocol: udp}
          # i
          egress: []
        """),
    Case(
      "a rule before another and the comment on it", insert(.ingress, 1),
      before: "spec:\n  ingress:\n  - action: allow\n    # e\n\n  # f\n  - action: log\n",
      after: "spec:\n  ingress:\n  - action: allow\n    # e\n\n  - action: deny\n    protocol: udp\n  # f\n  - action: log\n"),
    Case(
      "a rule before the first", insert(.ingress, 0), before: "spec:\n  ingress:\n  # x\n  - action: log\n",
      after: "spec:\n  ingress:\n  - action: deny\n    protocol: udp\n  # x\n  - action: log\n"),
    Case(
      "at an end without a line end", insert(.ingress, 1), before: "spec:\n  ingress:\n  - action: log",
      after: "spec:\n  ingress:\n  - action: log\n  - action: deny\n    protocol: udp"),
    Case(
      "in CRLF", insert(.ingress, 1), before: "spec:\r\n  ingress:\r\n  - action: log\r\n  egress: []\r\n",
      after: "spec:\r\n  ingress:\r\n  - action: log\r\n  - action: deny\r\n    protocol: udp\r\n  egress: []\r\n"),
    Case(
      "into a list between brackets", insert(.ingress, 1), before: "spec: {ingress: [{action: log}, # x\n  {action: allow}]}",
      after: "spec: {ingress: [{action: log}, # x\n  {action: deny, protocol: udp}, {action: allow}]}"),
    Case(
      "behind the last between brackets", insert(.ingress, 1), before: "spec:\n  ingress: [{action: log}, # x\n  ]\n",
      after: "spec:\n  ingress: [{action: log}, {action: deny, protocol: udp}, # x\n  ]\n"),
    Case(
      "into an empty list", insert(.egress, 0), before: "spec: {egress: [ ], order: 5}\n",
      after: "spec: {egress: [ {action: deny, protocol: udp}], order: 5}\n"),
    Case(
      "a list that is not there yet", insert(.egress, 0),
      before: "spec:\n    # x\n    order: 5 # y\n    # z\n---\n# next\n[]\n",
      after:
        "spec:\n    # x\n    order: 5 # y\n    egress:\n    - action: deny\n      protocol: udp\n    # z\n---\n# next\n[]\n"),
    Case(
      "the same between braces", insert(.egress, 0), before: "spec: {selector: \"a == 'b'\"}",
      after: "spec: {selector: \"a == 'b'\", egress: [{action: deny, protocol: udp}]}"),
    Case(
      "in both directions at once", insert(.ingress, 0), insert(.egress, 1),
      before: "spec:\n  egress:\n  - action: log\n  ingress: []\n",
      after:
        "spec:\n  egress:\n  - action: log\n  - action: deny\n    protocol: udp\n  ingress: [{action: deny, protocol: udp}]\n"),
    Case(
      "into JSON", insert(.ingress, 1),
      before: """
        {"apiVersion": "v1", "kind": "policy", "metadata": {"name": "p"},
         "spec": {"ingress": [{"action": "allow"}
         ]}}
        """,
      after: """
        {"apiVersion": "v1", "kind": "policy", "metadata": {"name": "p"},
         "spec": {"ingress": [{"action": "allow"}, {"action": "deny", "protocol": "udp"}
         ]}}
        """),
    Case("no value", insert(.egress, 0), refused: "spec:\n  egress:\n  order: 1\n", "\"egress\" stands there without a list"),
    Case("no spec", insert(.egress, 0), refused: "# no spec\n", "not found"),
    Case("no such place", insert(.ingress, 3), refused: "spec:\n  ingress:\n  - action: log\n", "not found"),
    Case(
      "an anchor on a list", insert(.ingress, 1), refused: "spec:\n  ingress: &a\n  - action: log\n",
      "a layout that is not changed"),
    Case(
      "an alias for a list", insert(.egress, 0), refused: "spec:\n  ingress: &a [{action: log}]\n  egress: *a\n",
      "shared by an alias"),
    Case(
      "a list that an alias repeats", insert(.ingress, 0), refused: "spec:\n  ingress: &a [{action: log}]\n  egress: *a\n",
      "shared by an alias"),
  ]

  static let splits: [Case] = [
    Case(
      "two rules of one", split(1),
      before: """
        spec:
          ingress:
            - action: log
            -   action: "allow"
                destination: {ports: [ 80, "90:100" ]}
                source:
                  selector: has(x)

            - action: deny
        """,
      after: """
        spec:
          ingress:
            - action: log
            -   action: "allow"
                protocol: tcp
                destination: {ports: [ 80, "90:100" ]}
                source:
                  selector: has(x)
            -   action: "allow"
                protocol: udp
                destination: {ports: [ 80, "90:100" ]}
                source:
                  selector: has(x)

            - action: deny
        """),
    Case(
      "the action last", split(0), before: "spec:\n  ingress:\n  - source: {ports: [1]}\n    action: deny",
      after:
        "spec:\n  ingress:\n  - source: {ports: [1]}\n    action: deny\n    protocol: tcp\n  - source: {ports: [1]}\n    action: deny\n    protocol: udp"
    ),
    Case(
      "comments stay where they are and are not copied", split(0),
      before: "spec:\n  ingress:\n  # a\n  - action: deny # b\n    # c\n    source: {ports: [1]} # d\n    # e\n  # f\n",
      after:
        "spec:\n  ingress:\n  # a\n  - action: deny # b\n    protocol: tcp\n    # c\n    source: {ports: [1]} # d\n    # e\n"
        + "  - action: deny\n    protocol: udp\n    source:\n      ports: [1]\n  # f\n"),
    Case(
      "between braces", split(0), before: "spec:\n  ingress:\n  - {source: {ports: [1]}, action: deny} # x\n",
      after:
        "spec:\n  ingress:\n  - {source: {ports: [1]}, action: deny, protocol: tcp} # x\n  - {source: {ports: [1]}, action: deny, protocol: udp}\n"
    ),
    Case(
      "between brackets, two at once", split(0), split(1),
      before: "spec: {ingress: [{action: deny, source: {ports: [1]}}, {action: allow, source: {ports: [2]}}]}",
      after:
        "spec: {ingress: [{action: deny, protocol: tcp, source: {ports: [1]}}, {action: deny, protocol: udp, source: {ports: [1]}}, "
        + "{action: allow, protocol: tcp, source: {ports: [2]}}, {action: allow, protocol: udp, source: {ports: [2]}}]}"),
    Case(
      "the action by a merge", split(0),
      before: "spec:\n  egress:\n  - &d {action: allow}\n  ingress:\n  - <<: *d\n    source: {ports: [1]}\n",
      after: "spec:\n  egress:\n  - &d {action: allow}\n  ingress:\n  - <<: *d\n    source: {ports: [1]}\n    protocol: tcp\n"
        + "  - <<: *d\n    source: {ports: [1]}\n    protocol: udp\n"),
    Case(
      "JSON", split(0),
      before:
        #"{"apiVersion":"v1","kind":"policy","metadata":{"name":"p"},"spec":{"ingress":[{"action":"deny","source":{"ports":[1]}}]}}"#,
      after:
        #"{"apiVersion":"v1","kind":"policy","metadata":{"name":"p"},"spec":{"ingress":[{"action":"deny", "protocol": "tcp","#
        + #""source":{"ports":[1]}}, {"action":"deny", "protocol": "udp","source":{"ports":[1]}}]}}"#),
    Case(
      "a protocol without a value", split(0),
      refused: "spec:\n  ingress:\n  - {action: deny, protocol: , source: {ports: [1]}}\n",
      "\"protocol\" stands there without a value"),
    Case(
      "a rule that an alias repeats", split(0),
      refused: "spec:\n  ingress:\n  - &r {action: deny, source: {ports: [1]}}\n  egress:\n  - *r\n", "shared by an alias"),
    Case(
      "a rule that is an alias", .splitByProtocol(.egress, 0),
      refused: "spec:\n  ingress:\n  - &r {action: deny, source: {ports: [1]}}\n  egress:\n  - *r\n", "shared by an alias"),
    Case("a rule with a protocol", split(0), refused: "spec: {ingress: [{action: deny, protocol: tcp}]}", "not found"),
  ]

  static let fields: [Case] = [
    Case(
      "a network", nets(0), before: "spec:\n  ingress:\n  - action: deny\n    source:\n      net: 10.0.0.0/8 # x\n",
      after: "spec:\n  ingress:\n  - action: deny\n    source:\n      nets: [10.0.0.0/8] # x\n"),
    Case(
      "all networks of a rule, in all quotes", nets(0),
      before:
        "spec: {ingress: [{action: deny, source: {\"net\": '10.0.0.0/8', notNet: \"10.1.0.0/16\"}, destination: {Net: 10.2.0.0/16}}]}",
      after:
        "spec: {ingress: [{action: deny, source: {\"nets\": ['10.0.0.0/8'], notNets: [\"10.1.0.0/16\"]}, destination: {nets: [10.2.0.0/16]}}]}"
    ),
    Case(
      "a colon between brackets needs quotes", nets(0),
      before: "spec:\n  ingress:\n  - action: deny\n    source:\n      net: fd00::/8\n",
      after: "spec:\n  ingress:\n  - action: deny\n    source:\n      nets: [\"fd00::/8\"]\n"),
    Case(
      "a network that is an alias, and one that an alias repeats", nets(0),
      before:
        "spec:\n  egress:\n  - {action: log, source: {net: &n 10.0.0.0/8}}\n  ingress:\n  - {action: deny, source: {net: *n}}\n",
      after:
        "spec:\n  egress:\n  - {action: log, source: {net: &n 10.0.0.0/8}}\n  ingress:\n  - {action: deny, source: {nets: [*n]}}\n"
    ),
    Case(
      "the other end is an alias", tag(0),
      before:
        "spec:\n  egress:\n  - {action: log, destination: &d {ports: [1]}}\n  ingress:\n  - {action: deny, protocol: tcp, source: {tag: t}, destination: *d}\n",
      after:
        "spec:\n  egress:\n  - {action: log, destination: &d {ports: [1]}}\n  ingress:\n  - {action: deny, protocol: tcp, source: {selector: has(t)}, destination: *d}\n"
    ),
    Case(
      "tags, in the quotes of the key", tag(0), notTag(0),
      before: "spec:\n  ingress:\n  - action: deny\n    source:\n      'tag': a-b # x\n    destination: {notTag: \"yes\"}\n",
      after:
        "spec:\n  ingress:\n  - action: deny\n    source:\n      'selector': has(a-b) # x\n    destination: {notSelector: has(yes)}\n"
    ),
    Case(
      "a tag in JSON", tag(0),
      before:
        #"{"apiVersion":"v1","kind":"policy","metadata":{"name":"p"},"spec":{"ingress":[{"action":"deny","source":{"tag":"t"}}]}}"#,
      after:
        #"{"apiVersion":"v1","kind":"policy","metadata":{"name":"p"},"spec":{"ingress":[{"action":"deny","source":{"selector":"has(t)"}}]}}"#
    ),
    Case(
      "an end that an alias repeats", tag(0),
      refused: "spec:\n  ingress:\n  - {action: deny, source: &s {tag: t}, destination: *s}\n", "shared by an alias"),
    Case(
      "a tag by a merge", tag(0),
      refused: "spec:\n  egress:\n  - {action: log, source: &s {tag: t}}\n  ingress:\n  - {action: deny, source: {<<: *s}}\n",
      "by \"<<\""),
    Case(
      "a selector without a value beside it", tag(0),
      refused: "spec: {ingress: [{action: deny, source: {tag: t, selector: ''}}]}",
      "\"selector\" stands there, too"),
    Case(
      "a network of several lines", nets(0),
      refused: "spec:\n  ingress:\n  - action: deny\n    source:\n      net: >-\n        10.0.0.0/8\n", "several lines"),
    Case("no network", nets(0), refused: "spec: {ingress: [{action: deny}]}", "not found"),
    Case(
      "a tag twice", tag(0), refused: "spec: {ingress: [{action: deny, source: {tag: a, tag: b}}]}",
      "\"tag\" stands there twice"),
  ]

  private func text(_ text: String) -> String {
    if text.hasPrefix("{") { return text }
    // `contains` would not find half of what is one character.
    return text.utf8.contains(0x0d) ? Self.head.replacing("\n", with: "\r\n") + text : Self.head + text
  }

  @Test(arguments: insertions + splits + fields)
  func change(_ test: Case) throws {
    let source = SourceText(name: "a.yaml", bytes: Array(text(test.before).utf8))
    let result = Result { () throws(EditRefusal) in
      try ManifestEditor(source).applying(test.changes.map { ManifestChange(ResourceID(.policy, "p"), $0) })
    }
    switch (result, test.after) {
    case (.success(let changed), let after?):
      let got = String(decoding: changed.bytes, as: UTF8.self)
      #expect(got == text(after), "\(got)")
    case (.failure(let refusal), nil):
      #expect(refusal.message.contains(test.refusal), "\(refusal)")
    case (.success(let changed), nil):
      Issue.record("not refused:\n\(String(decoding: changed.bytes, as: UTF8.self))")
    case (.failure(let refusal), _):
      Issue.record("refused: \(refusal.message)")
    }
  }

  /// The resource that counts is changed, wherever it stands; what is invalid beside it stays.
  @Test func amongOthers() throws {
    let other = "apiVersion: v1\nkind: policy\nmetadata: {name: q}\nspec: {ingress: [{action: log, source: {tag: t}}]}\n"
    let list = """
      # a list
      - apiVersion: v1
        kind: policy
        metadata: {name: p}
        spec: {ingress: [{action: log, source: {tag: first}}]}
      - apiVersion: v1
        kind: policy
        metadata: {name: p}
        spec: {ingress: [{action: log, source: {tag: second}}]}
      - {apiVersion: v1, kind: policy, metadata: {name: invalid}, spec: {x: y}}

      """
    let broken = "a: [\n"
    let before = [other, broken, list, other].joined(separator: "---\n")
    let source = SourceText(name: "a", bytes: [0xef, 0xbb, 0xbf] + Array(before.utf8))
    let changed = try ManifestEditor(source).applying([ManifestChange(ResourceID(.policy, "p"), Self.tag(0))])
    let expected = before.replacing("tag: second", with: "selector: has(second)")
    #expect(changed.bytes == [0xef, 0xbb, 0xbf] + Array(expected.utf8))
    let missing = Result { () throws(EditRefusal) in
      try ManifestEditor(source).applying([ManifestChange(ResourceID(.policy, "z"), Self.tag(0))])
    }
    #expect(throws: EditRefusal.self) { try missing.get() }
  }
}
