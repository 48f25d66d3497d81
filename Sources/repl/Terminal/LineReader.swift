import Glibc

/// Reads standard input in large pieces and hands it on line by line, in place.
struct LineReader {
  private static let pieceSize = 1 << 18
  /// A longer line is not read, so that memory stays bounded: 16 MiB.
  static let longestLine = 1 << 24

  private var buffer: [UInt8]
  private var start = 0
  private var end = 0
  private var isAtEnd = false

  /// Standard input cannot be read, for this reason of the system's.
  struct Failure: Error {
    var code: Int32
  }

  /// What stands between two newlines.
  enum Line {
    /// Its bytes, as a range of a buffer that is good for the call alone.
    case bytes([UInt8], Range<Int>)
    case tooLong
  }

  init() {
    buffer = Array(repeating: 0, count: 2 * Self.pieceSize)
  }

  /// Hands on every line that is not blank, without its newline.
  ///
  /// - Parameter beforeReading: called before each wait for more input.
  mutating func forEachLine(beforeReading: () -> Void, _ body: (Line) -> Void) throws(Failure) {
    var isSkipping = false
    while true {
      while let newline = findNewline() {
        if !isSkipping, !isBlank(start..<newline) { body(.bytes(buffer, start..<newline)) }
        isSkipping = false
        start = newline + 1
      }
      if isAtEnd {
        if !isSkipping, !isBlank(start..<end) { body(.bytes(buffer, start..<end)) }
        return
      }
      if end - start >= Self.longestLine {
        if !isSkipping { body(.tooLong) }
        isSkipping = true
        start = end
      }
      beforeReading()
      try fill()
    }
  }

  private func isBlank(_ line: Range<Int>) -> Bool {
    line.allSatisfy { buffer[$0] == 0x20 || buffer[$0] == 0x09 || buffer[$0] == 0x0d }
  }

  /// Bytes of the line in progress that hold no newline; they are not searched again.
  private var searched = 0

  private mutating func findNewline() -> Int? {
    let from = max(start, searched)
    let place: Int? = buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = memchr(base + from, 0x0a, end - from) else { return nil }
      return UnsafeRawPointer(found) - base
    }
    searched = place ?? end
    return place
  }

  private mutating func fill() throws(Failure) {
    if start > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        memmove(base, base + start, end - start)
      }
      end -= start
      searched -= start
      start = 0
    }
    if end + Self.pieceSize > buffer.count {
      buffer += Array(repeating: 0, count: buffer.count)
    }
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        read(STDIN_FILENO, bytes.baseAddress.map { $0 + end }, Self.pieceSize)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(code: errno)
      }
      isAtEnd = count == 0
      end += count
      return
    }
  }
}

extension LineReader.Failure: CustomStringConvertible {
  var description: String { "cannot read standard input: \(String(cString: strerror(code)))" }
}
