import Pictures
import Reports
import Scenarios
import Selector
import Simulator

/// The page to begin with: what failed, and all scenarios with a search.
struct IndexPage {
  private let plan: SitePlan
  private static let path = SitePages.index

  init(_ plan: SitePlan) {
    self.plan = plan
  }

  var bytes: [UInt8] {
    plan.frame.page(Self.path, plan.frame.title, script: SearchScript.text) { html in
      summary(&html)
      failures(&html)
      scenarios(&html)
    }
  }

  private var report: TestReport { plan.contents.report }

  // MARK: Figures

  private func summary(_ html: inout MarkupWriter) {
    let suites = report.suites
    let failed = suites.count(where: \.hasFailed)
    let checks = report.cases.count
    let words =
      failed == 0
      ? "✓ passed: \(suites.count.of("scenario")), \(checks.of("check"))"
      : "✗ failed: \(failed) of \(suites.count.of("scenario")), \(report.failureCount) of \(checks.of("check"))"
    html.element("p", ["class": "verdict \(failed == 0 ? "allow" : "deny")", "id": "verdict"], text: words)
    html.element("ul", ["class": "facts"]) { html in
      let coverage = plan.coverage.coverage
      fact(
        CoveragePage.path, "Coverage",
        "flows were decided by \(coverage.coveredRuleCount) of \(coverage.ruleCount.of("rule"))", &html)
      fact(LintPage.path, "Lint", "found \(plan.findings.summary)", &html)
      fact(ManifestsPage.path, "Manifests", plan.sources.count.of("file"), &html)
    }
  }

  private func fact(_ path: String, _ name: String, _ text: String, _ html: inout MarkupWriter) {
    html.element("li") { html in
      html.element("a", ["href": path], text: name)
      html.element("span", text: "– \(text)")
    }
  }

  // MARK: What failed

  private func failures(_ html: inout MarkupWriter) {
    guard report.hasFailed else { return }
    html.element("section", ["aria-labelledby": "failures"]) { html in
      html.element("h2", ["id": "failures"], text: "What failed")
      for (number, story) in plan.contents.stories.enumerated() where story.outcome.suite.hasFailed {
        html.element("h3") { html in
          html.element("a", ["href": plan.address(ofStory: number, from: Self.path)], text: plan.title(ofStory: number))
        }
        let anchors = FailureAnchors(story)
        for (index, check) in story.outcome.suite.cases.enumerated() where check.hasFailed {
          let page = plan.address(ofStory: number, from: Self.path)
          html.failure(check, href: "\(page)#\(anchors.anchor(ofCheck: index))", plan, from: Self.path)
        }
      }
      for suite in plan.contents.unreadable {
        html.element("h3", text: Style.visible(suite.title))
        for check in suite.cases where check.hasFailed { html.failure(check, href: nil, plan, from: Self.path) }
      }
    }
  }

  // MARK: Scenarios

  private func scenarios(_ html: inout MarkupWriter) {
    html.element("section", ["aria-labelledby": "scenarios-heading"]) { html in
      html.element("h2", ["id": "scenarios-heading"], text: "Scenarios")
      html.element("form", ["class": "search", "id": "search", "role": "search", "hidden": ""]) { html in
        html.element("label", ["for": "query"], text: "Search")
        html.empty(
          "input",
          [
            "type": "search", "id": "query", "autocomplete": "off", "spellcheck": "false",
            "placeholder": "name, flow, policy, claim, verdict", "aria-describedby": "query-help", "aria-controls": "scenarios",
          ], closes: false)
        html.element("p", ["id": "count", "role": "status", "aria-live": "polite"], text: "")
        html.element(
          "p", ["class": "hint", "id": "query-help"],
          text:
            "Every word counts, \"words in quotes\" as one: deny \"policy web\". Press / to come here, Enter for the first hit."
        )
      }
      html.element("div", ["class": "scroll"]) { html in
        html.element("table", ["id": "scenarios"]) { html in
          html.element("caption", text: "Each scenario under each of its semantics")
          html.element("thead") { $0.element("tr") { head(&$0) } }
          html.element("tbody") { html in
            for (number, story) in plan.contents.stories.enumerated() { row(number, story, &html) }
            for suite in plan.contents.unreadable { row(suite, &html) }
          }
        }
      }
    }
  }

  private func head(_ html: inout MarkupWriter) {
    html.element("th", ["scope": "col"], text: "Result")
    html.element("th", ["scope": "col"], text: "Scenario")
    html.element("th", ["scope": "col", "class": "number"], text: "Allow")
    html.element("th", ["scope": "col", "class": "number"], text: "Deny")
    html.element("th", ["scope": "col", "class": "number optional"], text: "Checks")
    html.element("th", ["scope": "col", "class": "optional"], text: "Claims")
    html.element("th", ["scope": "col", "class": "optional"], text: "Semantics")
    html.element("th", ["scope": "col", "class": "optional"], text: "Place")
  }

  private func row(_ number: Int, _ story: ScenarioStory, _ html: inout MarkupWriter) {
    let suite = story.outcome.suite
    html.element("tr", ["class": suite.hasFailed ? "failed" : nil]) { html in
      html.element("td") { $0.result(suite.hasFailed) }
      html.element("th", ["scope": "row"]) { html in
        html.element("a", ["href": plan.address(ofStory: number, from: Self.path)], text: Style.visible(suite.name))
        flows(number, story, &html)
      }
      let verdicts = story.flows.map(\.found.verdict)
      html.element("td", ["class": "number"], text: "\(verdicts.count { $0 == .allow })")
      html.element("td", ["class": "number"], text: "\(verdicts.count { $0 == .deny })")
      let failed = suite.cases.count(where: \.hasFailed)
      let count = suite.cases.count
      html.element("td", ["class": "number optional"], text: failed == 0 ? "\(count)" : "\(failed) of \(count) failed")
      html.element("td", ["class": "optional"]) { html in
        for claim in suite.claims { html.claim(claim, plan, from: Self.path) }
      }
      html.element("td", ["class": "short optional"], text: suite.semantics)
      html.element("td", ["class": "optional"]) { $0.place(suite.location, plan, from: Self.path) }
    }
  }

  /// What the search shows of a scenario: its flows, with what decides each.
  private func flows(_ number: Int, _ story: ScenarioStory, _ html: inout MarkupWriter) {
    guard !story.flows.isEmpty else { return }
    html.element("ul", ["class": "hits", "hidden": ""]) { html in
      for (index, flow) in story.flows.enumerated() {
        html.element("li") { html in
          let place = FlowPlace(story: number, number: index + 1)
          html.element("a", ["href": plan.address(of: place, from: Self.path)], text: Style.visible(flow.check.name))
          html.element("span", text: Style.visible(flow.found.packet.text) + (flow.check.hasFailed ? ", failed" : ""))
        }
      }
    }
  }

  private func row(_ suite: TestSuite, _ html: inout MarkupWriter) {
    html.element("tr", ["class": "failed"]) { html in
      html.element("td") { $0.result(true) }
      html.element("th", ["scope": "row"], text: Style.visible(suite.name))
      html.element("td", ["class": "number"], text: "0")
      html.element("td", ["class": "number"], text: "0")
      html.element("td", ["class": "number optional"], text: "1 of 1 failed")
      html.element("td", ["class": "optional"], text: "")
      html.element("td", ["class": "short optional"], text: suite.semantics)
      html.element("td", ["class": "optional"]) { $0.place(suite.location, plan, from: Self.path) }
    }
  }
}
