/// An array in chunks, so that a copy that is changed at one place duplicates one chunk and the list of chunks, not all of it.
struct ChunkedArray<Element: Sendable>: Sendable {
  /// Elements per chunk, as a power of two. Small chunks make the first change after a copy cheap, large ones the list short.
  private static var shift: Int { 6 }

  /// All chunks but the last are full.
  private var chunks: [[Element]] = []
  private(set) var count = 0

  init() {}

  var indices: Range<Int> { 0..<count }

  subscript(index: Int) -> Element {
    // Lent, not copied: whoever reads one property of an element counts no references of the others.
    @inline(__always) _read { yield chunks[index >> Self.shift][index & (1 << Self.shift - 1)] }
    _modify { yield &chunks[index >> Self.shift][index & (1 << Self.shift - 1)] }
  }

  mutating func append(_ element: Element) {
    if count & (1 << Self.shift - 1) == 0 {
      var chunk: [Element] = []
      chunk.reserveCapacity(1 << Self.shift)
      chunks.append(chunk)
    }
    chunks[count >> Self.shift].append(element)
    count += 1
  }
}
