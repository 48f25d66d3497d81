import Pictures
import Reports
import Scenarios
import Selector
import Simulator

/// The policies of a scenario's world in the order in which they are asked, and its profiles, with the endpoints that each is for.
struct PolicyTable {
  private let story: ScenarioStory
  private let plan: SitePlan
  private let page: String

  /// More endpoints of one policy than these are counted.
  private static let mostEndpoints = 8

  init(_ story: ScenarioStory, _ plan: SitePlan, _ page: String) {
    (self.story, self.plan, self.page) = (story, plan, page)
  }

  private var world: World { story.world }

  func write(to html: inout MarkupWriter) {
    if world.policies.isEmpty {
      html.element("p", text: "There is no policy in it.")
    } else {
      html.element("div", ["class": "scroll"]) { html in
        html.element("table") { html in
          html.element("caption", text: "Policies, in the order in which they are asked")
          head(["Order", "Policy", "Kind", "Selector", "Endpoints", "Rules"], &html)
          html.element("tbody") { html in
            for policy in world.policies { row(policy, &html) }
          }
        }
      }
    }
    guard !world.profiles.isEmpty else { return }
    html.element("div", ["class": "scroll"]) { html in
      html.element("table") { html in
        html.element("caption", text: "Profiles, asked where no policy applies")
        head(["Profile", "Endpoints", "Rules"], &html)
        html.element("tbody") { html in
          for profile in world.profiles.sorted(by: { $0.name < $1.name }) { row(profile, &html) }
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

  private func row(_ policy: Policy, _ html: inout MarkupWriter) {
    let isMissing = story.run.semantics.countsAsMissing(policy)
    html.element("tr") { html in
      html.element("td", ["class": "short"], text: policy.order.map { "\($0)".replacing(/\.0$/, with: "") } ?? "none")
      html.element("th", ["scope": "row"]) { html in
        html.link(Style.visible(policy.name.text), to: plan.address(of: policy.location, from: page))
        if isMissing { html.element("span", ["class": "quiet"], text: "counts as missing (D16)") }
      }
      html.element("td", ["class": "short"], text: policy.kind.rawValue)
      html.element("td") { $0.element("code", text: Style.visible(policy.selector.text.text)) }
      html.element("td", text: names(world.labels.endpoints(matching: policy.selector).sorted()))
      html.element("td", ["class": "short"], text: rules(policy.ingress, policy.egress))
    }
  }

  private func row(_ profile: Profile, _ html: inout MarkupWriter) {
    html.element("tr") { html in
      html.element("th", ["scope": "row"]) { html in
        html.link(Style.visible(profile.name.text), to: plan.address(of: profile.location, from: page))
      }
      html.element("td", text: names(world.endpoints.indices.filter { world.endpoints[$0].profiles.contains(profile.name) }))
      html.element("td", ["class": "short"], text: rules(profile.ingress, profile.egress))
    }
  }

  private func names(_ endpoints: [Int]) -> String {
    guard !endpoints.isEmpty else { return "none" }
    let names = endpoints.prefix(Self.mostEndpoints).map { Style.visible(world.endpoints[$0].shortName.text) }
    let more = endpoints.count > Self.mostEndpoints ? " and \(endpoints.count - Self.mostEndpoints) more" : ""
    return names.joined(separator: ", ") + more
  }

  private func rules(_ ingress: [Rule], _ egress: [Rule]) -> String { "\(ingress.count) ingress, \(egress.count) egress" }
}
