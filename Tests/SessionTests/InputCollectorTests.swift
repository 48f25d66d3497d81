import Session
import Testing

/// What becomes of lines: where an input ends and the next one begins.
@Suite struct InputCollectorTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var lines: [String]
    /// With the number of the first line.
    var inputs: [(line: Int, text: String)]
    /// Is something begun after the last line?
    var isOpen = false
    var testDescription: String { name }
  }

  static let policy = ["apiVersion: v1", "kind: policy", "metadata: {name: a}"]
  static let yaml = policy.joined(separator: "\n")

  /// As a script has them: more is always coming.
  static let scripts: [Case] = [
    Case(name: "one line, one input", lines: ["show", "undo"], inputs: [(1, "show"), (2, "undo")]),
    Case(name: "blank lines and comments are nothing", lines: ["", "# why", "  ", "show", "\t# x"], inputs: [(4, "show")]),
    Case(
      name: "a backslash goes on", lines: ["delete \\", "policy \\", "web", "undo"],
      inputs: [(1, "delete policy web"), (4, "undo")]),
    Case(name: "an open quote goes on", lines: ["apply 'a", "b'", "undo"], inputs: [(1, "apply 'a b'"), (3, "undo")]),
    Case(
      name: "an open bracket goes on", lines: ["set a selector x in {", "'b'}", "undo"],
      inputs: [(1, "set a selector x in { 'b'}"), (3, "undo")]),
    Case(
      name: "a command ends what was left open",
      lines: ["select (role == 'a'", "show hosts", "tcp a -> b:1", "select (a ||", "b)", "undo"],
      inputs: [(1, "select (role == 'a'"), (2, "show hosts"), (3, "tcp a -> b:1"), (4, "select (a || b)"), (6, "undo")]),
    Case(
      name: "JSON over several lines", lines: ["{", "  \"kind\": \"policy\"", "}", "", "show", "{a: 1}", "{", "b: 2", "}"],
      inputs: [(1, "{\n  \"kind\": \"policy\"\n}"), (5, "show"), (6, "{a: 1}"), (7, "{\nb: 2\n}")]),
    Case(name: "a blank line ends an open quote", lines: ["show \"a", "", "undo"], inputs: [(1, "show \"a"), (3, "undo")]),
    Case(name: "a blank line ends an open bracket", lines: ["show (", "", "undo"], inputs: [(1, "show ("), (3, "undo")]),
    Case(
      name: "an apostrophe in a word opens nothing", lines: ["show don't", "show x", "show größe's"],
      inputs: [(1, "show don't"), (2, "show x"), (3, "show größe's")]),
    Case(name: "a bracket in quotes opens nothing", lines: ["show '('", "undo"], inputs: [(1, "show '('"), (2, "undo")]),
    Case(name: "a closing bracket too many opens nothing", lines: ["show )", "undo"], inputs: [(1, "show )"), (2, "undo")]),
    Case(
      name: "IPv6 in brackets", lines: ["tcp [fd00::1]:80 -> [fd00::2]:80"], inputs: [(1, "tcp [fd00::1]:80 -> [fd00::2]:80")]),
    Case(name: "YAML goes on", lines: policy, inputs: [], isOpen: true),
    Case(name: "a command ends YAML", lines: policy + ["undo"], inputs: [(1, yaml), (4, "undo")]),
    Case(name: "a flow ends YAML", lines: policy + ["", "tcp a -> b:80"], inputs: [(1, yaml + "\n"), (5, "tcp a -> b:80")]),
    Case(
      name: "documents with blank lines between them", lines: policy + ["", "---", ""] + policy + ["", "undo"],
      inputs: [(1, yaml + "\n\n---\n\n" + yaml + "\n"), (11, "undo")]),
    Case(
      name: "a blank line within a document", lines: policy + ["spec:", "", "  order: 1", "undo"],
      inputs: [(1, yaml + "\nspec:\n\n  order: 1"), (7, "undo")]),
    Case(
      name: "a list of resources", lines: ["- apiVersion: v1", "  kind: policy", "undo"],
      inputs: [(1, "- apiVersion: v1\n  kind: policy"), (3, "undo")]),
    Case(
      name: "a comment within YAML", lines: policy + ["# x", "spec: {}", "undo"],
      inputs: [(1, yaml + "\n# x\nspec: {}"), (6, "undo")]),
    Case(
      name: "apply alone asks for YAML", lines: ["apply"] + policy + ["undo"], inputs: [(1, "apply\n" + yaml), (5, "undo")]),
    Case(
      name: "a here document takes everything to its word", lines: ["apply <<END", "", "undo", "#", " END", "END", "undo"],
      inputs: [(1, "apply <<END\n\nundo\n#\n END\nEND"), (7, "undo")]),
    Case(name: "a here document without its end", lines: ["add <<END", "x"], inputs: [], isOpen: true),
    Case(name: "apply FILE is a line", lines: ["apply x.yaml", "undo"], inputs: [(1, "apply x.yaml"), (2, "undo")]),
  ]

  @Test(arguments: scripts)
  func script(_ test: Case) {
    var collector = InputCollector()
    var inputs: [InputCollector.Input] = []
    for line in test.lines { inputs += collector.add(line, moreIsComing: true) }
    #expect(inputs.map(\.text) == test.inputs.map(\.text))
    #expect(inputs.map(\.line) == test.inputs.map(\.line))
    #expect(collector.isOpen == test.isOpen)
    #expect(collector.finish().isEmpty == !test.isOpen)
    #expect(!collector.isOpen)
  }

  /// What a person types waits for nobody.
  @Test func aBlankLineEndsTypedYAML() {
    var collector = InputCollector()
    for line in Self.policy { #expect(collector.add(line, moreIsComing: false).isEmpty) }
    #expect(collector.isOpen)
    #expect(collector.add("", moreIsComing: false).map(\.text) == [Self.yaml])
    #expect(!collector.isOpen)
    #expect(collector.add("undo", moreIsComing: false).map(\.line) == [5])
  }

  @Test func pastedYAMLGoesOnAfterABlankLine() {
    var collector = InputCollector()
    for line in Self.policy + [""] { #expect(collector.add(line, moreIsComing: true).isEmpty) }
    for line in ["spec: {}"] { #expect(collector.add(line, moreIsComing: true).isEmpty) }
    #expect(collector.add("", moreIsComing: false).map(\.text) == [Self.yaml + "\n\nspec: {}"])
  }

  @Test(arguments: [["show ("], ["show 'x"], ["x \\"], policy, ["apply <<END", "x"], ["apply"]])
  func cancelDropsWhatIsBegun(_ lines: [String]) {
    var collector = InputCollector()
    for line in lines { _ = collector.add(line, moreIsComing: false) }
    #expect(collector.isOpen)
    collector.cancel()
    #expect(!collector.isOpen)
    #expect(collector.add("undo", moreIsComing: false).map(\.text) == ["undo"])
    #expect(collector.finish().isEmpty)
  }
}
