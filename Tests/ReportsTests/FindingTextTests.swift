import Foundation
import Lint
import Reports
import Simulator
import Testing

/// Findings as people read them, on a terminal and in a log.
@Suite struct FindingTextTests {
  private let source = SourceText(name: "a.yaml", bytes: Array("kind: policy\nspec: {}\n".utf8))
  private let finding = Finding(
    "GW104", .warning, at: SourceLocation(file: "a.yaml", line: 2, column: 7), length: 2, "has no egress rules",
    help: "add some",
    subject: nil, related: [.init("host endpoint \"h/e\"", at: SourceLocation(file: "b.yaml", line: 3, column: 1))])

  @Test func `on a terminal the line is shown, and what belongs to it stands below`() {
    let lines = FindingText(sources: [source], style: .plain, showsSource: true).lines(finding)
    #expect(
      lines == [
        "a.yaml:2:7: warning [GW104]: has no egress rules",
        "  | spec: {}",
        "  |       ^~",
        "  note: b.yaml:3:1: host endpoint \"h/e\"",
        "  help: add some",
      ])
  }

  @Test func `in a log a finding is one line`() {
    let lines = FindingText(sources: [source], style: .plain, showsSource: false).lines(finding)
    #expect(lines == [#"a.yaml:2:7: warning [GW104]: has no egress rules (host endpoint "h/e" at b.yaml:3); add some"#])
  }

  @Test func `a finding without a place has no line to show`() {
    let nowhere = Finding("GW001", .error, at: nil, "cannot be\u{1b}[2J read", subject: nil)
    let lines = FindingText(sources: [source], style: .plain, showsSource: true).lines(nowhere)
    #expect(lines == ["error [GW001]: cannot be\u{fffd}[2J read"])
  }

  @Test func `the summary counts each severity and what is left out`() {
    var report = LintReport(findings: [], rules: [], resourceCount: 1)
    #expect(LintSummaryText(report, style: .plain).text == "clean: 1 resource, nothing found")
    report.findings = [finding, finding]
    report.resourceCount = 3
    #expect(LintSummaryText(report, style: .plain).text == "found: 0 errors, 2 warnings, 0 infos in 3 resources")
  }

  /// The page of the documentation is the one that the rules make.
  @Test func `the reference is up to date`() throws {
    let root = try #require(#filePath.split(separator: "/Tests/").first)
    let page = try String(contentsOfFile: String(root) + "/docs/reference/lint.md", encoding: .utf8)
    #expect(page == LintReference.markdown(LintRule.all), "make it anew: gatewalk lint --reference > docs/reference/lint.md")
  }

  @Test func `an explanation holds all that a rule has to say`() throws {
    let rule = try #require(LintRule.named("GW104"))
    for width in [40, 100] {
      let lines = RuleExplanationText(rule, style: .plain, width: width).lines
      // Filled to another width it is the same text.
      let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
      func flat(_ text: String) -> String { text.split { $0 == " " || $0 == "\n" }.joined(separator: " ") }
      #expect(words.hasPrefix("GW104 one-sided-policy (warning) \(rule.summary) "))
      #expect(words.contains(flat(rule.explanation)) && words.hasSuffix("\(rule.basis) (S75, S114)"))
      let prose = lines.split { $0.hasPrefix("```") }.enumerated().filter { $0.offset % 2 == 0 }.flatMap(\.element)
      #expect(prose.allSatisfy { $0.count <= width }, "\(prose)")
      // Code keeps its lines.
      #expect(rule.explanation.contains("```yaml\n") && lines.contains("```yaml"))
    }
  }
}
