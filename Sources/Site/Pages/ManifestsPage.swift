import Pictures
import Reports
import Simulator

/// The files that scenarios and worlds were read from.
struct ManifestsPage {
  static let path = "manifests.html"

  private let plan: SitePlan

  init(_ plan: SitePlan) {
    self.plan = plan
  }

  var bytes: [UInt8] {
    plan.frame.page(Self.path, "Manifests") { html in
      html.element("p", text: "What the scenarios and their worlds were read from, line by line.")
      html.element("div", ["class": "scroll"]) { html in
        html.element("table") { html in
          html.element("thead") { html in
            html.element("tr") { html in
              html.element("th", ["scope": "col"], text: "File")
              for name in ["Lines", "Flows", "Rules covered", "Findings"] {
                html.element("th", ["scope": "col", "class": "number"], text: name)
              }
            }
          }
          html.element("tbody") { html in
            for source in plan.sources { row(source, &html) }
          }
        }
      }
    }
  }

  private func row(_ source: SourceText, _ html: inout MarkupWriter) {
    let marks = plan.marks[source.name] ?? LineMarks()
    html.element("tr") { html in
      html.element("th", ["scope": "row"]) { html in
        html.element("a", ["href": plan.path(of: source)], text: ManifestPage.name(of: source))
      }
      html.element("td", ["class": "number"], text: "\(SitePlan.lines(of: source).count)")
      html.element("td", ["class": "number"], text: "\(marks.flows.values.joined().count)")
      html.element("td", ["class": "number"], text: "\(marks.coveredRuleCount) of \(marks.ruleCount)")
      html.element("td", ["class": "number"], text: "\(marks.findingCount)")
    }
  }
}
