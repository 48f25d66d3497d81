import Glibc
package import Session

/// Where progress is kept: `progress.json` in the state folder. What is there is the old text or the new one, never a part; what
/// cannot be read is put aside and not written over.
package struct ProgressFile: Sendable {
  private let folder: StateFolder
  package var path: String { folder.path + "/progress.json" }

  package init(in folder: StateFolder) {
    self.folder = folder
  }

  /// Reads what is kept.
  ///
  /// - Returns: nothing done where there is no file; `notice` says what is wrong with one that cannot be read.
  package func load() -> (progress: Progress, notice: String?) {
    do throws(SystemFailure) {
      guard let bytes = try bytes() else { return (Progress(), nil) }
      do throws(ProgressJSON.Failure) {
        return (try ProgressJSON.read(bytes), nil)
      } catch {
        return (Progress(), notice(error))
      }
    } catch {
      return (Progress(), "note: progress cannot be read: \(error)")
    }
  }

  private func notice(_ failure: ProgressJSON.Failure) -> String {
    let why =
      switch failure {
      case .damaged(let reason): "is damaged (\(reason))"
      case .newer(let version): "was written by another gatewalk (version \(version))"
      }
    return "note: \(path) \(why); it is kept aside once there is new progress to write"
  }

  /// - Returns: `nil` if there is no file.
  private func bytes() throws(SystemFailure) -> [UInt8]? {
    guard access(path, F_OK) == 0 else { return nil }
    return try PrivateFile(path, O_RDONLY).read()
  }

  /// Adds progress to what is kept. Another terminal may have written in between: what it did stays.
  ///
  /// - Returns: what to say about a file that was put aside.
  /// - Throws: why it cannot be kept.
  package func add(_ progress: Progress) throws(SystemFailure) -> String? {
    try whileLocked { () throws(SystemFailure) in
      var notice: String?
      var kept = Progress()
      if let bytes = try bytes() {
        do throws(ProgressJSON.Failure) {
          kept = try ProgressJSON.read(bytes)
        } catch {
          notice = "note: \(path) could not be read and is kept as \(try putAside())"
        }
      }
      try write(ProgressJSON.bytes(progress.union(kept)))
      return notice
    }
  }

  /// Forgets everything.
  package func reset() throws(SystemFailure) {
    guard access(path, F_OK) == 0 else { return }
    try whileLocked { () throws(SystemFailure) in
      guard unlink(path) == 0 || errno == ENOENT else { throw SystemFailure(path: path) }
      return nil
    }
  }

  /// Forgets one lesson, by its name. A file that cannot be read says nothing of it and stays.
  package func forget(_ lesson: String) throws(SystemFailure) {
    guard access(path, F_OK) == 0 else { return }
    try whileLocked { () throws(SystemFailure) in
      guard let bytes = try bytes(), var kept = try? ProgressJSON.read(bytes) else { return nil }
      kept.lessons[lesson] = nil
      try write(ProgressJSON.bytes(kept))
      return nil
    }
  }

  /// Gives the file another name, one that nothing has.
  private func putAside() throws(SystemFailure) -> String {
    var number = 1
    while access("\(path).\(number)", F_OK) == 0 { number += 1 }
    let aside = "\(path).\(number)"
    guard rename(path, aside) == 0 else { throw SystemFailure(path: path) }
    return aside
  }

  private func write(_ bytes: [UInt8]) throws(SystemFailure) {
    let new = try PrivateFile("\(path).new", O_WRONLY | O_CREAT | O_TRUNC)
    do throws(SystemFailure) {
      try new.write(bytes)
      try new.flush()
      try new.move(to: path)
    } catch {
      unlink(new.path)
      throw error
    }
  }

  /// The lock is a file of its own, as the progress is another file after each writing.
  @discardableResult
  private func whileLocked(_ body: () throws(SystemFailure) -> String?) throws(SystemFailure) -> String? {
    try StateFolder.make(folder.path)
    let lock = try PrivateFile("\(path).lock", O_RDWR | O_CREAT)
    _ = lock.lock(waits: true)
    defer { lock.unlock() }
    return try body()
  }
}
