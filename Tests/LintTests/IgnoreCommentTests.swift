import Lint
import Simulator
import Testing

/// Comments that keep lint quiet: where they hold, and what is said of those that are wrong.
@Suite struct IgnoreCommentTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    /// What still counts, as `LintCase` has it.
    var expected: [String] = []
    /// Findings that are set aside: id, line and reason.
    var setAside: [String] = []
  }

  /// A host endpoint that no policy selects, on lines 1 to 4 but for what a case puts before it.
  static func endpoint(_ name: String, first: String = "", second: String = "") -> String {
    """
    apiVersion: v1\(first)
    kind: hostEndpoint\(second)
    metadata: {name: \(name), node: host}
    spec: {interfaceName: \(name), expectedIPs: [10.0.0.1]}

    """
  }

  static let found = "everything but failsafe"

  static let cases: [Case] = [
    Case(testDescription: "nothing said", yaml: endpoint("a"), expected: ["GW103 1:1 \(found)"]),
    Case(
      testDescription: "on the line", yaml: endpoint("a", first: " # gatewalk:ignore GW103 policies come later"),
      setAside: ["GW103 1 policies come later"]),
    Case(
      testDescription: "the other line", yaml: endpoint("a", second: " # gatewalk:ignore GW103 why"),
      expected: ["GW103 1:1 \(found)", "GW003 2:38 ignoring \"GW103\""]),
    Case(
      testDescription: "before the document, by name, in CRLF",
      yaml: "#gatewalk:ignore   unguarded-endpoint\ta b  c \r\n\r\n# more\r\n" + endpoint("a").replacing("\n", with: "\r\n"),
      setAside: ["GW103 4 a b  c"]),
    Case(
      testDescription: "on the line of the separator, and not for the document after",
      yaml: endpoint("a") + "--- # gatewalk:ignore gw103 yes\n" + endpoint("b") + "---\n" + endpoint("c"),
      expected: ["GW103 1:1 \(found)", "GW103 11:1 \(found)"], setAside: ["GW103 6 yes"]),
    Case(
      testDescription: "above an item of a list",
      yaml: """
        # gatewalk:ignore GW001 nothing to say
        - apiVersion: v1
          kind: hostEndpoint
          metadata: {name: a, node: host}
          spec: {interfaceName: a, expectedIPs: [10.0.0.1]}
        # gatewalk:ignore GW103 this one

        # and this
        - apiVersion: v1
          kind: hostEndpoint
          metadata: {name: b, node: host}
          spec: {interfaceName: b, expectedIPs: [10.0.0.2]}
        """,
      expected: ["GW003 1:19 ignoring \"GW001\"", "GW103 2:3 \(found)"], setAside: ["GW103 9 this one"]),
    Case(
      testDescription: "the closer comment is the one that is used",
      yaml: "# gatewalk:ignore GW103 all of it\n" + endpoint("a", first: " # gatewalk:ignore GW103 here"),
      expected: ["GW003 1:19 ignoring \"GW103\""], setAside: ["GW103 2 here"]),
    Case(
      testDescription: "several rules", yaml: "# gatewalk:ignore GW103,GW001, GW103 why\n" + endpoint("a"),
      expected: ["GW003 1:25 ignoring \"GW001\"", "GW003 1:32 ignored twice"], setAside: ["GW103 2 why"]),
    Case(
      testDescription: "no reason", yaml: "# gatewalk:ignore GW103\n" + endpoint("a"),
      expected: ["GW002 1:19 does not say why \"GW103\"", "GW103 2:1 \(found)"]),
    Case(
      testDescription: "no reason after a comma", yaml: "# gatewalk:ignore GW103,\n" + endpoint("a"),
      expected: ["GW002 1:19 does not say why", "GW103 2:1 \(found)"]),
    Case(
      testDescription: "no rule", yaml: "# gatewalk:ignore\n# gatewalk:ignore ,\n" + endpoint("a"),
      expected: ["GW002 1:3 names no rule", "GW002 2:3 names no rule", "GW103 3:1 \(found)"]),
    Case(
      testDescription: "an unknown rule beside one", yaml: "# gatewalk:ignore GW999,GW103 \u{e9} why\n" + endpoint("a"),
      expected: ["GW002 1:19 no rule \"GW999\""], setAside: ["GW103 2 \u{e9} why"]),
    Case(
      testDescription: "another instruction", yaml: "# gatewalk:ignor GW103 why\n#gatewalk: ignore x\n" + endpoint("a"),
      expected: ["GW002 1:3 \"gatewalk:ignor\"", "GW002 2:2 \"gatewalk:\"", "GW103 3:1 \(found)"]),
    Case(
      testDescription: "what speaks of comments", yaml: "# gatewalk:ignore GW002,GW003 quiet\n" + endpoint("a"),
      expected: ["GW002 1:19 \"GW002\" cannot", "GW002 1:25 \"GW003\" cannot", "GW103 2:1 \(found)"]),
    Case(
      testDescription: "nothing follows", yaml: endpoint("a") + "# gatewalk:ignore GW103 too late\n",
      expected: ["GW103 1:1 \(found)", "GW003 5:19 ignoring"]),
    Case(
      testDescription: "what is text is no comment",
      yaml: """
        apiVersion: v1
        kind: policy
        metadata:
          name: p
          annotations:
            a: "x # gatewalk:ignore GW103 in double quotes"
            b: 'x # gatewalk:ignore GW103 it''s # in single'
            c: plain#gatewalk:ignore GW103 and on
              # gatewalk:ignore GW999 a comment
            d: | # gatewalk:ignore GW998 a comment, too
              # gatewalk:ignore GW997 a line of text
               # gatewalk:ignore GW996 and another
            # gatewalk:ignore GW995 a comment again
            e: >-
              # gatewalk:ignore GW994 text

              # gatewalk:ignore GW993 text
        # gatewalk:ignore GW992 a comment
            "f # gatewalk:ignore GW991 a key": "#gatewalk:ignore GW990" #gatewalk:ignore GW989 a comment
        spec: {selector: has(x)}
        """,
      expected: ["GW002 9:25 GW999", "GW002 10:28 GW998", "GW002 13:23 GW995", "GW002 18:19 GW992", "GW002 19:82 GW989"]),
    Case(
      testDescription: "what is no YAML has no comments",
      yaml: "# gatewalk:ignore GW001 why\na: [\n---\n# gatewalk:ignore GW103 why\n" + endpoint("a"), expected: ["GW001 2:5 "],
      setAside: ["GW103 5 why"]),
    Case(
      testDescription: "an invalid resource", yaml: "# gatewalk:ignore GW001 known\napiVersion: v1\nkind: policy\n",
      setAside: ["GW001 2 known"]),
  ]

  private static let rules = LintRule.all.filter { ["GW001", "GW002", "GW003", "GW103"].contains($0.id) }

  @Test(arguments: cases)
  func comments(_ test: Case) {
    let report = LintCase(test.testDescription, test.yaml).report(of: Self.rules)
    let found = report.findings.map(LintCase.line)
    #expect(found.count == test.expected.count, "\(found)")
    for (line, wanted) in zip(found, test.expected) {
      let parts = wanted.split(separator: " ", maxSplits: 2).map(String.init)
      #expect(
        line.hasPrefix("\(parts[0]) \(parts[1]) ") && (parts.count < 3 || line.contains(parts[2])), "\(line) is not \(wanted)")
    }
    let aside = report.setAside.map { item in
      guard case .comment(let reason, at: _) = item.reason else { return "baseline" }
      return "\(item.finding.id) \(item.finding.location?.line ?? 0) \(reason)"
    }
    #expect(aside == test.setAside)
  }

  /// Rules that are not asked are not missed, and those about comments can be switched off.
  @Test func onlyWhatIsAsked() {
    let test = LintCase("", "# gatewalk:ignore GW103,GW999 why\n" + Self.endpoint("a"))
    #expect(test.report(of: LintRule.all.filter { $0.id == "GW001" || $0.id == "GW003" }).findings.isEmpty)
    #expect(test.report(of: LintRule.all.filter { $0.id == "GW103" }).setAside.count == 1)
  }

  /// Whatever stands in a text, in whatever quotes, a comment is found and nothing else is.
  @Test func randomTexts() {
    var random = SeededGenerator(seed: 7)
    let pieces = ["#", " ", "# gatewalk:ignore GW998 x", "'", "\"", "\\", "\n", "a", ":", "\u{e9}", ", ", "|", "[", "}"]
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let escaped = text.map { "\"\\".contains($0) ? "\\\($0)" : $0 == "\n" ? "\\n" : "\($0)" }.joined()
      let folded = text.replacing("\n", with: " ").replacing("'", with: "''")
      let block = text.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)\n" }.joined()
      let yaml = """
        apiVersion: v1
        kind: policy
        metadata:
          name: p
          annotations:
            a: "\(escaped)" # gatewalk:ignore GW997 1
            b: '\(folded)' # gatewalk:ignore GW997 2
            c: |2-  # gatewalk:ignore GW997 3
        \(block)    # gatewalk:ignore GW997 4
            d: x
        spec: {selector: has(x)} # gatewalk:ignore GW997 5
        """
      let report = LintCase("", yaml).report(of: Self.rules)
      #expect(
        report.leftOut.isEmpty && report.findings.allSatisfy { $0.id == "GW002" },
        "\(yaml)\n\(report.findings.map(LintCase.line))")
      #expect(
        report.findings.count { $0.message.contains("GW997") } == 5 && report.findings.count == 5,
        "\(yaml)\n\(report.findings.map(LintCase.line))")
    }
  }
}
