import Foundation
import Testing

/// Links between the pages lead somewhere.
@Suite struct DocumentationLinkTests {
  @Test(arguments: Repository.pages)
  func `links lead somewhere`(page name: String) throws {
    let page = try DocumentationPage(name: name)
    let folder = (name as NSString).deletingLastPathComponent
    let dead = page.links.filter { link in
      guard !link.contains("://"), !link.hasPrefix("mailto:") else { return false }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let path = parts[0].isEmpty ? name : ((folder as NSString).appendingPathComponent(parts[0]) as NSString).standardizingPath
      guard FileManager.default.fileExists(atPath: Repository.root.appendingPathComponent(path).path) else { return true }
      guard parts.count > 1, path.hasSuffix(".md") else { return false }
      return (try? DocumentationPage(name: path).anchors.contains(parts[1])) != true
    }
    #expect(dead.isEmpty, "\(name): \(dead)")
  }

  /// Who opens the documentation finds every page from its first one.
  @Test func `every page of docs is linked from its index`() throws {
    let index = try DocumentationPage(name: "docs/README.md")
    let linked = Set(index.links.map { "docs/" + $0 })
    let pages = Repository.pages.filter { $0.hasPrefix("docs/") && $0 != index.name }
    #expect(pages.filter { !linked.contains($0) }.isEmpty)
    #expect(pages.count > 5)
  }

  @Test func `anchors are those of a code host`() throws {
    #expect(DocumentationPage.anchor("What does a change do, before I apply it?") == "what-does-a-change-do-before-i-apply-it")
    #expect(DocumentationPage.anchor("`select --batch`") == "select---batch")
    #expect(DocumentationPage.anchor("K1: to-workload") == "k1-to-workload")
  }
}

extension DocumentationPage {
  /// Where the page's links and pictures lead; code is left out.
  var links: [String] {
    prose.flatMap { line in
      line.components(separatedBy: "](").dropFirst().compactMap { rest in
        rest.firstIndex(of: ")").map { String(rest[..<$0]) }
      }
    }
  }

  /// What a link to one of the page's headings has behind the `#`.
  var anchors: Set<String> {
    Set(prose.filter { $0.hasPrefix("#") }.map { Self.anchor(String($0.drop { $0 == "#" }.dropFirst())) })
  }

  /// As code hosts make it: lower case, hyphens for spaces, and no punctuation.
  static func anchor(_ heading: String) -> String {
    String(
      heading.lowercased().compactMap { character in
        if character == " " { return "-" }
        return character.isLetter || character.isNumber || character == "-" || character == "_" ? character : nil
      })
  }

  /// Everything outside of fences.
  private var prose: [String] {
    let fenced = fences.map(\.lines)
    return lines.indices.filter { index in !fenced.contains { $0.contains(index) } }.map { lines[$0] }
  }
}
