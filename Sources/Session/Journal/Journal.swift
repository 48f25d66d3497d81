import Glibc

/// Keeps what a session changes, as it is changed, so that a crash loses nothing. A session that changes nothing leaves no file.
///
/// The file is locked for as long as the journal lives: that tells a session at work from a dead one.
package struct Journal: Sendable {
  private let folder: StateFolder
  private let header: JournalHeader
  private var file: PrivateFile?
  /// What the file is called; `nil` before there is one.
  package private(set) var path: String?
  /// What could not be written yet.
  private var unwritten: [String] = []

  package init(in folder: StateFolder, _ header: JournalHeader) {
    self.folder = folder
    self.header = header
  }

  /// Is everything in the file that was recorded?
  package var isComplete: Bool { unwritten.isEmpty }

  /// Adds inputs, in one write; all or none of them are in the file then.
  ///
  /// - Throws: why they cannot be written. They are not forgotten: the next call tries them again.
  package mutating func record(_ inputs: [String]) throws(SystemFailure) {
    unwritten += inputs
    guard !unwritten.isEmpty else { return }
    if let file {
      let size = file.size
      do throws(SystemFailure) {
        try file.write(JournalText.bytes(unwritten))
      } catch {
        file.truncate(to: size)
        throw error
      }
    } else {
      (file, path) = try begin(unwritten)
    }
    unwritten = []
  }

  /// Takes over what a dead session left; its file is removed once everything is in this one.
  package mutating func takeOver(_ dead: DeadJournal) throws(SystemFailure) {
    try record(dead.inputs)
    try file?.flush()
    dead.remove()
  }

  /// Forgets everything.
  package mutating func remove() {
    if let path { unlink(path) }
    (file, path, unwritten) = (nil, nil, [])
  }

  /// Makes the file under a name that nobody looks for, so that it is locked and whole once it can be found.
  private func begin(_ inputs: [String]) throws(SystemFailure) -> (file: PrivateFile, path: String) {
    try StateFolder.make(folder.journal)
    let (name, file) = try create()
    do throws(SystemFailure) {
      _ = file.lock(waits: false)
      try file.write(JournalText.bytes(header) + JournalText.bytes(inputs))
      let path = "\(folder.journal)/\(name)\(DeadJournal.ending)"
      try file.move(to: path)
      return (file, path)
    } catch {
      unlink(file.path)
      throw error
    }
  }

  private func create() throws(SystemFailure) -> (name: String, file: PrivateFile) {
    var number = 0
    while true {
      let name = "\(header.began)-\(header.process)\(number == 0 ? "" : "-\(number)")"
      let path = "\(folder.journal)/\(name)"
      if access("\(path)\(DeadJournal.ending)", F_OK) != 0 {
        do throws(SystemFailure) {
          return (name, try PrivateFile("\(path).new", O_RDWR | O_APPEND | O_CREAT | O_EXCL))
        } catch {
          guard access("\(path).new", F_OK) == 0 else { throw error }
        }
      }
      number += 1
    }
  }
}
