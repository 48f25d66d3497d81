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

  /// Why there is no next line.
  enum Failure: Error {
    /// Standard input cannot be read, for this reason of the system's.
    case unreadable(Int32)
    /// The line is longer than `longestLine`.
    case tooLong
  }

  /// What stands between two newlines.
  enum Line {
    /// Its bytes, as a range of a buffer that is good for the call alone.
    case bytes([UInt8], Range<Int>)
    case tooLong
  }

  private let descriptor: Int32

  init(_ descriptor: Int32 = STDIN_FILENO) {
    self.descriptor = descriptor
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

  /// The next line as text, blank or not, without its newline; `nil` at the end. It waits for no more than the line.
  mutating func nextLine() throws(Failure) -> String? {
    while true {
      if let newline = findNewline() {
        defer { start = newline + 1 }
        return text(start..<newline)
      }
      if isAtEnd {
        guard start < end else { return nil }
        defer { start = end }
        return text(start..<end)
      }
      guard end - start < Self.longestLine else { throw .tooLong }
      try fill()
    }
  }

  private func text(_ line: Range<Int>) -> String {
    let bytes = buffer[line]
    return String(decoding: bytes.last == 0x0d ? bytes.dropLast() : bytes, as: UTF8.self)
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
        read(descriptor, bytes.baseAddress.map { $0 + end }, Self.pieceSize)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(errno)
      }
      isAtEnd = count == 0
      end += count
      return
    }
  }
}

extension LineReader.Failure: CustomStringConvertible {
  var description: String {
    switch self {
    case .unreadable(let code): "it cannot be read: \(String(cString: strerror(code)).lowercased())"
    case .tooLong: LineAnswers.tooLong
    }
  }
}
