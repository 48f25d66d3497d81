import Glibc
import Session

/// The history between sessions: an entry a line, newlines escaped. Several sessions may use it at once: each adds at the end what
/// is typed, at once, so that a crash loses nothing; and when one leaves, it puts the file in order.
struct HistoryFile: Sendable {
  private let folder: StateFolder

  init(in folder: StateFolder) {
    self.folder = folder
  }

  private var path: String { folder.path + "/history" }

  /// - Throws: why it cannot be read; one that is not there is empty.
  func load() throws(SystemFailure) -> History {
    do throws(SystemFailure) {
      return Self.parse(try PrivateFile(path, O_RDONLY).read())
    } catch {
      if access(path, F_OK) != 0, errno == ENOENT { return History() }
      throw error
    }
  }

  /// Adds an entry at the end.
  func append(_ entry: String) throws(SystemFailure) {
    try whileLocked { () throws(SystemFailure) in
      let file = try PrivateFile(path, O_RDWR | O_APPEND | O_CREAT)
      let size = file.size
      var line = EscapedLine.escape(entry) + [0x0a]
      // After a crash in the midst of a line the next entry is still one of its own.
      if !file.endsInNewline { line.insert(0x0a, at: 0) }
      do throws(SystemFailure) {
        try file.write(line)
      } catch {
        file.truncate(to: size)
        throw error
      }
    }
  }

  /// Takes out duplicates and what is too much, whichever session wrote it.
  func tidy() throws(SystemFailure) {
    try whileLocked { () throws(SystemFailure) in
      guard access(path, F_OK) == 0 else { return }
      let bytes = try PrivateFile(path, O_RDONLY).read()
      let tidied = Self.text(Self.parse(bytes))
      guard tidied != bytes else { return }
      let new = try PrivateFile("\(path).new", O_WRONLY | O_CREAT | O_TRUNC)
      do throws(SystemFailure) {
        try new.write(tidied)
        try new.move(to: path)
      } catch {
        unlink(new.path)
        throw error
      }
    }
  }

  /// The lock is a file of its own, as the history is another file after it was tidied.
  private func whileLocked(_ body: () throws(SystemFailure) -> Void) throws(SystemFailure) {
    try StateFolder.make(folder.path)
    let lock = try PrivateFile("\(path).lock", O_RDWR | O_CREAT)
    _ = lock.lock(waits: true)
    try body()
    lock.unlock()
  }

  private static func parse(_ bytes: [UInt8]) -> History {
    History(bytes.split(separator: 0x0a).map(EscapedLine.unescape))
  }

  private static func text(_ history: History) -> [UInt8] {
    history.entries.flatMap { EscapedLine.escape($0) + [0x0a] }
  }
}
