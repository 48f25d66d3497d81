/// Where the lines of a text begin.
struct LineIndex: Sendable {
  private var starts: [Int32] = [0]

  /// - Complexity: O(*n*) in the bytes of the text.
  init(_ bytes: [UInt8]) {
    var offset = 0
    while let newline = ByteSearch.newline(in: bytes, from: offset) {
      offset = newline + 1
      starts.append(Int32(offset))
    }
  }

  /// Line and column of a byte, both from 1; the column counts bytes.
  ///
  /// - Complexity: O(log *n*) in the lines.
  func position(_ offset: Int) -> (line: Int, column: Int) {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return (low + 1, offset - Int(starts[low]) + 1)
  }

  /// Where a line, counted from 1, begins; `nil` if there is none.
  func start(ofLine line: Int) -> Int? {
    starts.indices.contains(line - 1) ? Int(starts[line - 1]) : nil
  }

  /// The offset at which the line of `offset` ends, its line feed excluded.
  func lineEnd(_ offset: Int, of bytes: [UInt8]) -> Int {
    let line = position(offset).line
    guard line < starts.count else { return bytes.count }
    let end = Int(starts[line]) - 1
    return end > offset && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
  }
}
