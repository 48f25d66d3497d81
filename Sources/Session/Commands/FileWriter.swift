import Glibc

/// Why a file could not be read or written.
struct FileFailure: Error, Hashable, Sendable {
  var message: String
  var help: String?

  static func system(_ what: String) -> FileFailure {
    FileFailure(message: "\(what): \(String(cString: strerror(errno)).lowercased())", help: nil)
  }
}

/// Writes whole files: what is there afterwards is the old text or the new one, never a part.
enum FileWriter {
  /// - Throws: `FileFailure`; then the file is as it was.
  static func write(_ bytes: [UInt8], to path: String, mayOverwrite: Bool) throws(FileFailure) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw FileFailure(message: "is a directory", help: "name a file in it") }
      // A pipe or a device has no old text to keep.
      return try fill(path, O_WRONLY | O_CLOEXEC, bytes)
    }
    guard !exists || mayOverwrite else {
      throw FileFailure(message: "is there already", help: "save --force FILE overwrites it")
    }
    let temporary = "\(path).\(getpid()).new"
    do throws(FileFailure) {
      try fill(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, bytes)
      if exists { chmod(temporary, status.st_mode & 0o777) }
      guard rename(temporary, path) == 0 else { throw .system("cannot be written") }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func fill(_ path: String, _ flags: Int32, _ bytes: [UInt8]) throws(FileFailure) {
    let descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else { throw .system("cannot be written") }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done) }
      guard count >= 0 || errno == EINTR else { throw .system("cannot be written") }
      done += max(0, count)
    }
  }
}
