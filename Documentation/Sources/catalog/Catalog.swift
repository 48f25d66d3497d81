import Foundation

/// Makes the catalog of the site from the repository's Markdown, and looks for dead links in the site:
///
///     catalog make ROOT CATALOG
///     catalog check SITE
@main
enum Catalog {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    switch (words.first, words.count) {
    case ("make", 3): try make(root: URL(fileURLWithPath: words[1]), catalog: URL(fileURLWithPath: words[2]))
    case ("check", 2): try check(URL(fileURLWithPath: words[1]))
    default:
      print("usage: catalog make ROOT CATALOG | catalog check SITE")
      exit(2)
    }
  }

  private static func make(root: URL, catalog: URL) throws {
    try? FileManager.default.removeItem(at: catalog)
    try FileManager.default.createDirectory(at: catalog, withIntermediateDirectories: true)
    let pages = try Page.all(in: root)
    var pictures: Set<String> = []
    for page in pages {
      let article = Article(page, in: pages)
      try article.text.write(to: catalog.appendingPathComponent("\(page.name).md"), atomically: true, encoding: .utf8)
      pictures.formUnion(article.pictures)
    }
    for picture in pictures {
      let name = (picture as NSString).lastPathComponent
      try FileManager.default.copyItem(at: root.appendingPathComponent(picture), to: catalog.appendingPathComponent(name))
    }
    try information.write(to: catalog.appendingPathComponent("Info.plist"), atomically: true, encoding: .utf8)
    print("\(pages.count) pages, \(pictures.count) pictures in \(catalog.path)")
  }

  /// What DocC calls the pages' home, which is no framework.
  private static let information = """
    <?xml version="1.0" encoding="UTF-8"?>
    <plist version="1.0">
    <dict>
      <key>CFBundleDisplayName</key><string>Gatewalk</string>
      <key>CFBundleIdentifier</key><string>gatewalk</string>
      <key>CDDefaultModuleKind</key><string>Documentation</string>
    </dict>
    </plist>

    """

  private static func check(_ site: URL) throws {
    let links = try DeadLinks(site: site)
    for dead in links.found { print("dead link: \(dead)") }
    print("\(links.linkCount) links, \(links.found.count) dead")
    if !links.found.isEmpty || links.linkCount == 0 { exit(1) }
  }
}
