import Glibc

/// A file of commands.
package enum ScriptFile {
  /// Longer scripts are hardly written by anybody.
  private static let sizeLimit = 64 << 20

  static func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("cannot be read") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system("cannot be read") }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= sizeLimit else { throw FileFailure(message: "is larger than 64 MiB", help: "split it") }
    }
  }

  /// The inputs of a script, each with the number of its first line.
  package static func inputs(_ bytes: [UInt8]) -> [InputCollector.Input] {
    var collector = InputCollector()
    var inputs: [InputCollector.Input] = []
    for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
      let text = line.last == 0x0d ? line.dropLast() : line
      inputs += collector.add(String(decoding: text, as: UTF8.self), moreIsComing: true)
    }
    return inputs + collector.finish()
  }
}
