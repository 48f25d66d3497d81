import Manifests
import Pictures
import Reports
import Selector
import Simulator
import Testing

/// The lines of manifests in the page of a trace; what else it holds other programs read (`ReplTests`).
@Suite struct PathHTMLTests {
  struct Layout: CustomTestStringConvertible {
    var name: String
    var policy: String
    /// The excerpt of the rule that decides, as the page has it.
    var excerpt: String
    var testDescription: String { name }
  }

  static let layouts = [
    Layout(
      name: "a rule between two others",
      policy: """
        apiVersion: v1
        kind: policy
        metadata: {name: door}
        spec:
          selector: all()
          ingress:
          - {action: deny, protocol: udp}
          - action: allow
            # only this
            protocol: tcp

            destination:
              ports: [80]
          - action: deny
        """,
      excerpt:
        " 8    - action: allow\n 9      # only this\n10      protocol: tcp\n11  \n12      destination:\n13        ports: [80]\n"
    ),
    Layout(
      name: "the last line, without an end",
      policy:
        "apiVersion: v1\nkind: policy\nmetadata: {name: door}\nspec:\n  selector: all()\n  ingress:\n  - {action: allow, protocol: tcp}",
      excerpt: "7    - {action: allow, protocol: tcp}\n"),
    Layout(
      name: "followed by another field, lines end with CR and LF",
      policy:
        "apiVersion: v1\r\nkind: policy\r\nmetadata: {name: door}\r\nspec:\r\n  ingress:\r\n  - action: allow\r\n    protocol: tcp\r\n  selector: all()\r\n",
      excerpt: "6    - action: allow\n7      protocol: tcp\n"),
    Layout(
      name: "JSON",
      policy: """
        {"apiVersion": "v1", "kind": "policy", "metadata": {"name": "door"}, "spec": {
          "selector": "all()",
          "ingress": [
            {
              "action": "allow",
              "protocol": "tcp"
            },
            {
              "action": "deny"
            }
          ]}}
        """,
      excerpt:
        "4      {\n5        &quot;action&quot;: &quot;allow&quot;,\n6        &quot;protocol&quot;: &quot;tcp&quot;\n7      },\n"
    ),
  ]

  private struct NoAddress: Error {}

  private func page(_ policy: String, keepsSource: Bool = true) throws -> String {
    let source = SourceText(name: "door.yaml", bytes: Array(policy.utf8))
    let loaded = decodeManifests(source, strictness: .lenient)
    #expect(!loaded.hasErrors)
    guard let own = IPAddress("10.0.0.1"), let other = IPAddress("10.0.0.2") else { throw NoAddress() }
    let endpoint = HostEndpoint(node: "h", name: "e", interfaceName: "eth0", expectedIPs: [own])
    let walker = Walker(
      world: World(loaded.resources + [.hostEndpoint(endpoint)]), node: "h", semantics: .documented)
    let trace = try walker.trace(
      Flow(Packet(.tcp, from: other, port: 40000, to: own, port: 80), entry: .interface(0)))
    return PathHTML(PathPicture(trace, on: walker), sources: keepsSource ? [source] : []).text
  }

  private func excerpts(_ page: String) -> [String] { page.matches(of: /<pre [^>]*>([^<]*)<\/pre>/).map { String($0.1) } }

  @Test(arguments: layouts)
  func theLinesOfARule(_ layout: Layout) throws {
    let expected = layout.excerpt.replacing("&quot;", with: "\"")
    #expect(excerpts(try page(layout.policy)).last == expected)
  }

  @Test func withoutTheSourceThereIsThePlace() throws {
    let page = try page(Self.layouts[0].policy, keepsSource: false)
    #expect(excerpts(page).isEmpty && page.contains("<p class=\"why\">door.yaml:8</p>"))
  }

  /// A rule as long as a book is cut, and so is a line.
  @Test func longRulesAreCut() throws {
    let head = "apiVersion: v1\nkind: policy\nmetadata: {name: door}\nspec:\n  selector: all()\n  ingress:\n  - action: allow\n"
    let nets = (0..<200).map { "      - 10.0.\($0).0/24\n" }.joined()
    let lines = try #require(excerpts(page(head + "    source:\n      nets:\n" + nets)).first).split(separator: "\n")
    #expect(lines.count == 24)
    let comment = "    # \(String(repeating: "é", count: 4000))\n"
    let cut = try #require(excerpts(page(head + comment)).first)
    #expect(cut.utf8.count < 600 && cut.contains("…"))
  }
}
