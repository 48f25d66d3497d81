import Foundation

/// A Markdown page of the repository, and its name in the catalog.
struct Page {
  /// From the repository's root: `docs/how-to/ci.md`.
  let path: String
  let lines: [String]

  init(path: String, root: URL) throws {
    self.path = path
    let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Every page that the site has: those of `docs`, and what stands beside scenarios.
  static func all(in root: URL) throws -> [Page] {
    let paths = ["docs", "Scenarios"].flatMap { folder in
      (FileManager.default.subpaths(atPath: root.appendingPathComponent(folder).path) ?? []).map { "\(folder)/\($0)" }
    }
    return try paths.filter { $0.hasSuffix(".md") }.sorted().map { try Page(path: $0, root: root) }
  }

  /// The index of `docs`, which becomes the first page.
  var isIndex: Bool { path == "docs/README.md" }

  /// The name of its file in the catalog, and so of its address: `how-to-ci`, `Scenarios-setups-bastion`.
  var name: String {
    if isIndex { return "Gatewalk" }
    var parts = path.dropLast(3).split(separator: "/").map(String.init)
    if parts.first == "docs" { parts.removeFirst() }
    if parts.last == "README" { parts.removeLast() }
    return parts.joined(separator: "-")
  }

  var title: String { lines.first.map { String($0.drop { $0 == "#" || $0 == " " }) } ?? name }

  /// The heading that a link to this page means, by what stands behind the link's `#`.
  func heading(of anchor: String) -> String? {
    lines.filter { $0.hasPrefix("#") }.map { String($0.drop { $0 == "#" }.dropFirst()) }
      .first { Self.anchor($0) == anchor }
  }

  /// As code hosts make it of a heading.
  private static func anchor(_ heading: String) -> String {
    String(
      heading.lowercased().compactMap { character in
        if character == " " { return "-" }
        return character.isLetter || character.isNumber || character == "-" || character == "_" ? character : nil
      })
  }
}
