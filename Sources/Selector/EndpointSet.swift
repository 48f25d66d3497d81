/// A set of endpoint ids that takes no more room than it needs: a sorted list while members are few, a bitset once that is
/// the smaller of the two.
///
/// A list takes 4 bytes per member, a bitset one bit per id up to the highest. A list becomes a bitset at 1 member in 32 ids and
/// a bitset a list again at 1 in 64, so that a set near the border does not go to and fro.
struct EndpointSet: Sendable {
  /// The members in ascending order, unless `isDense`.
  private var list: [UInt32] = []
  /// The members if `isDense`.
  private var bits = Bitset()
  private(set) var isDense = false
  private(set) var count = 0

  init() {}

  /// - Complexity: O(*n* / 64).
  init(_ bits: Bitset) {
    self.bits = bits
    isDense = true
    count = bits.count
    shrink()
  }

  /// Makes a set of ids in ascending order, each once.
  init(sorted ids: [UInt32]) {
    list = ids
    count = ids.count
    grow()
  }

  var isEmpty: Bool { count == 0 }

  /// - Complexity: O(1), or O(log *n*) in the members of a list.
  func contains(_ id: UInt32) -> Bool {
    if isDense { return bits.contains(Int(id)) }
    let index = insertionPoint(of: id)
    return index < list.count && list[index] == id
  }

  /// - Complexity: O(1) for a bitset and for a list's new highest member, else O(*n*) in the members of a list.
  mutating func insert(_ id: UInt32) {
    // An id far beyond all others would blow the bitset up.
    if isDense, (count + 1) * 64 < Int(id) { makeSparse() }
    if isDense {
      if bits.insert(Int(id)) { count += 1 }
      return
    }
    let index = insertionPoint(of: id)
    guard index == list.count || list[index] != id else { return }
    list.insert(id, at: index)
    count += 1
    grow()
  }

  mutating func remove(_ id: UInt32) {
    if isDense {
      guard bits.remove(Int(id)) else { return }
      count -= 1
      shrink()
    } else {
      let index = insertionPoint(of: id)
      guard index < list.count, list[index] == id else { return }
      list.remove(at: index)
      count -= 1
    }
  }

  private func insertionPoint(of id: UInt32) -> Int {
    guard let last = list.last, last >= id else { return list.count }
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func grow() {
    guard !isDense, let last = list.last, count * 32 > Int(last) + 64 else { return }
    bits = Bitset(list.lazy.map { Int($0) })
    list = []
    isDense = true
  }

  private mutating func shrink() {
    guard isDense, count * 64 < bits.highest ?? 64 else { return }
    makeSparse()
  }

  private mutating func makeSparse() {
    list = bits.map { UInt32($0) }
    bits = Bitset()
    isDense = false
  }
}

// MARK: - Set algebra

extension EndpointSet {
  /// - Complexity: O(*m* log *n*) where one is a list of *m*, else O(*n* / 64).
  func intersection(_ other: EndpointSet) -> EndpointSet {
    if isDense, other.isDense { return EndpointSet(bits.intersection(other.bits)) }
    let (short, long) = !isDense && (other.isDense || count <= other.count) ? (self, other) : (other, self)
    return EndpointSet(sorted: short.list.filter { long.contains($0) })
  }

  /// - Complexity: as `intersection`, and O(*n* / 64) where this set is a bitset.
  func subtracting(_ other: EndpointSet) -> EndpointSet {
    guard isDense else { return EndpointSet(sorted: list.filter { !other.contains($0) }) }
    if other.isDense { return EndpointSet(bits.subtracting(other.bits)) }
    var rest = bits
    for id in other.list { rest.remove(Int(id)) }
    return EndpointSet(rest)
  }

  /// - Complexity: O(*n* / 64) where one is a bitset, else O(*n* + *m*).
  mutating func formUnion(_ other: EndpointSet) {
    if isEmpty {
      self = other
    } else if isDense || other.isDense {
      var union = bitset
      other.add(to: &union)
      self = EndpointSet(union)
    } else {
      var merged: [UInt32] = []
      merged.reserveCapacity(count + other.count)
      var rest = other.list[...]
      for id in list {
        while let next = rest.first, next < id { merged.append(rest.removeFirst()) }
        if rest.first == id { rest.removeFirst() }
        merged.append(id)
      }
      merged.append(contentsOf: rest)
      self = EndpointSet(sorted: merged)
    }
  }

  /// - Complexity: O(*n* / 64) with the highest member *n* for a list, O(1) for a bitset.
  var bitset: Bitset {
    isDense ? bits : Bitset(list.lazy.map { Int($0) })
  }

  func add(to bitset: inout Bitset) {
    if isDense { return bitset.formUnion(bits) }
    for id in list { bitset.insert(Int(id)) }
  }

  /// Appends the members in ascending order.
  func append(to ids: inout [UInt32]) {
    if isDense { return ids.append(contentsOf: bits.lazy.map { UInt32($0) }) }
    ids.append(contentsOf: list)
  }
}
