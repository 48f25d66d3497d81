import Glibc
import Synchronization

/// What comes from the keyboard, signals included. Bytes that were read ahead are kept here, so that whoever asks next, the line
/// editor or a question, gets them.
final class TerminalInput: Sendable {
  enum Event {
    case byte(UInt8)
    case signals(TerminalSignals.Set)
    /// The terminal is gone.
    case end
  }

  private struct Buffer {
    var bytes: [UInt8] = []
    var next = 0

    var rest: ArraySlice<UInt8> { bytes[next...] }

    mutating func take() -> UInt8? {
      guard next < bytes.count else { return nil }
      next += 1
      return bytes[next - 1]
    }
  }

  private let buffer = Mutex(Buffer())

  /// Waits for the next one.
  func next() -> Event {
    while true {
      let signals = TerminalSignals.take()
      if !signals.isEmpty { return .signals(signals) }
      if let byte = buffer.withLock({ $0.take() }) { return .byte(byte) }
      _ = wait(milliseconds: -1)
      if TerminalSignals.hasArrived(.all) { continue }
      guard fill() else { return .end }
    }
  }

  /// The next byte of a character that has begun; any other stays for `next`. Signals wait until the character is whole.
  func nextContinuation() -> UInt8? {
    if buffer.withLock({ $0.rest.isEmpty }) {
      guard wait(milliseconds: 1000), fill() else { return nil }
    }
    return buffer.withLock { $0.rest.first.map { $0 & 0xc0 == 0x80 } == true ? $0.take() : nil }
  }

  /// Is the rest of this line here and more after it? A person does not type that fast: it was pasted.
  var holdsLines: Bool {
    buffer.withLock { buffer in
      guard let end = buffer.rest.firstIndex(where: { $0 == 0x0a || $0 == 0x0d }) else { return false }
      return end + 1 < buffer.rest.endIndex
    }
  }

  /// Is anything more there, or comes within a moment?
  func isMoreComing(within milliseconds: Int32) -> Bool {
    buffer.withLock { !$0.rest.isEmpty } || wait(milliseconds: milliseconds)
  }

  /// Forgets what was read ahead: somebody wants it to stop. What was not yet read the terminal itself has dropped, and what was
  /// typed after Ctrl-C is wanted.
  func drop() {
    buffer.withLock { $0 = Buffer() }
  }

  /// - Returns: whether there is something to read.
  private func wait(milliseconds: Int32) -> Bool {
    var places = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: TerminalSignals.wokenEnd, events: Int16(POLLIN), revents: 0),
    ]
    return poll(&places, 2, milliseconds) > 0 && places[0].revents != 0
  }

  /// - Returns: `false` at the end.
  private func fill() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN }
    guard count > 0 else { return false }
    buffer.withLock { $0 = Buffer(bytes: Array(bytes[..<count])) }
    return true
  }
}
