import Lint
import Pictures
import Reports
import Scenarios
import Simulator

/// One file, each line with a number to link to; lines where rules decide, flows stand or lint finds something are marked and say so.
struct ManifestPage {
  private let source: SourceText
  private let plan: SitePlan
  private let marks: LineMarks
  private let path: String

  /// A line is not shown beyond this many bytes.
  private static let widest = 4000

  init(_ source: SourceText, _ plan: SitePlan) {
    (self.source, self.plan) = (source, plan)
    marks = plan.marks[source.name] ?? LineMarks()
    path = plan.path(of: source)
  }

  static func name(of source: SourceText) -> String { source.name == "-" ? "standard input" : Style.visible(source.name) }

  var bytes: [UInt8] {
    plan.frame.page(path, Self.name(of: source)) { html in
      var parts = [marks.flows.values.joined().count.of("flow")]
      if marks.ruleCount > 0 { parts.append("\(marks.coveredRuleCount) of \(marks.ruleCount.of("rule")) covered") }
      if marks.findingCount > 0 { parts.append(marks.findingCount.of("finding")) }
      html.element("p", ["class": "quiet"], text: parts.joined(separator: ", "))
      html.element("div", ["class": "text", "tabindex": "0", "role": "region", "aria-label": "lines of the file"]) { html in
        for (index, line) in SitePlan.lines(of: source).enumerated() { row(line, index + 1, &html) }
      }
    }
  }

  private func row(_ line: ArraySlice<UInt8>, _ number: Int, _ html: inout MarkupWriter) {
    let rules = marks.rules[number] ?? []
    var names = "row"
    if !rules.isEmpty { names += rules.contains { !$0.flows.isEmpty } ? " decides" : " idle" }
    html.element("div", ["class": names, "id": "L\(number)"]) { html in
      html.element("a", ["class": "no", "href": "#L\(number)"], text: "\(number)")
      html.element("code", text: SourceLine.text(line, widest: Self.widest))
      let (flows, findings) = (marks.flows[number] ?? [], marks.findings[number] ?? [])
      guard !rules.isEmpty || !flows.isEmpty || !findings.isEmpty else { return }
      html.element("div", ["class": "said"]) { html in
        for rule in rules { said(rule, &html) }
        for flow in flows { said(flow, &html) }
        for finding in findings { said(finding, &html) }
      }
    }
  }

  private func said(_ rule: RuleCoverage.Entry, _ html: inout MarkupWriter) {
    let what = "\(rule.rule.direction.rawValue)[\(rule.rule.index)]"
    let words = rule.flows.isEmpty ? "✗ \(what) decides no flow" : "✓ \(what) decides \(rule.flows.count.of("flow"))"
    html.element(
      "a",
      [
        "class": rule.flows.isEmpty ? "bad" : "good",
        "href": "\(SitePlan.address(of: CoveragePage.path, from: path))#\(rule.anchor)",
      ], text: words)
  }

  private func said(_ flow: FlowPlace, _ html: inout MarkupWriter) {
    let story = plan.contents.stories[flow.story]
    let told = story.flows[flow.number - 1]
    html.element(
      "a", ["class": told.check.hasFailed ? "bad" : "good", "href": plan.address(of: flow, from: path)],
      text:
        "\(told.check.hasFailed ? "✗ failed" : "✓ as expected"): \(told.found.verdict.rawValue) [\(story.run.semantics.name)]")
  }

  private func said(_ entry: SiteFindings.Entry, _ html: inout MarkupWriter) {
    html.element(
      "a",
      [
        "class": entry.finding.severity == .error ? "bad" : nil,
        "href": "\(SitePlan.address(of: LintPage.path, from: path))#\(entry.anchor)",
      ], text: "\(entry.finding.severity.rawValue) \(entry.finding.id)")
  }
}
