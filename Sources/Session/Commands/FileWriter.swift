import Glibc

/// Why a file could not be read or written.
package struct FileFailure: Error, Hashable, Sendable {
  package var message: String
  package var help: String?

  package init(message: String, help: String?) {
    self.message = message
    self.help = help
  }

  static func system(_ what: String) -> FileFailure {
    FileFailure(message: "\(what): \(String(cString: strerror(errno)).lowercased())", help: nil)
  }
}

/// Writes whole files: what is there afterwards is the old text or the new one, never a part.
package enum FileWriter {
  /// - Returns: does a file hold it now? What went to a pipe, a device or this program's own output is nowhere to be found again.
  /// - Throws: `FileFailure`; then the file is as it was.
  package static func write(_ bytes: [UInt8], to path: String, mayOverwrite: Bool) throws(FileFailure) -> Bool {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, let output = output(status) {
      try fill(output, bytes)
      return false
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw FileFailure(message: "is a directory", help: "name a file in it") }
      // A pipe or a device has no old text to keep.
      try open(path, O_WRONLY | O_CLOEXEC) { descriptor throws(FileFailure) in try fill(descriptor, bytes) }
      return false
    }
    guard !exists || mayOverwrite else {
      throw FileFailure(message: "is there already", help: "save --force FILE overwrites it")
    }
    try replace(try resolved(path), bytes, mode: exists ? status.st_mode & 0o777 : nil)
    return true
  }

  /// Standard output or error, if that is what the file is: renaming another file into its place would cut it off.
  private static func output(_ file: stat) -> Int32? {
    [STDOUT_FILENO, STDERR_FILENO].first { descriptor in
      var status = stat()
      return fstat(descriptor, &status) == 0 && status.st_dev == file.st_dev && status.st_ino == file.st_ino
    }
  }

  /// The file that a symbolic link leads to, so that the link stays one; a file that is not there yet is itself.
  private static func resolved(_ path: String) throws(FileFailure) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    var status = stat()
    guard lstat(path, &status) != 0 else {
      throw FileFailure(message: "is a symbolic link that leads nowhere", help: "name the file itself")
    }
    return path
  }

  // MARK: Files

  /// - Parameter mode: of the file that was there.
  private static func replace(_ path: String, _ bytes: [UInt8], mode: mode_t?) throws(FileFailure) {
    let temporary = temporaryName(beside: path)
    // Nothing that somebody else put there is written to.
    try open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC) { descriptor throws(FileFailure) in
      do throws(FileFailure) {
        try fill(descriptor, bytes)
        if let mode { fchmod(descriptor, mode) }
        guard rename(temporary, path) == 0 else { throw .system("cannot be written") }
      } catch {
        unlink(temporary)
        throw error
      }
    }
  }

  /// In the same directory, as a file cannot be renamed into another file system; short, whatever the file is called.
  private static func temporaryName(beside path: String) -> String {
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? ""
    return "\(folder).gatewalk-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).new"
  }

  private static func open(
    _ path: String, _ flags: Int32, _ body: (Int32) throws(FileFailure) -> Void
  ) throws(FileFailure) {
    let descriptor = Glibc.open(path, flags, 0o644)
    guard descriptor >= 0 else { throw .system("cannot be written") }
    defer { close(descriptor) }
    try body(descriptor)
  }

  private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) throws(FileFailure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done) }
      guard count >= 0 || errno == EINTR else { throw .system("cannot be written") }
      done += max(0, count)
    }
  }
}
