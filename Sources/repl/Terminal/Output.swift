import Glibc

/// A file descriptor written in large pieces.
struct Output {
  private let descriptor: Int32

  static let standard = Output(descriptor: STDOUT_FILENO)
  static let error = Output(descriptor: STDERR_FILENO)

  var isError: Bool { descriptor == STDERR_FILENO }
  var isTerminal: Bool { isatty(descriptor) == 1 }
  /// Columns of the terminal that it goes to; `nil` for none.
  var width: Int? { isTerminal ? TerminalSize.of(descriptor).width : nil }

  func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Writes everything. Where that fails, on a full disk say, the process ends with status 2: half a result is none.
  func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { write($0) }
  }

  /// The same with bytes in place.
  func write(_ bytes: UnsafeRawBufferPointer) {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count < 0 {
        if errno == EINTR { continue }
        // Nobody reads on, as with `head`: that is no error.
        if errno == EPIPE { exit(0) }
        if descriptor != STDERR_FILENO { Output.error.write("gatewalk: cannot write: \(String(cString: strerror(errno)))\n") }
        exit(ExitStatus.failed.rawValue)
      }
      done += count
    }
  }
}
