import Glibc

/// File names as a person types them.
enum FileName {
  /// `~/x` in the home directory.
  static func expandingTilde(_ name: String) -> String {
    guard name == "~" || name.utf8.starts(with: "~/".utf8), let home = getenv("HOME") else { return name }
    return String(cString: home) + name.dropFirst()
  }
}
