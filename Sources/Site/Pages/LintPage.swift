import Lint
import Pictures
import Reports
import Simulator

/// What lint finds in the worlds of the scenarios, file by file, and what its rules say.
struct LintPage {
  static let path = "lint.html"

  private let plan: SitePlan

  init(_ plan: SitePlan) {
    self.plan = plan
  }

  private var findings: SiteFindings { plan.findings }

  var bytes: [UInt8] {
    plan.frame.page(Self.path, "Lint") { html in
      html.element("p", text: "What is likely to be a mistake in the worlds of the scenarios, each before any change.")
      html.element("p", ["class": "verdict neutral", "id": "verdict"], text: "Found: \(findings.summary)")
      if findings.setAsideCount > 0 {
        html.element(
          "p", ["class": "quiet"], text: "\(findings.setAsideCount.of("finding")) more kept quiet by comments in the manifests."
        )
      }
      for group in groups { file(group.file, group.entries, &html) }
      rules(&html)
    }
  }

  /// The findings of each file, in order; those without a place first.
  private var groups: [(file: String?, entries: [SiteFindings.Entry])] {
    var groups: [(file: String?, entries: [SiteFindings.Entry])] = []
    for entry in findings.entries {
      let file = entry.finding.location?.file
      if let last = groups.last, last.file == file {
        groups[groups.count - 1].entries.append(entry)
      } else {
        groups.append((file, [entry]))
      }
    }
    return groups
  }

  private func file(_ name: String?, _ entries: [SiteFindings.Entry], _ html: inout MarkupWriter) {
    html.element("section") { html in
      html.element("h2", text: name.map { Style.visible($0) } ?? "Without a place")
      html.element("div", ["class": "scroll"]) { html in
        html.element("table") { html in
          html.element("thead") { html in
            html.element("tr") { html in
              for head in ["Line", "Severity", "Rule", "Finding"] { html.element("th", ["scope": "col"], text: head) }
            }
          }
          html.element("tbody") { html in
            for entry in entries { row(entry, &html) }
          }
        }
      }
    }
  }

  private func row(_ entry: SiteFindings.Entry, _ html: inout MarkupWriter) {
    let finding = entry.finding
    html.element("tr", ["id": entry.anchor]) { html in
      html.element("td") { html in
        if let location = finding.location {
          html.link("\(location.line)", to: plan.address(of: location, from: Self.path))
        }
      }
      html.element("td", ["class": "short"]) { html in
        html.element("span", ["class": finding.severity == .error ? "bad" : nil], text: finding.severity.rawValue)
      }
      html.element("td", ["class": "short"]) { $0.element("a", ["href": "#\(finding.id)"], text: finding.id) }
      html.element("td") { tell(entry, &$0) }
    }
  }

  private func tell(_ entry: SiteFindings.Entry, _ html: inout MarkupWriter) {
    let finding = entry.finding
    html.element("p", text: Style.visible(finding.message))
    for related in finding.related {
      html.element("p") { html in
        html.element("span", text: Style.visible("note: \(related.message)"))
        html.place(related.location, plan, from: Self.path)
      }
    }
    if let help = finding.help { html.element("p", ["class": "quiet"], text: Style.visible("help: \(help)")) }
    guard !entry.stories.isEmpty else { return }
    html.element("details") { html in
      html.element("summary", text: "in the world of \(entry.stories.count.of("scenario"))")
      html.element("div", ["class": "inside"]) { $0.stories(entry.stories, plan, from: Self.path) }
    }
  }

  private func rules(_ html: inout MarkupWriter) {
    guard !findings.rules.isEmpty else { return }
    html.element("section", ["aria-labelledby": "rules"]) { html in
      html.element("h2", ["id": "rules"], text: "What the rules say")
      for rule in findings.rules {
        html.element("h3", ["id": rule.id], text: "\(rule.id) \(rule.name)")
        html.element("p") { $0.element("strong", text: rule.summary) }
        html.markdown(rule.explanation, label: rule.id)
        let claims = rule.claims.isEmpty ? "" : " (\(rule.claims.joined(separator: ", ")))"
        html.element("p", ["class": "quiet"], text: "Rests on: \(rule.basis)\(claims)")
      }
    }
  }
}
