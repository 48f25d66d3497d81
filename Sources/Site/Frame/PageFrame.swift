import Pictures
import Reports

/// What all pages of a site have around their contents: policy, style, the way to the other pages.
struct PageFrame: Sendable {
  /// Of the site.
  let title: String
  let generator: String

  private static let sections = [
    (path: SitePages.index, name: "Scenarios"), (path: CoveragePage.path, name: "Coverage"),
    (path: LintPage.path, name: "Lint"), (path: ManifestsPage.path, name: "Manifests"),
  ]

  /// A page.
  ///
  /// - Parameters:
  ///   - path: where it stands in the site.
  ///   - name: of the page; the site's own for the first.
  ///   - script: what it does beyond what it does without.
  func page(_ path: String, _ name: String, script: String? = nil, _ body: (inout MarkupWriter) -> Void) -> [UInt8] {
    var html = MarkupWriter()
    html.raw("<!DOCTYPE html>\n")
    html.element("html", ["lang": "en"]) { html in
      html.element("head") { html in
        html.empty("meta", ["charset": "utf-8"], closes: false)
        let policy = PagePolicy.text(style: SiteStyle.sheet, script: script)
        html.empty("meta", ["http-equiv": "Content-Security-Policy", "content": policy], closes: false)
        html.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"], closes: false)
        html.element("title", text: name == title ? title : "\(name) · \(title)")
        html.element("style") { $0.raw(SiteStyle.sheet) }
      }
      html.element("body") { html in
        html.element("a", ["class": "skip", "href": "#contents"], text: "Skip to the contents")
        header(path, &html)
        html.element("main", ["id": "contents"]) { html in
          html.element("h1", text: name)
          body(&html)
        }
        html.element("footer") { html in
          html.element("p", text: "Made by \(generator). Nothing on these pages is fetched from anywhere.")
        }
        if let script { html.element("script") { $0.raw(script) } }
      }
    }
    return Array(html.text.utf8)
  }

  private func header(_ path: String, _ html: inout MarkupWriter) {
    html.element("header") { html in
      html.element("nav", ["aria-label": "Pages of the report"]) { html in
        html.element("p", ["class": "site"], text: title)
        html.element("ul") { html in
          for section in Self.sections {
            html.element("li") { html in
              html.element(
                "a",
                [
                  "href": SitePlan.address(of: section.path, from: path), "aria-current": section.path == path ? "page" : nil,
                ], text: section.name)
            }
          }
        }
      }
    }
  }
}
