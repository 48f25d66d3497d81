import Foundation

/// Links of a site that DocC made and that lead nowhere: to a page, a place on it, or a picture that is not there.
struct DeadLinks {
  private(set) var found: [String] = []
  private(set) var linkCount = 0
  private var anchors: [String: Set<String>] = [:]
  private let site: URL

  init(site: URL) throws {
    self.site = site
    let data = site.appendingPathComponent("data")
    let files = (FileManager.default.subpaths(atPath: data.path) ?? []).filter { $0.hasSuffix(".json") }.sorted()
    for file in files {
      let page = try JSONSerialization.jsonObject(with: Data(contentsOf: data.appendingPathComponent(file)))
      for link in Self.links(page) {
        linkCount += 1
        if try !leadsSomewhere(link) { found.append("data/\(file): \(link)") }
      }
    }
  }

  private mutating func leadsSomewhere(_ link: String) throws -> Bool {
    let parts = link.split(separator: "#", maxSplits: 1).map(String.init)
    let path = parts[0].lowercased()
    guard path.hasPrefix("/documentation") else {
      return FileManager.default.fileExists(atPath: site.appendingPathComponent(parts[0]).path)
    }
    let file = site.appendingPathComponent("data\(path).json")
    guard FileManager.default.fileExists(atPath: file.path) else { return false }
    guard parts.count > 1 else { return true }
    if anchors[path] == nil {
      anchors[path] = Self.anchors(try JSONSerialization.jsonObject(with: Data(contentsOf: file)))
    }
    return anchors[path]?.contains(parts[1].removingPercentEncoding ?? parts[1]) == true
  }

  /// Addresses of everything that a page refers to.
  private static func links(_ page: Any) -> [String] {
    guard let page = page as? [String: Any], let references = page["references"] as? [String: [String: Any]] else { return [] }
    return references.values.flatMap { reference -> [String] in
      if let variants = reference["variants"] as? [[String: Any]] {
        return variants.compactMap { $0["url"] as? String }
      }
      return (reference["url"] as? String).map { [$0] } ?? []
    }.filter { !$0.contains("://") }
  }

  /// The `anchor` of every heading in a page.
  private static func anchors(_ value: Any) -> Set<String> {
    if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(anchors($1)) } }
    guard let object = value as? [String: Any] else { return [] }
    let own: Set<String> = (object["anchor"] as? String).map { [$0] } ?? []
    return object.values.reduce(into: own) { $0.formUnion(anchors($1)) }
  }
}
