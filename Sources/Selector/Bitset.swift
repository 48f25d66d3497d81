/// A set of small non-negative integers, one bit each: 12.5 kB for members below 100,000.
///
///     var set: Bitset = [1, 5, 64]
///     set.formUnion([2])
///     Array(set)   // [1, 2, 5, 64]
package struct Bitset: Hashable, Sendable {
  /// Bit *i* of word *w* stands for member 64 *w* + *i*. The last word is never zero, so equal sets have equal words.
  @usableFromInline var words: [UInt64]

  @inlinable package init() {
    words = []
  }

  /// All members of a range from zero on.
  ///
  /// - Complexity: O(*n* / 64).
  package init(below limit: Int) {
    precondition(limit >= 0, "a bitset has no negative members")
    words = Array(repeating: ~0, count: limit / 64)
    if limit % 64 > 0 { words.append((1 << UInt64(limit % 64)) - 1) }
  }

  @inlinable package init(_ members: some Sequence<Int>) {
    self.init()
    for member in members { insert(member) }
  }

  /// - Complexity: O(1).
  @inlinable package var isEmpty: Bool { words.isEmpty }

  /// The number of members.
  ///
  /// - Complexity: O(*n* / 64), *n* being the highest member.
  package var count: Int {
    var count = 0
    for word in words { count += word.nonzeroBitCount }
    return count
  }

  /// The highest member.
  ///
  /// - Complexity: O(1).
  package var highest: Int? {
    words.last.map { words.count * 64 - 1 - $0.leadingZeroBitCount }
  }

  @inlinable package func contains(_ member: Int) -> Bool {
    guard member >= 0, member >> 6 < words.count else { return false }
    return words[member >> 6] >> UInt64(member & 63) & 1 == 1
  }

  /// Adds a member; whether it was absent.
  ///
  /// - Complexity: O(1), and space for everything below the member.
  @discardableResult
  @inlinable package mutating func insert(_ member: Int) -> Bool {
    precondition(member >= 0, "a bitset has no negative members")
    if member >> 6 >= words.count {
      words.append(contentsOf: repeatElement(0, count: (member >> 6) + 1 - words.count))
    }
    let bit: UInt64 = 1 << UInt64(member & 63)
    guard words[member >> 6] & bit == 0 else { return false }
    words[member >> 6] |= bit
    return true
  }

  /// Takes a member out; whether it was there.
  @discardableResult
  package mutating func remove(_ member: Int) -> Bool {
    guard contains(member) else { return false }
    words[member >> 6] &= ~(1 << UInt64(member & 63))
    if member >> 6 == words.count - 1 { trim() }
    return true
  }

  private mutating func trim() {
    while words.last == 0 { words.removeLast() }
  }
}

// MARK: - Set algebra, each O(n / 64)

extension Bitset {
  package mutating func formUnion(_ other: Bitset) {
    if words.count < other.words.count {
      words.append(contentsOf: repeatElement(0, count: other.words.count - words.count))
    }
    for index in other.words.indices { words[index] |= other.words[index] }
  }

  package mutating func formIntersection(_ other: Bitset) {
    if words.count > other.words.count { words.removeLast(words.count - other.words.count) }
    for index in words.indices { words[index] &= other.words[index] }
    trim()
  }

  package mutating func subtract(_ other: Bitset) {
    for index in 0..<Swift.min(words.count, other.words.count) { words[index] &= ~other.words[index] }
    trim()
  }

  package func union(_ other: Bitset) -> Bitset {
    var result = self
    result.formUnion(other)
    return result
  }

  package func intersection(_ other: Bitset) -> Bitset {
    var result = self
    result.formIntersection(other)
    return result
  }

  package func subtracting(_ other: Bitset) -> Bitset {
    var result = self
    result.subtract(other)
    return result
  }

  package func isDisjoint(with other: Bitset) -> Bool {
    for index in 0..<Swift.min(words.count, other.words.count) where words[index] & other.words[index] != 0 {
      return false
    }
    return true
  }

  package func isSubset(of other: Bitset) -> Bool {
    guard words.count <= other.words.count else { return false }
    for index in words.indices where words[index] & ~other.words[index] != 0 { return false }
    return true
  }
}

// MARK: - Members in ascending order

extension Bitset: Sequence {
  package struct Iterator: IteratorProtocol {
    @usableFromInline let words: [UInt64]
    @usableFromInline var index = 0
    /// What is left of the word at `index`.
    @usableFromInline var rest: UInt64

    @inlinable init(_ words: [UInt64]) {
      self.words = words
      rest = words.first ?? 0
    }

    @inlinable package mutating func next() -> Int? {
      while rest == 0 {
        index += 1
        guard index < words.count else { return nil }
        rest = words[index]
      }
      defer { rest &= rest - 1 }
      return index << 6 + rest.trailingZeroBitCount
    }
  }

  @inlinable package func makeIterator() -> Iterator { Iterator(words) }

  package var underestimatedCount: Int { isEmpty ? 0 : 1 }
}

extension Bitset: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Int...) {
    self.init(elements)
  }
}
