import Glibc
import Manifests
import Session
import Simulator
import Site

/// The directory that a site is written into. It keeps a list of the pages that it has, so that a later report can take away what is no
/// page any more, and nothing else is ever touched.
struct SiteFolder {
  /// Without a slash at its end.
  let path: String

  /// What went wrong, and with which file.
  struct Failure: Error {
    var path: String
    var reason: FileFailure
  }

  private static let listName = ".gatewalk-report"
  private static let listHead = "gatewalk report 1"

  init(_ path: String) {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    self.path = path
  }

  /// The page to begin with.
  var index: String { place(SitePages.index) }

  private func place(_ name: String) -> String { path == "/" ? "/\(name)" : "\(path)/\(name)" }

  // MARK: Writing

  /// Writes the pages, each whole, the first page last, and removes those of the report that was here before.
  ///
  /// - Parameter isForced: may files be overwritten that are no pages of an earlier report?
  /// - Throws: `Failure`. If it is about what is there already, nothing has been written.
  func write(_ pages: SitePages, isForced: Bool) throws(Failure) {
    try make(path)
    let old = try oldPages(isForced: isForced)
    for file in pages.files { try check(file.path, isOwn: old.contains(file.path), isForced: isForced) }
    for folder in SitePages.folders { try makeOwn(folder) }
    let new = Set(pages.files.map(\.path))
    // What is written here is on the list before it is there, whatever happens in between.
    try write(list(of: old.union(new)), to: Self.listName)
    for file in pages.files { try write(file.bytes, to: file.path) }
    for name in old.subtracting(new) where unlink(place(name)) != 0 && errno != ENOENT {
      throw failure(name, "cannot be removed")
    }
    try write(list(of: new), to: Self.listName)
  }

  private func write(_ bytes: [UInt8], to name: String) throws(Failure) {
    do throws(FileFailure) {
      _ = try FileWriter.write(bytes, to: place(name), mayOverwrite: true)
    } catch {
      throw Failure(path: place(name), reason: error)
    }
  }

  private func failure(_ name: String?, _ what: String) -> Failure {
    let reason = String(cString: strerror(errno)).lowercased()
    return Failure(
      path: name.map(place) ?? path, reason: FileFailure(message: "\(what): \(reason)", help: nil))
  }

  // MARK: What is there

  /// Makes the directory and those above it, as far as they are not there.
  private func make(_ folder: String) throws(Failure) {
    var status = stat()
    if stat(folder, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw Failure(path: folder, reason: FileFailure(message: "is no directory", help: "name another"))
      }
      return
    }
    if let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")), slash != folder.startIndex {
      try make(String(folder[..<slash]))
    }
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      let reason = String(cString: strerror(errno)).lowercased()
      throw Failure(path: folder, reason: FileFailure(message: "cannot be made: \(reason)", help: nil))
    }
  }

  /// A folder of pages; one that a link leads to lies somewhere else, where nothing is to be written or removed.
  private func makeOwn(_ folder: String) throws(Failure) {
    var status = stat()
    if lstat(place(folder), &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw Failure(
          path: place(folder), reason: FileFailure(message: "is no directory", help: "name another directory for the report"))
      }
    } else if mkdir(place(folder), 0o777) != 0 {
      throw failure(folder, "cannot be made")
    }
  }

  /// The pages of the report that is here; none in an empty directory.
  private func oldPages(isForced: Bool) throws(Failure) -> Set<String> {
    if let text = try ownList() { return Self.pages(in: text) }
    guard isForced || isEmpty() else {
      throw Failure(
        path: path,
        reason: FileFailure(
          message: "is not empty, and no report of gatewalk's", help: "name another directory, or add --force to write into it")
      )
    }
    return []
  }

  /// The list; `nil` if there is none.
  private func ownList() throws(Failure) -> String? {
    var status = stat()
    guard stat(place(Self.listName), &status) == 0 else { return nil }
    do throws(Diagnostic) {
      return String(decoding: try loadText(path: place(Self.listName)).bytes, as: UTF8.self)
    } catch {
      throw Failure(path: place(Self.listName), reason: FileFailure(message: error.message, help: error.help))
    }
  }

  private func isEmpty() -> Bool {
    guard let stream = opendir(path) else { return false }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { return false }
    }
    return true
  }

  /// A page may take the place of one of an earlier report, and of nothing that is no file.
  private func check(_ name: String, isOwn: Bool, isForced: Bool) throws(Failure) {
    var status = stat()
    guard lstat(place(name), &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(path: place(name), reason: FileFailure(message: "is no file", help: "move it away"))
    }
    guard isOwn || isForced else {
      throw Failure(
        path: place(name),
        reason: FileFailure(message: "is there, and no page of the earlier report", help: "move it away, or add --force"))
    }
  }

  // MARK: The list

  private func list(of pages: Set<String>) -> [UInt8] {
    Array(([Self.listHead] + pages.sorted()).map { "\($0)\n" }.joined().utf8)
  }

  /// The names of a list as far as they can be names of pages: nobody is led elsewhere by a list that somebody else wrote.
  private static func pages(in text: String) -> Set<String> {
    let lines = text.split(separator: "\n").map(String.init)
    guard lines.first == listHead else { return [] }
    return Set(lines.dropFirst().filter(isPage))
  }

  private static func isPage(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard let file = parts.last, file.hasSuffix(".html"), file.utf8.first != UInt8(ascii: ".") else { return false }
    let isPlain = file.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) || [UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
    }
    return isPlain && (parts.count == 1 || parts.count == 2 && SitePages.folders.contains(String(parts[0])))
  }
}
