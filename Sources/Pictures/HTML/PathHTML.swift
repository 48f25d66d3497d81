import Reports
import Selector
package import Simulator

/// A picture as a page that is whole in itself: nothing is fetched, and the content security policy lets nothing be. The picture; the
/// steps as a list, each with the policies that were tried there, what their rules ask, and the lines of the manifests.
///
/// Steps are `details`, so that all of it can be read without script and with the keyboard.
package struct PathHTML {
  private let picture: PathPicture
  private let sources: [SourceText]

  /// - Parameter sources: the texts that rules come from; without one of them its lines are left out.
  package init(_ picture: PathPicture, sources: [SourceText]) {
    self.picture = picture
    self.sources = sources
  }

  package var text: String {
    var html = MarkupWriter()
    html.raw("<!DOCTYPE html>\n")
    html.element("html", ["lang": "en"]) { html in
      html.element("head") { head(&$0) }
      html.element("body") { html in
        html.element("header") { header(&$0) }
        html.element("main") { html in
          html.element("figure") { $0.raw(PathSVG(picture).markup(isEmbedded: true)) }
          html.element(
            "p", ["class": "hint"],
            text: "Choose a step, here or in the picture, to see what was tried there. Arrow keys go from step to step.")
          for way in picture.ways { section(way, &html) }
          if let why = picture.replyAbsence { html.element("p", text: "No reply: \(why).") }
          notes(&html)
        }
        html.element("script") { $0.raw(PageScript.text) }
      }
    }
    return html.text
  }

  // MARK: Head

  private static let policy = PagePolicy.text(style: PageStyle.sheet, script: PageScript.text)

  private func head(_ html: inout MarkupWriter) {
    html.empty("meta", ["charset": "utf-8"], closes: false)
    html.empty("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy], closes: false)
    html.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"], closes: false)
    html.element("title", text: "\(picture.packet.isAllowed ? "ALLOW" : "DENY"): \(picture.packet.packet)")
    html.element("style") { $0.raw(PageStyle.sheet) }
  }

  private func header(_ html: inout MarkupWriter) {
    html.element("h1", text: picture.packet.packet)
    verdict(picture.packet, &html)
    html.element("p", ["class": "context"], text: "\(picture.context); \(picture.end(picture.packet)).")
  }

  private func verdict(_ way: PathPicture.Way, _ html: inout MarkupWriter) {
    let place = way.ruling.location.map { Style.visible(" (\($0.fileAndLine))") } ?? ""
    let why = way.ruling.why.map { ": \($0)" } ?? ""
    html.element(
      "p", ["class": "verdict \(way.isAllowed ? "allow" : "deny")", "id": "\(way.role.rawValue)-verdict"],
      text: "\(way.isAllowed ? "✓ ALLOW" : "✗ DENY") by \(way.ruling.label)\(place)\(why)")
  }

  private func notes(_ html: inout MarkupWriter) {
    guard !picture.notes.isEmpty else { return }
    html.element("section", ["aria-labelledby": "notes"]) { html in
      html.element("h2", ["id": "notes"], text: "Notes")
      html.element("ul") { html in
        for note in picture.notes { html.element("li", text: note) }
      }
    }
  }

  // MARK: Steps

  private func section(_ way: PathPicture.Way, _ html: inout MarkupWriter) {
    let id = "\(way.role.rawValue)-steps"
    html.element("section", ["aria-labelledby": id]) { html in
      html.element("h2", ["id": id], text: "The \(way.role.rawValue)’s steps")
      if way.role == .reply {
        html.element("p", text: way.packet)
        verdict(way, &html)
      }
      html.element("ol", ["class": "steps"]) { html in
        for (number, station) in way.stations.enumerated() {
          html.element("li") { step(station, way, number + 1, &$0) }
        }
      }
      if let restored = way.restored {
        html.element("p", text: "At the end connection tracking puts the source right: \(restored).")
      }
    }
  }

  private func step(_ station: PathPicture.Station, _ way: PathPicture.Way, _ number: Int, _ html: inout MarkupWriter) {
    let id = "\(way.role == .packet ? "step" : "reply")-\(number)"
    var (names, decides) = ("step", false)
    if case .gate(let gate) = station {
      decides = gate.decides
      switch gate.state {
      case .accepts: names += " allow"
      case .drops: names += " deny"
      case .noVerdict: break
      case .skipped, .never, .unreached: names += " aside"
      }
      if decides { names += " decides" }
    }
    // Without script the deciding step lies open; with it, too, until another is chosen.
    html.element("details", ["class": names, "id": id, "open": decides && way.role == .packet ? "" : nil]) { html in
      html.element("summary") { summary(station, number, decides, &$0) }
      html.element("div", ["class": "inside"]) { inside(station, &$0) }
    }
  }

  private func summary(_ station: PathPicture.Station, _ number: Int, _ decides: Bool, _ html: inout MarkupWriter) {
    var sign = ""
    if case .gate(let gate) = station {
      switch gate.state {
      case .accepts: sign = "✓ "
      case .drops: sign = "✗ "
      case .noVerdict: sign = "→ "
      case .skipped, .never, .unreached: break
      }
    }
    html.element("span", ["class": "number"], text: "\(number).")
    html.element("span", ["class": "title"], text: station.title)
    if !station.place.isEmpty { html.element("span", ["class": "place"], text: station.place) }
    html.element("span", ["class": "word"], text: sign + picture.word(station) + (decides ? ", decides" : ""))
    let because = picture.because(station)
    if !because.isEmpty { html.element("span", ["class": "because"], text: because) }
  }

  private func inside(_ station: PathPicture.Station, _ html: inout MarkupWriter) {
    html.element("p", text: "\(picture.sentence(station)).")
    guard case .gate(let gate) = station else { return }
    if let why = gate.state.why { html.element("p", ["class": "why"], text: why) }
    if let claim = Claim.named(ByteString(gate.claim)) {
      html.element("p", ["class": "why"], text: "\(claim.id): \(claim.says).")
    }
    for tried in gate.tried { self.tried(tried, &html) }
  }

  // MARK: Rules

  private func tried(_ tried: PathPicture.Tried, _ html: inout MarkupWriter) {
    html.element("div", ["class": "tried"]) { html in
      html.element("p", text: "Tried: \(tried.head)")
      guard !tried.rules.isEmpty else { return }
      html.element("ol") { html in
        for rule in tried.rules { self.rule(rule, &html) }
      }
    }
  }

  private func rule(_ rule: PathPicture.TriedRule, _ html: inout MarkupWriter) {
    html.element("li", ["class": "rule \(rule.matched ? "matched" : "unmatched")"]) { html in
      html.element("p") { html in
        html.element("strong", text: rule.matched ? "matched" : "no match")
        html.element("code", text: "\(rule.label) \(rule.text)")
      }
      if rule.criteria.isEmpty {
        html.element("p", ["class": "why"], text: "It asks nothing, so it matches every packet.")
      } else {
        html.element("ul", ["class": "criteria"]) { html in
          for criterion in rule.criteria { self.criterion(criterion, &html) }
        }
      }
      excerpt(rule, &html)
    }
  }

  private func criterion(_ criterion: PathPicture.TriedRule.Criterion, _ html: inout MarkupWriter) {
    html.element("li", ["class": criterion.holds ? "holds" : "fails"]) { html in
      html.element("span", ["class": "mark"], text: criterion.holds ? "✓ holds:" : "✗ fails:")
      html.element("code", text: criterion.text)
    }
  }

  private func excerpt(_ rule: PathPicture.TriedRule, _ html: inout MarkupWriter) {
    guard let location = rule.location else { return }
    let place = Style.visible(location.fileAndLine)
    guard let excerpt = SourceExcerpt(at: location, in: sources) else {
      return html.element("p", ["class": "why"], text: place)
    }
    let digits = "\(excerpt.lines.last?.number ?? 0)".count
    html.element("figure", ["class": "excerpt"]) { html in
      html.element("figcaption", text: place)
      // Long lines scroll, and what scrolls can be reached with the keyboard.
      html.element("pre", ["tabindex": "0", "role": "region", "aria-label": "lines of \(place)"]) { html in
        for line in excerpt.lines {
          let number = "\(line.number)"
          html.write("\(String(repeating: " ", count: digits - number.count))\(number)  \(line.text)\n")
        }
      }
    }
  }
}
