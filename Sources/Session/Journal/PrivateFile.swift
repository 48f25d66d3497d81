import Glibc

/// An open file that only its owner may read. Closed when it is let go of, and its lock with it.
package final class PrivateFile: Sendable {
  package let path: String
  private let descriptor: Int32

  /// - Parameter flags: of `open`; what is made is for its owner alone.
  package init(_ path: String, _ flags: Int32) throws(SystemFailure) {
    let descriptor = open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFailure(path: path) }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  package enum Locking {
    case locked
    /// Another process has it.
    case taken
    /// The file system has no locks.
    case impossible
  }

  /// Takes the one lock that there is on the file, until it is closed.
  package func lock(waits: Bool) -> Locking {
    while flock(descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: return .taken
      default: return .impossible
      }
    }
    return .locked
  }

  package func unlock() { flock(descriptor, LOCK_UN) }

  /// Writes everything, in one call if the system takes it in one.
  package func write(_ bytes: [UInt8]) throws(SystemFailure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SystemFailure(path: path) }
      done += count
    }
  }

  /// From the beginning to the end.
  package func read() throws(SystemFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SystemFailure(path: path) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Does its last line end? An empty file has none.
  package var endsInNewline: Bool {
    var byte: UInt8 = 0x0a
    let size = size
    return size == 0 || pread(descriptor, &byte, 1, size - 1) != 1 || byte == 0x0a
  }

  /// Bytes in it; 0 where that cannot be told.
  package var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Takes back what was written beyond a size.
  package func truncate(to size: Int) { ftruncate(descriptor, size) }

  /// Until it is on the disk.
  package func flush() throws(SystemFailure) {
    guard fsync(descriptor) == 0 else { throw SystemFailure(path: path) }
  }

  /// Gives it another name, in the place of what has that name. The lock goes with it.
  package func move(to target: String) throws(SystemFailure) {
    guard rename(path, target) == 0 else { throw SystemFailure(path: target) }
  }
}
