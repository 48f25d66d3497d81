import Foundation

/// A page as DocC wants it: links by name, pictures beside it, no HTML.
struct Article {
  let text: String
  /// Pictures that it shows, from the repository's root.
  let pictures: [String]

  init(_ page: Page, in pages: [Page]) {
    var pictures: [String] = []
    var fence: Substring?
    var lines: [String] = []
    // Prose since the last fence: a link may begin on one line and end on the next.
    var prose: [String] = []
    for line in page.lines {
      let word = line.drop { $0 == " " }
      let marks = word.prefix { $0 == "`" }
      if fence == nil, marks.count < 3 {
        if !word.hasPrefix("<!--") { prose.append(line) }
        continue
      }
      lines += Self.rewritten(prose, on: page, in: pages, &pictures) + [line]
      prose = []
      if fence == nil { fence = marks } else if word == fence { fence = nil }
    }
    lines += Self.rewritten(prose, on: page, in: pages, &pictures)
    if page.isIndex { lines = Self.front(lines, pages) }
    text = lines.joined(separator: "\n")
    self.pictures = pictures
  }

  /// The index describes a module, which has no code, and lists all pages for the sidebar.
  private static func front(_ lines: [String], _ pages: [Page]) -> [String] {
    let groups: [(title: String, prefix: String)] = [
      ("Tutorial", "docs/tutorial"), ("How-to", "docs/how-to/"), ("Reference", "docs/reference/"),
      ("Explanation", "docs/explanation/"), ("Runnable worlds", "Scenarios"),
    ]
    let topics = groups.flatMap { group in
      ["", "### \(group.title)", ""] + pages.filter { $0.path.hasPrefix(group.prefix) }.map { "- <doc:\($0.name)>" }
    }
    return ["# ``Gatewalk``", "", "What happens to this packet, and which rule decides?"] + lines.dropFirst()
      + ["", "## Topics"] + topics + [""]
  }

  private static func rewritten(
    _ prose: [String], on page: Page, in pages: [Page], _ pictures: inout [String]
  ) -> [String] {
    guard !prose.isEmpty else { return [] }
    var result = ""
    // DocC takes double backquotes for symbols, and leaves out HTML.
    let text = prose.joined(separator: "\n")
    var rest = text.replacing(/``[^`\n]*(`[^`\n]+`)[^`\n]*``/) { String($0.1) }.replacing("<br>", with: " · ")[...]
    while let match = rest.firstMatch(of: /(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/) {
      result += rest[..<match.range.lowerBound]
      let (mark, words, target) = (match.1, String(match.2), String(match.3))
      if target.contains("://") {
        result += match.0
      } else if mark == "!" {
        let path = resolve(target, on: page)
        pictures.append(path)
        result += "![\(words)](\((path as NSString).lastPathComponent))"
      } else {
        result += link(words, to: target, on: page, in: pages)
      }
      rest = rest[match.range.upperBound...]
    }
    return (result + rest).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// A link to another page; words alone where the site has no page of what is linked to.
  private static func link(_ words: String, to target: String, on page: Page, in pages: [Page]) -> String {
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let path = parts[0].isEmpty ? page.path : resolve(parts[0], on: page)
    guard let other = pages.first(where: { [path, path + "/README.md"].contains($0.path) }) else { return words }
    guard parts.count > 1, let heading = other.heading(of: parts[1]) else { return "[\(words)](doc:\(other.name))" }
    let fragment = heading.filter { !"`'\"?,:".contains($0) }.replacing(" ", with: "-")
    return "[\(words)](doc:\(other.name)#\(fragment))"
  }

  private static func resolve(_ target: String, on page: Page) -> String {
    var parts = page.path.split(separator: "/").dropLast().map(String.init)
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
