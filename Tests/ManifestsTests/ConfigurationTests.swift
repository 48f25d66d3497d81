import Manifests
import Selector
import Simulator
import Testing

/// `.gatewalk.yaml`: what it can say, and how strictly it is read.
@Suite struct ConfigurationTests {
  private func decode(_ text: String) -> (configuration: Configuration, errors: [Diagnostic]) {
    decodeConfiguration(SourceText(name: "c", bytes: Array(text.utf8)))
  }

  @Test func everything() {
    let text = """
      # ours
      lint:
        fail-on: never
        disable: [GW104, empty-selector]
        semantics: calico-2.4
        baseline: "a b.json"
        exclude:
        - vendor/
        - old.yaml
      """
    let (configuration, errors) = decode(text)
    #expect(errors.isEmpty)
    let lint = configuration.lint
    #expect(lint.failOn == .never && lint.semantics == "calico-2.4" && lint.baseline?.value == "a b.json")
    #expect(lint.disable.map(\.value) == ["GW104", "empty-selector"] && lint.exclude.map(\.value) == ["vendor/", "old.yaml"])
    #expect(lint.disable[1].location == SourceLocation(file: "c", line: 4, column: 20) && lint.disable[1].length == 14)
  }

  @Test(arguments: ["", "# nothing\n", "{}", "lint:\n", "lint: {}\n", "\u{feff}lint: {disable: []}\n", "---\nlint: {}\n"])
  func nothing(_ text: String) {
    let (configuration, errors) = decode(text)
    #expect(configuration == Configuration() && errors.isEmpty, "\(errors)")
  }

  @Test(arguments: [
    ("lnt: {}", "c:1:1 unknown-field"), ("lint: {failOn: error}", "c:1:8 unknown-field"), ("lint: [a]", "c:1:7 wrong-type"),
    ("- lint", "c:1:1 wrong-type"), ("lint: {fail-on: worse}", "c:1:17 unknown-word"),
    ("lint: {fail-on: [error]}", "c:1:17 wrong-type"),
    ("lint: {disable: GW104}", "c:1:17 wrong-type"), ("lint: {disable: [7]}", "c:1:18 wrong-type"),
    ("lint: {disable: ['']}", "c:1:18 wrong-type"), ("lint: {semantics: calico}", "c:1:19 unknown-word"),
    ("lint: {baseline: [x]}", "c:1:18 wrong-type"), ("lint: {exclude: [{a: b}]}", "c:1:18 wrong-type"),
    ("lint: {}\nlint: {}", "c:2:1 duplicate-key"), ("lint: {}\n---\nlint: {}\n", "c:2:1 text-after-document"),
    ("lint: {", "c:1:8 yaml-syntax"),
    ("lint: {disable: [*a]}", "c:1:18 unknown-anchor"),
  ])
  func refused(_ text: String, _ expected: String) {
    let errors = decode(text).errors
    #expect(errors.map { "\($0.location?.description ?? "") \($0.id)" } == [expected])
    #expect(errors.allSatisfy { $0.severity == .error })
  }
}
