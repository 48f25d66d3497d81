import Glibc
import Pictures

extension Canvas {
  /// As wide as the terminal that an output goes to, or 80 columns where it goes elsewhere; with plain signs on a dumb terminal, and
  /// where the locale is not one of UTF-8.
  static func of(_ output: Output, isASCII: Bool = false) -> Canvas {
    Canvas(width: output.width ?? 80, isASCII: isASCII || isDumb || !isUTF8)
  }

  private static var isDumb: Bool { value(of: "TERM") == "dumb" }

  /// The first of these that is set decides, as for any program (POSIX, 8.2).
  private static var isUTF8: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(value).first ?? ""
    let charset = locale.lowercased().split(separator: ".", maxSplits: 1).dropFirst().first ?? ""
    return charset.hasPrefix("utf-8") || charset.hasPrefix("utf8")
  }

  private static func value(of variable: String) -> String? {
    guard let text = getenv(variable), text.pointee != 0 else { return nil }
    return String(cString: text)
  }
}
