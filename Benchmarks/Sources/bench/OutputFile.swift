import Glibc

/// A file that is written in large pieces.
struct OutputFile {
  private let path: String
  private let descriptor: Int32
  private var pending: [UInt8] = []

  /// Makes a file, or empties the one that is there.
  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw BenchError.system("write \(path)", errno) }
  }

  mutating func write(_ text: String) throws {
    pending.append(contentsOf: text.utf8)
    if pending.count >= 1 << 20 { try flush() }
  }

  mutating func close() throws {
    try flush()
    guard Glibc.close(descriptor) == 0 else { throw BenchError.system("write \(path)", errno) }
  }

  private mutating func flush() throws {
    var done = 0
    while done < pending.count {
      let count = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done) }
      guard count >= 0 || errno == EINTR else { throw BenchError.system("write \(path)", errno) }
      done += max(0, count)
    }
    pending.removeAll(keepingCapacity: true)
  }
}
