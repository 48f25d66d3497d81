import Selector

/// A path as the URI of RFC 3986 that names it: relative to the working directory where it lies below that.
struct FileURI {
  let text: String
  /// Is it to be read from the working directory on?
  let isRelative: Bool

  /// - Parameter directory: the working directory, absolute; `nil` if it is not to be told.
  init(_ path: String, in directory: String?) {
    let isAbsolute = path.hasPrefix("/")
    let parts = Self.normalized(path)
    if !isAbsolute, parts.first == "..", let directory {
      (text, isRelative) = (Self.absolute(Self.normalized("\(directory)/\(path)")), false)
    } else if isAbsolute {
      (text, isRelative) = (Self.absolute(parts), false)
    } else {
      (text, isRelative) = (Self.join(parts), true)
    }
  }

  /// The URI of a directory, a slash at its end.
  static func directory(_ path: String) -> String {
    let text = absolute(normalized(path))
    return text.hasSuffix("/") ? text : text + "/"
  }

  /// The parts between slashes, without `.`, and without `..` but at the beginning of a relative path.
  private static func normalized(_ path: String) -> [ByteString] {
    var parts: [ByteString] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")).map({ ByteString(bytes: Array($0)) }) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    return parts
  }

  private static func absolute(_ parts: [ByteString]) -> String { "file:///" + join(parts) }

  private static func join(_ parts: [ByteString]) -> String {
    parts.map { $0.bytes.map(encoded).joined() }.joined(separator: "/")
  }

  /// Everything but the unreserved characters by its number.
  private static func encoded(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      return String(UnicodeScalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }
  }
}
