import Glibc

/// The journal of a session that ended with changes that were not saved, or that was killed. While this lives nobody else takes it.
package struct DeadJournal: Sendable {
  static let ending = ".journal"

  package let contents: JournalText.Contents
  private let file: PrivateFile

  package var header: JournalHeader { contents.header }
  package var inputs: [String] { contents.inputs }
  package var path: String { file.path }

  /// Inputs that changed something, saved or not.
  package var commands: Int { inputs.count { !Self.isComment($0) } }

  /// Was nothing changed after it was last saved?
  private var isSaved: Bool { inputs.allSatisfy(Self.isComment) || inputs.last.map(Self.isComment) == true }

  private static func isComment(_ input: String) -> Bool { input.utf8.first == UInt8(ascii: "#") }

  package func remove() { unlink(file.path) }

  // MARK: Finding

  package struct Findings: Sendable {
    /// Newest first.
    package var journals: [DeadJournal] = []
    /// Files that are no journals or so damaged that nothing can be brought back.
    package var unreadable: [String] = []
  }

  /// What dead sessions left.
  ///
  /// - Parameter files: only of sessions on these, as absolute paths.
  package static func find(in folder: StateFolder, about files: [String]? = nil) -> Findings {
    var findings = Findings()
    for name in names(in: folder.journal) {
      let path = "\(folder.journal)/\(name)"
      guard let file = claim(path) else { continue }
      guard let bytes = try? file.read(), let contents = JournalText.read(bytes),
        !(contents.isDamaged && contents.inputs.isEmpty)
      else {
        findings.unreadable.append(path)
        continue
      }
      let journal = DeadJournal(contents: contents, file: file)
      guard files.map(contents.header.isAbout) ?? true, !isAlive(journal) else { continue }
      if journal.isSaved, !contents.isDamaged { journal.remove() } else { findings.journals.append(journal) }
    }
    findings.journals.sort { ($0.header.began, $0.header.process) > ($1.header.began, $1.header.process) }
    return findings
  }

  /// - Returns: `nil` if a living session holds it, or it is gone.
  private static func claim(_ path: String) -> PrivateFile? {
    guard let file = try? PrivateFile(path, O_RDWR), file.lock(waits: false) != .taken else { return nil }
    // It may have been removed between opening and locking.
    return access(path, F_OK) == 0 ? file : nil
  }

  /// Where the file system has no locks, the process tells.
  private static func isAlive(_ journal: DeadJournal) -> Bool {
    guard journal.file.lock(waits: false) == .impossible else { return false }
    return kill(journal.header.process, 0) == 0 || errno == EPERM
  }

  private static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(ending) { names.append(name) }
    }
    return names.sorted()
  }
}
