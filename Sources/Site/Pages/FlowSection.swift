import Pictures
import Reports
import Scenarios
import Selector
import Simulator

/// A flow of a scenario: what was expected, what was found, the rule that decides, and the way as a picture.
struct FlowSection {
  private let flow: ScenarioStory.FlowStory
  private let place: FlowPlace
  private let plan: SitePlan
  private let picture: PathPicture?
  private let explanation: Explanation?

  init(_ flow: ScenarioStory.FlowStory, _ place: FlowPlace, _ plan: SitePlan) {
    (self.flow, self.place, self.plan) = (flow, place, plan)
    if case .judged(let trace, let walker) = flow.result {
      picture = PathPicture(trace, on: walker)
      explanation = Explanation(trace, on: walker)
    } else {
      (picture, explanation) = (nil, nil)
    }
  }

  private var page: String { plan.scenarioPaths[place.story] }

  func write(to html: inout MarkupWriter) {
    let id = place.anchor
    html.element(
      "section",
      ["class": "step\(flow.check.hasFailed ? " failed" : "")", "id": id, "aria-labelledby": "\(id)-heading"]
    ) { html in
      html.element("h3", ["id": "\(id)-heading"]) { html in
        html.element("span", text: "\(place.number). \(Style.visible(flow.check.name))")
        verdict(&html)
      }
      html.element("p", ["class": "quiet"]) { html in
        html.element(
          "span", ["class": flow.check.hasFailed ? "bad" : "good"],
          text: flow.check.hasFailed ? "✗ not as expected" : "✓ as expected")
        html.place(flow.check.location, plan, from: page)
      }
      if flow.check.hasFailed {
        html.element("div", ["class": "failure"]) { $0.reasons(flow.check, plan, from: page) }
      }
      points(&html)
      account(&html)
      if let picture { drawing(picture, &html) }
    }
  }

  private func verdict(_ html: inout MarkupWriter) {
    let verdict = flow.found.verdict
    let sign = verdict == .allow ? "✓" : "✗"
    html.element("span", ["class": "word \(verdict.rawValue)"], text: "\(sign) \(verdict.rawValue.uppercased())")
  }

  // MARK: Expected and found

  private struct Point {
    var name: String
    var expected: String?
    var found: String
    var hasFailed: Bool
  }

  /// The points of what was found, and of what was expected those that were not found at all.
  private var allPoints: [Point] {
    let expected = Dictionary(flow.expected.points.map { ($0.name, $0.text) }) { first, _ in first }
    let failed = failedPoints
    var points = flow.found.points.map { point in
      Point(name: point.name, expected: expected[point.name], found: point.text, hasFailed: failed.contains(point.name))
    }
    for point in flow.expected.points where !points.contains(where: { $0.name == point.name }) {
      points.append(
        Point(name: point.name, expected: point.text, found: "none", hasFailed: failed.contains(point.name)))
    }
    return points
  }

  /// Stage and endpoint are said with the verdict.
  private var failedPoints: Set<String> {
    guard case .failed(let failures) = flow.check.outcome else { return [] }
    return Set(failures.map { ["decided by", "stage", "endpoint"].contains($0.point) ? "verdict" : $0.point })
  }

  private func points(_ html: inout MarkupWriter) {
    html.element("div", ["class": "scroll"]) { html in
      html.element("table", ["class": "points"]) { html in
        html.element("thead") { html in
          html.element("tr") { html in
            for name in ["Point", "Expected", "Found"] { html.element("th", ["scope": "col"], text: name) }
          }
        }
        html.element("tbody") { html in
          for point in allPoints { row(point, &html) }
        }
      }
    }
  }

  private func row(_ point: Point, _ html: inout MarkupWriter) {
    html.element("tr") { html in
      html.element("th", ["scope": "row"], text: point.name)
      html.element("td") { html in
        if let expected = point.expected {
          html.element("span", text: Style.visible(expected))
        } else {
          html.element("span", ["class": "quiet"], text: "anything")
        }
      }
      html.element("td") { html in
        if point.expected != nil {
          html.element("span", ["class": point.hasFailed ? "bad" : "good"], text: point.hasFailed ? "✗" : "✓")
        }
        html.element("span", text: Style.visible(point.found))
      }
    }
  }

  // MARK: Why

  private func account(_ html: inout MarkupWriter) {
    guard let picture else {
      if case .error(let message, let help) = flow.result {
        html.element("p", text: Style.visible("It cannot be judged: \(message)."))
        html.element("p", ["class": "quiet"], text: Style.visible(help))
      }
      return
    }
    html.element("ul", ["class": "facts"]) { html in
      html.element("li") { ruling("Decided by", picture.packet.ruling, &$0) }
      html.element("li", text: "\(picture.context): \(picture.end(picture.packet)).")
      if let reply = picture.reply {
        html.element("li") { html in
          ruling("The reply is \(reply.isAllowed ? "allowed" : "denied") by", reply.ruling, &html)
        }
      }
      if let why = picture.replyAbsence { html.element("li", text: "No reply: \(why).") }
      for note in picture.notes { html.element("li", text: "Note: \(note).") }
    }
  }

  private func ruling(_ words: String, _ ruling: PathPicture.Ruling, _ html: inout MarkupWriter) {
    html.element("span", text: words)
    html.link(ruling.label, to: plan.address(of: ruling.location, from: page))
    if let location = ruling.location {
      html.element("span", ["class": "quiet"], text: Style.visible("(\(location.fileAndLine))"))
    }
    // What a rule says is YAML in short; what a built-in decision means is prose.
    if let why = ruling.why { html.element(ruling.location == nil ? "span" : "code", text: why) }
  }

  private func drawing(_ picture: PathPicture, _ html: inout MarkupWriter) {
    html.element("details") { html in
      html.element("summary", text: "The way through \(picture.host), in words and drawn")
      html.element("div", ["class": "inside"]) { html in
        for part in [Explanation.Part.packet, .reply] {
          let sentences = explanation?.sentences(of: part).map(\.prose) ?? []
          if !sentences.isEmpty { html.prose(sentences) }
        }
      }
      html.element("figure") { html in
        html.raw(PathSVG(picture).markup(isEmbedded: true, idPrefix: "\(place.anchor)-"))
      }
    }
  }
}
