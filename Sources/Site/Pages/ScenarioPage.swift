import Pictures
import Reports
import Scenarios
import Selector
import Simulator

/// One scenario under one set of semantics: its world, then step by step what became of it.
struct ScenarioPage {
  private let number: Int
  private let story: ScenarioStory
  private let plan: SitePlan

  /// - Parameter number: of the story.
  init(_ number: Int, _ plan: SitePlan) {
    self.number = number
    self.plan = plan
    story = plan.contents.stories[number]
  }

  private var path: String { plan.scenarioPaths[number] }
  private var scenario: Scenario { story.run.loaded.scenario }

  var bytes: [UInt8] {
    plan.frame.page(path, plan.title(ofStory: number)) { html in
      summary(&html)
      world(&html)
      steps(&html)
      invariants(&html)
    }
  }

  // MARK: Head

  private func summary(_ html: inout MarkupWriter) {
    let suite = story.outcome.suite
    let failed = suite.cases.count(where: \.hasFailed)
    html.element(
      "p", ["class": "verdict \(failed == 0 ? "allow" : "deny")", "id": "verdict"],
      text: failed == 0
        ? "✓ passed: \(suite.cases.count.of("check"))" : "✗ failed: \(failed) of \(suite.cases.count.of("check"))")
    if let about = scenario.about { html.element("p", ["class": "about"], text: about.text) }
    html.element("ul", ["class": "facts"]) { html in
      html.element("li") { html in
        html.element("span", text: "Semantics: \(suite.semantics).")
        for other in plan.siblings(ofStory: number) {
          let semantics = plan.contents.stories[other].run.semantics.name
          html.element(
            "a", ["href": plan.address(ofStory: other, from: path)], text: "The same under \(semantics)")
        }
      }
      html.element("li") { html in
        html.element("span", text: "Read from")
        html.place(suite.location, plan, from: path)
      }
      for claim in suite.claims {
        html.element("li") { html in
          html.claim(claim, plan, from: path)
          if let says = Claim.named(ByteString(claim))?.says { html.element("span", text: says) }
        }
      }
    }
  }

  // MARK: World

  private func world(_ html: inout MarkupWriter) {
    html.element("section", ["aria-labelledby": "world"]) { html in
      html.element("h2", ["id": "world"], text: "The world")
      for check in story.worldChecks {
        if check.hasFailed {
          html.failure(check, href: nil, plan, from: path)
        } else {
          let refused = Style.visible(list(scenario.rejects ?? []))
          html.element("p", text: "✓ What is invalid in it was refused, as expected: \(refused).")
        }
      }
      if story.world.nodes.isEmpty {
        html.element("p", text: "There is no host in it.")
      } else {
        let picture = WorldPicture(story.world, semantics: story.run.semantics)
        html.element("figure") { $0.raw(WorldSVG(picture).markup(idPrefix: "world-")) }
      }
      PolicyTable(story, plan, path).write(to: &html)
    }
  }

  private func list(_ ids: [ByteString]) -> String {
    ids.isEmpty ? "nothing" : ids.map(\.text).joined(separator: ", ")
  }

  // MARK: Steps

  private func steps(_ html: inout MarkupWriter) {
    guard !story.steps.isEmpty else { return }
    let hasChanges = story.flows.count < story.steps.count
    html.element("section", ["aria-labelledby": "steps"]) { html in
      html.element("h2", ["id": "steps"], text: hasChanges ? "Flows and changes, in turn" : "Flows")
      var (flows, changes) = (0, 0)
      for step in story.steps {
        switch step {
        case .flow(let flow):
          flows += 1
          FlowSection(flow, FlowPlace(story: number, number: flows), plan).write(to: &html)
        case .change(let change):
          changes += 1
          self.change(change, changes, &html)
        }
      }
    }
  }

  private func change(_ change: ScenarioStory.ChangeStory, _ number: Int, _ html: inout MarkupWriter) {
    let id = "change-\(number)"
    html.element(
      "section",
      ["class": "step\(change.failures.isEmpty ? "" : " failed")", "id": id, "aria-labelledby": "\(id)-heading"]
    ) { html in
      html.element(
        "h3", ["id": "\(id)-heading"], text: "Change: \(Style.visible(change.titles.joined(separator: "; ")))")
      html.element("p", ["class": "quiet"]) { $0.place(change.location, plan, from: path) }
      for failure in change.failures { html.failure(failure, href: nil, plan, from: path) }
      if change.difference.isEmpty {
        html.element("p", text: "Nothing differs after it in what manifests can say.")
      } else {
        diff(change.difference, "what change \(number) does", &html)
      }
    }
  }

  /// What is added and removed is told by its sign.
  private func diff(_ lines: [String], _ name: String, _ html: inout MarkupWriter) {
    html.raw("<pre class=\"block\" tabindex=\"0\" role=\"region\" aria-label=\"\(name)\">")
    for line in lines {
      let isHead = line.hasPrefix("--- ") || line.hasPrefix("+++ ")
      let kind = isHead ? "head" : line.hasPrefix("+") ? "added" : line.hasPrefix("-") ? "removed" : nil
      // Each `span` brings the end of its line.
      html.element("span", ["class": kind], text: Style.visible(line))
    }
    html.raw("</pre>\n")
  }

  // MARK: Invariants

  private func invariants(_ html: inout MarkupWriter) {
    guard !story.invariants.isEmpty else { return }
    html.element("section", ["aria-labelledby": FailureAnchors.invariants]) { html in
      html.element("h2", ["id": FailureAnchors.invariants], text: "Invariants")
      html.element("p", ["class": "quiet"], text: "What holds of many flows at once, tried in the world before any change.")
      html.element("div", ["class": "scroll"]) { html in
        html.element("table") { html in
          html.element("thead") { html in
            html.element("tr") { html in
              html.element("th", ["scope": "col"], text: "Result")
              html.element("th", ["scope": "col"], text: "Invariant")
              html.element("th", ["scope": "col"], text: "How it was tried")
              html.element("th", ["scope": "col"], text: "Place")
            }
          }
          html.element("tbody") { html in
            for check in story.invariants {
              html.element("tr") { html in
                html.element("td") { $0.result(check.hasFailed) }
                html.element("td") { html in
                  html.element("span", text: Style.visible(check.name))
                  html.reasons(check, plan, from: path)
                }
                html.element("td", text: check.note ?? "")
                html.element("td") { $0.place(check.location, plan, from: path) }
              }
            }
          }
        }
      }
    }
  }
}
