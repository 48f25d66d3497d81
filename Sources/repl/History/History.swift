/// What was typed, oldest first, each entry once: one that is typed again moves to the end.
struct History: Sendable {
  /// Older entries are dropped.
  static let limit = 5_000
  /// In all, bytes: many pasted manifests are a lot.
  static let sizeLimit = 4 << 20

  private(set) var entries: [String]

  /// - Complexity: O(*n*).
  init(_ list: some BidirectionalCollection<String> = [String]()) {
    var seen: Swift.Set<String> = []
    var size = 0
    var kept: [String] = []
    for entry in list.reversed() where Self.isWorthKeeping(entry) && seen.insert(entry).inserted {
      size += entry.utf8.count
      guard kept.count < Self.limit, size <= Self.sizeLimit else { break }
      kept.append(entry)
    }
    entries = kept.reversed()
  }

  /// An entry that begins with a blank is nobody's business.
  static func isWorthKeeping(_ entry: String) -> Bool {
    guard let first = entry.utf8.first else { return false }
    return first != 0x20 && first != 0x09 && entry.utf8.count <= sizeLimit / 4
  }

  enum Addition {
    case nothing
    case appended
    /// It was there already or something had to go: the others have moved.
    case rearranged
  }

  /// - Complexity: O(*n*).
  mutating func add(_ entry: String) -> Addition {
    guard Self.isWorthKeeping(entry) else { return .nothing }
    guard entries.last != entry else { return .nothing }
    let isNew = !entries.contains(entry)
    let isFull = entries.count == Self.limit
    if !isNew { entries.removeAll { $0 == entry } }
    if isNew, isFull { entries.removeFirst() }
    entries.append(entry)
    return isNew && !isFull ? .appended : .rearranged
  }
}
