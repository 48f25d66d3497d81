import Glibc

/// The text of a journal. It reads like a script, so that a person can see what is in it, with what is needed to tell a whole
/// entry from a broken one in its comments.
///
///     # gatewalk journal 1
///     # began 2026-11-25T22:10:03Z
///     # process 4711
///     # semantics documented
///     # file /home/ann/cluster
///     # stamps 1
///     # stamp 2048 1795644000123456789 /home/ann/cluster/web.yaml
///     #> 17 8c1a0f6e2b3d4c5a
///     delete policy web
///
/// An entry's line has its length in bytes and its FNV-1a checksum.
package enum JournalText {
  /// What could be read of a journal.
  package struct Contents: Hashable, Sendable {
    package var header: JournalHeader
    package var inputs: [String]
    /// Does it end in something that is no whole entry?
    package var isDamaged: Bool
  }

  private static let title = "# gatewalk journal 1"
  private static let entryMark = "#> "

  // MARK: Writing

  package static func bytes(_ header: JournalHeader) -> [UInt8] {
    var lines = [
      Array(title.utf8), Array("# began \(timestamp(header.began))".utf8), Array("# process \(header.process)".utf8),
    ]
    lines.append(Array("# semantics \(header.semantics)".utf8))
    if header.keepsGoing { lines.append(Array("# keep-going".utf8)) }
    lines += header.files.map { Array("# file ".utf8) + EscapedLine.escape($0) }
    if let stamps = header.stamps {
      lines.append(Array("# stamps \(stamps.count)".utf8))
      lines += stamps.map { Array("# stamp \($0.size) \($0.modified) ".utf8) + EscapedLine.escape($0.path) }
    }
    return lines.flatMap { $0 + [0x0a] }
  }

  package static func bytes(_ inputs: [String]) -> [UInt8] {
    inputs.flatMap { input in
      let text = Array(input.utf8)
      return Array("\(entryMark)\(text.count) \(checksum(text[...]))\n".utf8) + text + [0x0a]
    }
  }

  private static func timestamp(_ seconds: Int) -> String {
    var (time, parts) = (time_t(seconds), tm())
    gmtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
      + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> String {
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  // MARK: Reading

  /// - Returns: `nil` if it is no journal, or not even its header is whole.
  package static func read(_ bytes: [UInt8]) -> Contents? {
    var rest = bytes[...]
    guard let first = takeLine(&rest), first.elementsEqual(title.utf8) else { return nil }
    var header = JournalHeader(files: [], semantics: "", keepsGoing: false, process: 0, began: 0)
    while !rest.isEmpty, !rest.starts(with: entryMark.utf8) {
      guard let line = takeLine(&rest), line.starts(with: "# ".utf8) else {
        return header.semantics.isEmpty ? nil : Contents(header: header, inputs: [], isDamaged: true)
      }
      read(line.dropFirst(2), into: &header)
    }
    guard !header.semantics.isEmpty else { return nil }
    var inputs: [String] = []
    while !rest.isEmpty {
      guard let input = takeEntry(&rest) else { return Contents(header: header, inputs: inputs, isDamaged: true) }
      inputs.append(input)
    }
    return Contents(header: header, inputs: inputs, isDamaged: false)
  }

  private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let end = rest.firstIndex(of: 0x0a) else { return nil }
    defer { rest = rest[(end + 1)...] }
    return rest[..<end]
  }

  /// What a later version adds is passed over.
  private static func read(_ line: ArraySlice<UInt8>, into header: inout JournalHeader) {
    let key = line.prefix { $0 != 0x20 }
    let value = EscapedLine.unescape(line.dropFirst(key.count + 1))
    switch String(decoding: key, as: UTF8.self) {
    case "began": header.began = seconds(value)
    case "process": header.process = Int32(value) ?? 0
    case "semantics": header.semantics = value
    case "keep-going": header.keepsGoing = true
    case "file": header.files.append(value)
    // That there are none is something else than that nobody looked.
    case "stamps": header.stamps = header.stamps ?? []
    case "stamp": stamp(line.dropFirst(key.count + 1)).map { header.stamps?.append($0) }
    default: break
    }
  }

  private static func stamp(_ line: ArraySlice<UInt8>) -> FileStamp? {
    let words = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3, let size = Int(String(decoding: words[0], as: UTF8.self)),
      let modified = Int(String(decoding: words[1], as: UTF8.self))
    else { return nil }
    return FileStamp(path: EscapedLine.unescape(words[2]), size: size, modified: modified)
  }

  /// - Returns: 0 for what is no timestamp.
  private static func seconds(_ timestamp: String) -> Int {
    let numbers = timestamp.utf8.split { !(0x30...0x39).contains($0) }.compactMap {
      Int32(String(decoding: Array($0), as: UTF8.self))
    }
    guard numbers.count == 6 else { return 0 }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (numbers[3], numbers[4], numbers[5])
    return timegm(&parts)
  }

  private static func takeEntry(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard rest.starts(with: entryMark.utf8), let line = takeLine(&rest) else { return nil }
    let words = line.dropFirst(entryMark.utf8.count).split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 2, let count = Int(words[0]), count >= 0, count < rest.count else { return nil }
    let text = rest.prefix(count)
    guard rest.dropFirst(count).first == 0x0a, checksum(text) == words[1] else { return nil }
    rest = rest.dropFirst(count + 1)
    return String(decoding: text, as: UTF8.self)
  }
}
