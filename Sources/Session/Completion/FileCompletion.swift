import Glibc

/// File names that begin as what was typed.
struct FileCompletion {
  let prefix: ArraySlice<UInt8>
  let range: Range<Int>
  /// The quote that the word begins with, if it does.
  let quote: UInt8?

  func run() -> Completion {
    let slash = prefix.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(decoding: prefix[prefix.startIndex...$0], as: UTF8.self) } ?? ""
    let begun = Array(slash.map { prefix[($0 + 1)...] } ?? prefix)
    guard let stream = opendir(folder.isEmpty ? "." : FileName.expandingTilde(folder)) else { return Completion(range: range) }
    defer { closedir(stream) }
    var candidates: [Completion.Candidate] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      // Hidden files are offered to those who begin with a point.
      guard name != ".", name != "..", name.utf8.starts(with: begun), name.utf8.first != 0x2e || begun.first == 0x2e else {
        continue
      }
      if let candidate = candidate(folder + name) { candidates.append(candidate) }
    }
    return Completion(range: range, sorting: candidates)
  }

  /// - Returns: `nil` for a name that cannot be typed.
  private func candidate(_ path: String) -> Completion.Candidate? {
    guard isDirectory(path) else { return Candidates.quoted(path, with: quote).map { Completion.Candidate($0) } }
    // What stands in it comes before the closing quote.
    guard let text = Candidates.quoted(path + "/", with: quote) else { return nil }
    let isQuoted = text != path + "/"
    return Completion.Candidate(isQuoted ? String(text.dropLast()) : text, note: "directory", endsWord: false)
  }

  private func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(FileName.expandingTilde(path), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
