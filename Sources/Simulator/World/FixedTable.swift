/// Plain values in a row that never change, read without checking the index: what the walk of a packet reads hundreds of
/// times. The checks and the counting of references that an array has took a third of the walk.
///
/// Every index comes from numbers that the same compilation made; debug builds check all the same.
final class FixedTable<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let count: Int
  private let base: UnsafeMutablePointer<Element>

  init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: count)
    elements.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      base.initialize(from: start, count: source.count)
    }
  }

  deinit { base.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    assert(index >= 0 && index < count, "an index beyond the table")
    return base[index]
  }
}
