import Pictures
import Reports
import Simulator

/// What several pages write alike.
extension MarkupWriter {
  /// `✓ passed` or `✗ failed`.
  mutating func result(_ hasFailed: Bool) {
    element("span", ["class": hasFailed ? "bad" : "good"], text: hasFailed ? "✗ failed" : "✓ passed")
  }

  /// A place in a file, as a link if the site has the file.
  mutating func place(_ location: SourceLocation?, _ plan: SitePlan, from page: String) {
    guard let location else { return }
    let address = plan.address(of: location, from: page)
    element(address == nil ? "span" : "a", ["href": address]) { $0.path(location.fileAndLine) }
  }

  /// A path, which may be broken behind each of its folders.
  private mutating func path(_ path: String) {
    for (number, part) in Style.visible(path).split(separator: "/", omittingEmptySubsequences: false).enumerated() {
      if number > 0 { raw("/<wbr>") }
      write(String(part))
    }
  }

  /// A text, as a link if there is an address.
  mutating func link(_ text: String, to address: String?) {
    if let address { element("a", ["href": address], text: text) } else { element("span", text: text) }
  }

  /// The number of a claim, as a link if the site tells more of it.
  mutating func claim(_ claim: String, _ plan: SitePlan, from page: String) {
    link(Style.visible(claim), to: plan.address(ofClaim: claim, from: page))
  }

  /// A check that failed: what was expected, what came, and why.
  ///
  /// - Parameter href: where more is told of it.
  mutating func failure(_ check: TestCase, href: String?, _ plan: SitePlan, from page: String) {
    element("div", ["class": "failure"]) { html in
      html.element("p") { html in
        html.link(Style.visible(check.name), to: href)
        html.place(check.location, plan, from: page)
      }
      html.reasons(check, plan, from: page)
    }
  }

  /// In which points a check failed, or why it could not be tried.
  mutating func reasons(_ check: TestCase, _ plan: SitePlan, from page: String) {
    switch check.outcome {
    case .passed: break
    case .broken(let message, let help):
      element("p", ["class": "bad"], text: "could not be tried")
      lines(message)
      if let help { element("p", ["class": "quiet"], text: Style.visible(help)) }
    case .failed(let failures):
      for failure in failures { reason(failure, plan, from: page) }
    }
  }

  /// What a command said, line by line as it said it.
  private mutating func lines(_ text: String) {
    element("pre", ["class": "said"]) { html in
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        html.write(Style.visible(String(line)) + "\n")
      }
    }
  }

  private mutating func reason(_ failure: TestFailure, _ plan: SitePlan, from page: String) {
    element("ul", ["class": "facts"]) { html in
      let point = failure.point == "flow" ? "" : "\(failure.point) "
      html.element("li", text: Style.visible("expected: \(point)\(failure.expected)"))
      html.element("li") { html in
        html.element("strong", text: Style.visible("got: \(failure.got)"))
      }
      if let because = failure.because { html.element("li", text: Style.visible("because: \(because)")) }
      if let place = failure.decidedAt {
        html.element("li") { html in
          html.element("span", text: "rule:")
          html.place(place, plan, from: page)
        }
      }
    }
  }

  /// Links to flows, so many of them; the rest is counted.
  mutating func flows(_ flows: [FlowPlace], atMost most: Int = 25, _ plan: SitePlan, from page: String) {
    element("ul", ["class": "facts"]) { html in
      for flow in flows.prefix(most) {
        html.element("li") { html in
          html.element("a", ["href": plan.address(of: flow, from: page)], text: plan.text(of: flow))
          html.element("span", ["class": "quiet"], text: plan.title(ofStory: flow.story))
        }
      }
      if flows.count > most { html.element("li", text: "and \(flows.count - most) more") }
    }
  }

  /// Links to scenarios, so many of them; the rest is counted.
  mutating func stories(_ stories: [Int], atMost most: Int = 10, _ plan: SitePlan, from page: String) {
    element("ul", ["class": "facts"]) { html in
      for story in stories.prefix(most) {
        html.element("li") { html in
          html.element("a", ["href": plan.address(ofStory: story, from: page)], text: plan.title(ofStory: story))
        }
      }
      if stories.count > most { html.element("li", text: "and \(stories.count - most) more") }
    }
  }
}
