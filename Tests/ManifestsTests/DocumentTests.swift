import Manifests
import Simulator
import Testing

/// Which shapes of files hold which resources.
@Suite struct DocumentTests {
  struct Shape: Sendable {
    var name: String
    var text: String
    /// Identity and line of each resource.
    var resources: [String]
    var isStrict = true
  }

  @Test(arguments: [
    Shape(name: "wholly empty", text: "", resources: []),
    Shape(name: "an empty sequence", text: "[]", resources: []),
    Shape(name: "one mapping", text: "apiVersion: v1\nkind: node\nmetadata: {name: a}\n", resources: ["node a 1"]),
    Shape(
      name: "fields in capitals",
      text: "APIVERSION: v1\nKind: node\nMetaData: {NAME: a}\n",
      resources: ["node a 1"]
    ),
    Shape(
      name: "documents, with remarks on the separator",
      text:
        "---\nkind: node\napiVersion: v1\nmetadata: {name: a}\n--- # second\napiVersion: v1\nkind: node\nmetadata: {name: b}\n---\n",
      resources: ["node a 2", "node b 6"]
    ),
    Shape(
      name: "a byte order mark",
      text: "\u{feff}{apiVersion: v1, kind: node, metadata: {name: a}}",
      resources: ["node a 1"]
    ),
    Shape(
      name: "Windows line ends",
      text:
        "apiVersion: v1\r\nkind: node\r\nmetadata:\r\n  name: a\r\n---\r\nkind: node\r\napiVersion: v1\r\nmetadata: {name: b}\r\n...\r\n",
      resources: ["node a 1", "node b 6"]
    ),
    Shape(
      name: "a list kind, whose items need not say what they are",
      text:
        "apiVersion: v1\nkind: nodeList\nmetadata: {}\nitems:\n- metadata: {name: 5}\n- kind: policy\n  apiVersion: v9\n  metadata: {name: b}\n",
      resources: ["node 5 5", "node b 6"]
    ),
    Shape(
      name: "a sequence of kinds and lists",
      text:
        "- {apiVersion: v1, kind: node, metadata: {name: a}}\n- apiVersion: v1\n  kind: profileList\n  items:\n  - metadata: {name: b}\n  - metadata: {name: c}\n",
      resources: ["node a 1", "profile b 5", "profile c 6"]
    ),
    Shape(
      name: "no items",
      text: "apiVersion: v1\nkind: policyList\nitems:\n---\napiVersion: v1\nkind: policyList\n",
      resources: []
    ),
    Shape(
      name: "JSON",
      text:
        "[{\"apiVersion\":\"v1\",\"kind\":\"node\",\"metadata\":{\"name\":\"a\"}},\n {\"apiVersion\":\"v1\",\"kind\":\"node\",\"metadata\":{\"name\":\"\\u0062\"}}]",
      resources: ["node a 1", "node b 2"]
    ),
    Shape(
      name: "anchors and merge keys",
      text:
        "- &a\n  apiVersion: v1\n  kind: node\n  metadata: {name: a}\n- <<: *a\n  metadata: {name: b}\n- <<: [{kind: profile}, *a]\n",
      resources: ["node a 1", "node b 5", "profile a 7"]
    ),
    Shape(
      name: "a host among them",
      text:
        "- {apiVersion: v1, kind: node, metadata: {name: a}}\n- {apiVersion: gatewalk/v1, kind: Host, metadata: {name: 5}}\n",
      resources: ["node a 1", "Host 5 2"]
    ),
    Shape(
      name: "a kubectl list",
      text: "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: node, metadata: {name: a}}\n",
      resources: ["node a 4"],
      isStrict: false
    ),
    Shape(
      name: "an empty document",
      text: "---\n---\n{apiVersion: v1, kind: nodeList}\n",
      resources: [],
      isStrict: false
    ),
    Shape(name: "a comment alone", text: "# nothing\n", resources: [], isStrict: false),
  ])
  func `resources of a file`(shape: Shape) {
    for strictness in Strictness.allCases {
      let loaded = decode(shape.text, strictness)
      let comment = Comment(rawValue: "\(shape.name), \(strictness): \(loaded.diagnostics)")
      guard shape.isStrict || strictness == .lenient else {
        #expect(loaded.hasErrors, comment)
        continue
      }
      #expect(!loaded.hasErrors, comment)
      #expect(loaded.diagnostics.isEmpty == shape.isStrict, comment)
      #expect(loaded.resources.map { "\($0.id) \($0.location!.line)" } == shape.resources, comment)
    }
  }

  @Test func `a rule knows where it stands`() throws {
    let loaded = decode(
      "# cluster\n---\napiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  ingress:\n  - action: allow\n  -\n    action: deny\n  egress: [{action: allow}, {action: log}]\n",
      .lenient
    )
    guard case .policy(let policy)? = loaded.resources.first else {
      Issue.record("\(loaded.diagnostics)")
      return
    }
    #expect(policy.location?.description == "test.yaml:3:1")
    #expect(policy.ingress.map(\.location?.description) == ["test.yaml:8:5", "test.yaml:10:5"])
    #expect(policy.egress.map(\.location?.description) == ["test.yaml:11:12", "test.yaml:11:29"])
  }
}
