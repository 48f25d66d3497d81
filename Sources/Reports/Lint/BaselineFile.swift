package import Lint
import Selector
package import Simulator

/// A baseline as JSON, an entry a line, so that a change of it reads well. Keys: `version`, which is 1, and `findings`, each with
/// `fingerprint`, `id`, `about` (for people) and `count` where it is more than 1.
extension Baseline {
  private static let version = 1

  package var json: [UInt8] {
    let lines = entries.map { entry in
      var json = JSONWriter()
      json.object { json in
        json.field("id", entry.id)
        json.field("about", entry.about)
        if entry.count > 1 { json.field("count", entry.count) }
        json.field("fingerprint", entry.fingerprint)
      }
      return json.bytes
    }
    let body = lines.isEmpty ? [] : Array("\n".utf8) + lines.joined(separator: ",\n".utf8) + Array("\n".utf8)
    return Array("{\"version\":\(Self.version),\"findings\":[".utf8) + body + Array("]}\n".utf8)
  }

  /// Reads what `json` writes, strictly: no other keys, and none missing.
  ///
  /// - Throws: what is wrong first, with its place.
  package init(_ source: SourceText) throws(Diagnostic) {
    do throws(JSONError) {
      self.init(entries: try Self.read(source))
    } catch {
      throw Diagnostic(
        .error, id: "invalid-baseline", at: Self.location(error.offset, in: source), "no valid baseline: \(error.message)",
        help: "write it anew with --write-baseline")
    }
  }

  private static func read(_ source: SourceText) throws(JSONError) -> [Entry] {
    var cursor = JSONCursor(source.bytes)
    var version: Int?
    var entries: [Entry]?
    try cursor.readObject { (cursor, key) throws(JSONError) in
      if cursor.equals(key, "version"), version == nil {
        version = try cursor.readInteger()
        guard version == Self.version else {
          throw cursor.error("this is version \(version ?? 0), and version 1 can be read", at: key)
        }
      } else if cursor.equals(key, "findings"), entries == nil {
        entries = try readEntries(&cursor, source)
      } else {
        throw wrongKey(key, cursor)
      }
    }
    try cursor.expectEnd()
    guard version != nil else { throw JSONError(offset: 0, message: "\"version\" is missing") }
    guard let entries else { throw JSONError(offset: 0, message: "\"findings\" is missing") }
    return entries
  }

  private static func readEntries(_ cursor: inout JSONCursor, _ source: SourceText) throws(JSONError) -> [Entry] {
    var entries: [Entry] = []
    var met: Set<String> = []
    var line = LineCounter(source.bytes)
    try cursor.readArray { (cursor) throws(JSONError) in
      let (entry, place) = try readEntry(&cursor)
      guard met.insert(entry.fingerprint).inserted else {
        throw cursor.error("\"\(entry.fingerprint)\" is there twice", at: place)
      }
      entries.append(entry)
      entries[entries.count - 1].location = line.location(place.range.lowerBound - 1, in: source.name)
    }
    return entries
  }

  private static func readEntry(_ cursor: inout JSONCursor) throws(JSONError) -> (Entry, JSONCursor.StringToken) {
    var entry = Entry(fingerprint: "", id: "", about: "", count: 0)
    var texts: [String: String] = [:]
    var first: JSONCursor.StringToken?
    try cursor.readObject { (cursor, key) throws(JSONError) in
      first = first ?? key
      let name = String(decoding: cursor.unescape(key), as: UTF8.self)
      if name == "count", entry.count == 0 {
        entry.count = try cursor.readInteger()
        guard entry.count > 0 else { throw cursor.error("\"count\" is less than 1", at: key) }
      } else if ["id", "about", "fingerprint"].contains(name), texts[name] == nil {
        let token = try cursor.readString()
        texts[name] = String(decoding: cursor.unescape(token), as: UTF8.self)
      } else {
        throw wrongKey(key, cursor)
      }
    }
    guard let first, let id = texts["id"], let about = texts["about"], let fingerprint = texts["fingerprint"] else {
      throw cursor.error("a finding needs \"id\", \"about\" and \"fingerprint\"")
    }
    return (Entry(fingerprint: fingerprint, id: id, about: about, count: max(1, entry.count)), first)
  }

  private static func wrongKey(_ key: JSONCursor.StringToken, _ cursor: JSONCursor) -> JSONError {
    let name = ByteString(bytes: cursor.unescape(key)).text
    return cursor.error("\"\(name)\" is no key that a baseline has here, or it is there twice", at: key)
  }

  private static func location(_ offset: Int, in source: SourceText) -> SourceLocation {
    var line = LineCounter(source.bytes)
    return line.location(offset, in: source.name)
  }
}

/// Lines of offsets that only grow.
private struct LineCounter {
  private let bytes: [UInt8]
  private var line = 1
  private var start = 0
  private var seen = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func location(_ offset: Int, in file: String) -> SourceLocation {
    let end = min(offset, bytes.count)
    while seen < end {
      if bytes[seen] == 0x0a { (line, start) = (line + 1, seen + 1) }
      seen += 1
    }
    return SourceLocation(file: file, line: line, column: offset - start + 1)
  }
}
