import Pictures
import Reports
import Scenarios
import Selector
import Simulator

/// Which rules flows were decided by, and which none was; what is built in; the claims that scenarios name.
struct CoveragePage {
  static let path = "coverage.html"

  private let plan: SitePlan

  init(_ plan: SitePlan) {
    self.plan = plan
  }

  private var coverage: Coverage { plan.coverage.coverage }

  var bytes: [UInt8] {
    plan.frame.page(Self.path, "Coverage") { html in
      html.element("p", text: "A rule is covered if it decides a flow or its reply at a gate, or logs or passes one on.")
      missed(&html)
      owners(&html)
      emptyPolicies(&html)
      builtIn(&html)
      claims(&html)
    }
  }

  // MARK: Rules

  private func missed(_ html: inout MarkupWriter) {
    let count = coverage.ruleCount
    html.element(
      "p", ["class": "verdict \(coverage.coveredRuleCount == count ? "allow" : "neutral")"],
      text: "\(coverage.coveredRuleCount) of \(count.of("rule")) covered")
    let missed = plan.coverage.owners.flatMap(\.entries).filter(\.flows.isEmpty)
    guard !missed.isEmpty else { return }
    html.element("section", ["aria-labelledby": "missed"]) { html in
      html.element("h2", ["id": "missed"], text: "Rules that no flow was decided by")
      html.element("ul", ["class": "facts"]) { html in
        for entry in missed {
          html.element("li") { html in
            html.element("span", ["class": "bad"], text: "✗ not covered")
            html.element("a", ["href": "#\(entry.anchor)"], text: Style.visible(Self.name(entry.rule)))
            html.element("code", text: RuleText(rule: entry.rule.rule).text)
          }
        }
      }
    }
  }

  private static func name(_ rule: RuleIdentity) -> String { "\(rule.resource) \(rule.direction.rawValue)[\(rule.index)]" }

  private func owners(_ html: inout MarkupWriter) {
    html.element("section", ["aria-labelledby": "rules"]) { html in
      html.element("h2", ["id": "rules"], text: "Rules by policy and profile")
      for owner in plan.coverage.owners { self.owner(owner, &html) }
    }
  }

  private func owner(_ owner: RuleCoverage.Owner, _ html: inout MarkupWriter) {
    html.element("h3") { html in
      html.element("span", text: Style.visible(owner.resource.description))
      let place = owner.location.map { ", \(Style.visible($0.file))" } ?? ""
      html.element(
        "span", ["class": "quiet"], text: "\(owner.coveredCount) of \(owner.entries.count.of("rule"))\(place)")
    }
    html.element("div", ["class": "scroll"]) { html in
      html.element("table") { html in
        head(["Covered", "Rule", "Says", "Place"], &html)
        html.element("tbody") { html in
          for entry in owner.entries { row(entry, &html) }
        }
      }
    }
  }

  private func head(_ names: [String], _ html: inout MarkupWriter) {
    html.element("thead") { html in
      html.element("tr") { html in
        for name in names { html.element("th", ["scope": "col"], text: name) }
      }
    }
  }

  private func row(_ entry: RuleCoverage.Entry, _ html: inout MarkupWriter) {
    html.element("tr", ["id": entry.anchor]) { html in
      html.element("td") { covered(entry.flows, "\(entry.rule.direction.rawValue)[\(entry.rule.index)]", &$0) }
      html.element("th", ["scope": "row", "class": "short"], text: "\(entry.rule.direction.rawValue)[\(entry.rule.index)]")
      html.element("td") { $0.element("code", text: RuleText(rule: entry.rule.rule).text) }
      html.element("td") { $0.place(entry.rule.location, plan, from: Self.path) }
    }
  }

  /// - Parameter what: is covered, for who hears the word alone.
  private func covered(_ flows: [FlowPlace], _ what: String, _ html: inout MarkupWriter) {
    guard !flows.isEmpty else { return html.element("span", ["class": "bad"], text: "✗ no flow") }
    html.element("details") { html in
      html.element("summary") { $0.element("span", ["class": "good"], text: "✓ \(flows.count.of("flow"))") }
      html.element("div", ["class": "inside"]) { $0.flows(flows, plan, from: Self.path) }
    }
  }

  private func emptyPolicies(_ html: inout MarkupWriter) {
    guard !plan.coverage.emptyPolicies.isEmpty else { return }
    html.element("section", ["aria-labelledby": "empty"]) { html in
      html.element("h2", ["id": "empty"], text: "Policies without rules")
      html.element("p", ["class": "quiet"], text: "They are there for the default drop alone.")
      html.element("div", ["class": "scroll"]) { html in
        html.element("table") { html in
          head(["Covered", "Policy"], &html)
          html.element("tbody") { html in
            for policy in plan.coverage.emptyPolicies {
              html.element("tr") { html in
                html.element("td") { covered(policy.flows, policy.resource.description, &$0) }
                html.element("th", ["scope": "row"], text: Style.visible(policy.resource.name.text))
              }
            }
          }
        }
      }
    }
  }

  // MARK: What is built in, and claims

  private func builtIn(_ html: inout MarkupWriter) {
    let missed = Set(coverage.missedBuiltIn)
    html.element("section", ["aria-labelledby": "built-in"]) { html in
      html.element("h2", ["id": "built-in"], text: "Built-in decisions")
      html.element("ul", ["class": "facts"]) { html in
        for kind in Coverage.builtIn {
          html.element("li") { html in
            let isMissed = missed.contains(kind)
            html.element("span", ["class": isMissed ? "bad" : "good"], text: isMissed ? "✗ no flow" : "✓ met")
            html.element("span", text: kind.name)
          }
        }
      }
    }
  }

  private func claims(_ html: inout MarkupWriter) {
    guard plan.coverage.hasClaims else { return }
    html.element("section", ["aria-labelledby": "claims"]) { html in
      html.element("h2", ["id": "claims"], text: "Claims of the documentation")
      html.element("div", ["class": "scroll"]) { html in
        html.element("table") { html in
          head(["Claim", "Says", "Scenarios that name it"], &html)
          html.element("tbody") { html in
            for claim in Claim.all { row(claim, &html) }
          }
        }
      }
    }
  }

  private func row(_ claim: Claim, _ html: inout MarkupWriter) {
    html.element("tr", ["id": "claim-\(claim.id)"]) { html in
      html.element("th", ["scope": "row"], text: claim.id)
      html.element("td", text: claim.says)
      html.element("td") { html in
        if let stories = plan.coverage.claims[claim.id] {
          html.stories(stories, plan, from: Self.path)
        } else if claim.isTestable {
          html.element("span", ["class": "bad"], text: "✗ none")
        } else {
          html.element("span", ["class": "quiet"], text: "no packet can show it")
        }
      }
    }
  }
}
