/// Paths in a scenario, which are relative to its file.
enum ScenarioPath {
  /// The path as seen from the working directory, without detours through `.` and `..` where they can be told from the text.
  static func resolve(_ path: String, besideFile file: String) -> String {
    guard path.utf8.first != UInt8(ascii: "/") else { return normal(path) }
    let folder = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(file[...$0]) } ?? ""
    return normal(folder + path)
  }

  private static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    let root = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
    return parts.isEmpty && root.isEmpty ? "." : root + parts.joined(separator: "/")
  }
}
