import Selector

/// Which lines of a text are not in another and the other way round, by index.
///
/// The standard library finds the shortest difference, in time and memory that grow with its square. So texts that are long
/// where they differ are first cut at lines that both have once, in the same order.
struct LineDifference {
  /// Pieces up to this many lines, of both texts together, are compared exactly.
  private static let exactLimit = 2_000

  private(set) var removed = Bitset()
  private(set) var added = Bitset()

  /// Equal lines have equal numbers.
  private let old: [Int]
  private let new: [Int]

  private struct Piece {
    var old: Range<Int>
    var new: Range<Int>

    var count: Int { old.count + new.count }
  }

  init(from old: [ByteString], to new: [ByteString]) {
    var numbers: [ByteString: Int] = [:]
    func number(_ line: ByteString) -> Int {
      if let known = numbers[line] { return known }
      numbers[line] = numbers.count
      return numbers.count - 1
    }
    self.old = old.map(number)
    self.new = new.map(number)
    let whole = trimmed(Piece(old: old.indices, new: new.indices))
    let pieces = whole.count <= Self.exactLimit ? [whole] : cut(whole).map(trimmed)
    for piece in pieces { compare(piece) }
  }

  /// The piece without what both begin with and what both end with.
  private func trimmed(_ piece: Piece) -> Piece {
    var (before, after) = (piece.old, piece.new)
    while let left = before.first, let right = after.first, old[left] == new[right] {
      (before, after) = (before.dropFirst(), after.dropFirst())
    }
    while let left = before.last, let right = after.last, old[left] == new[right] {
      (before, after) = (before.dropLast(), after.dropLast())
    }
    return Piece(old: before, new: after)
  }

  private mutating func compare(_ piece: Piece) {
    // Of what is still too long nothing is kept: a longer answer, but one that comes.
    guard !piece.old.isEmpty, !piece.new.isEmpty, piece.count <= Self.exactLimit else {
      for line in piece.old { removed.insert(line) }
      for line in piece.new { added.insert(line) }
      return
    }
    for change in Array(new[piece.new]).difference(from: Array(old[piece.old])) {
      switch change {
      case .remove(let offset, _, _): removed.insert(piece.old.lowerBound + offset)
      case .insert(let offset, _, _): added.insert(piece.new.lowerBound + offset)
      }
    }
  }

  /// What stands between the lines that can be held fast.
  private func cut(_ piece: Piece) -> [Piece] {
    var pieces: [Piece] = []
    var (before, after) = (piece.old.lowerBound, piece.new.lowerBound)
    for anchor in Self.longestRise(commonOnce(piece)) {
      pieces.append(Piece(old: before..<anchor.old, new: after..<anchor.new))
      (before, after) = (anchor.old + 1, anchor.new + 1)
    }
    pieces.append(Piece(old: before..<piece.old.upperBound, new: after..<piece.new.upperBound))
    return pieces
  }

  private typealias Anchor = (old: Int, new: Int)

  /// Lines that stand in both exactly once, in the order of the old text.
  private func commonOnce(_ piece: Piece) -> [Anchor] {
    func places(_ lines: [Int], _ range: Range<Int>) -> [Int: Int] {
      Dictionary(range.map { (lines[$0], $0) }) { _, _ in -1 }
    }
    let newPlaces = places(new, piece.new)
    return places(old, piece.old).compactMap { line, place in
      guard place >= 0, let other = newPlaces[line], other >= 0 else { return nil }
      return (place, other)
    }.sorted { $0.old < $1.old }
  }

  /// The most anchors that are in the order of the new text too.
  ///
  /// - Complexity: O(*n* log *n*).
  private static func longestRise(_ anchors: [Anchor]) -> [Anchor] {
    // Of all rises of each length so far, the last anchor of the one that ends lowest; and before each anchor, its rise's one.
    var ends: [Int] = []
    var previous = Array(repeating: -1, count: anchors.count)
    for (index, anchor) in anchors.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if anchors[ends[middle]].new < anchor.new { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var rise: [Anchor] = []
    var next = ends.last ?? -1
    while next >= 0 {
      rise.append(anchors[next])
      next = previous[next]
    }
    return rise.reversed()
  }
}
