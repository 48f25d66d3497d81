/// A node of the diagram that a set of packets is: for each value of one field, what the fields after it may be.
///
/// Five fields stand one below the other: family and protocol; then destination port or ICMP code; source port or ICMP
/// type; source address; destination address. A node cuts its field's number line into pieces, and each piece leads to a
/// node of the next field, or to none where no packet is in the set. Below the last field stands `leaf`.
///
/// The diagram is canonical: pieces that touch lead to different nodes, and no two children are equal. So equal sets have
/// equal diagrams, and a set never takes more room than it has different answers.
final class PacketNode: Sendable {
  /// Where each piece begins: ascending, the first is 0. Empty in `leaf` alone.
  let starts: [UInt128]
  /// The child of each piece; -1 where there is none.
  let targets: [Int32]
  /// Numbered in the order in which the pieces first name them.
  let children: [PacketNode]
  /// Of everything below.
  let hash: Int
  /// The smallest and the largest value that lead on, by which most pairs of nodes are told apart at a glance.
  let lowest: UInt128
  let highest: UInt128

  static let leaf = PacketNode(starts: [], targets: [], children: [])

  init(starts: [UInt128], targets: [Int32], children: [PacketNode]) {
    self.starts = starts
    self.targets = targets
    self.children = children
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for index in starts.indices {
      let word = UInt64(truncatingIfNeeded: starts[index]) ^ UInt64(truncatingIfNeeded: starts[index] >> 64) &* 0x51_7cc1
      hash = (hash ^ word ^ UInt64(truncatingIfNeeded: targets[index]) << 56) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 29
    }
    for child in children { hash = (hash ^ UInt64(bitPattern: Int64(child.hash))) &* 0xc4ce_b9fe_1a85_ec53 }
    self.hash = Int(truncatingIfNeeded: hash ^ hash >> 32)
    // Neighbouring pieces have different targets: the first or the second leads on, and the last or the one before it.
    lowest = targets.first == -1 ? starts[1] : 0
    highest = targets.last == -1 ? starts[starts.count - 1] - 1 : .max
  }

  /// The last piece that begins at or before a value.
  ///
  /// - Complexity: O(log *n*).
  func piece(of value: UInt128) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }

  /// What a value leads to.
  func child(of value: UInt128) -> PacketNode? {
    let target = targets[piece(of: value)]
    return target < 0 ? nil : children[Int(target)]
  }

  /// The values that lead to each child.
  var labels: [Intervals] {
    var ranges: [[ClosedRange<UInt128>]] = Array(repeating: [], count: children.count)
    for piece in starts.indices where targets[piece] >= 0 {
      let end = piece + 1 < starts.count ? starts[piece + 1] - 1 : .max
      ranges[Int(targets[piece])].append(starts[piece]...end)
    }
    return ranges.map { Intervals($0) }
  }
}

extension PacketNode: Hashable {
  /// - Complexity: O(1) if they are one object or, all but certainly, if they differ; else linear in the diagram.
  static func == (left: PacketNode, right: PacketNode) -> Bool {
    if left === right { return true }
    return left.hash == right.hash && left.starts == right.starts && left.targets == right.targets
      && left.children == right.children
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

/// Makes a node piece by piece, so that it comes out canonical.
struct PacketNodeBuilder {
  private var starts: [UInt128] = []
  private var targets: [Int32] = []
  private var children: [PacketNode] = []
  /// Where there are too many children to look through.
  private var known: [PacketNode: Int32] = [:]

  init(capacity: Int) {
    starts.reserveCapacity(capacity)
    targets.reserveCapacity(capacity)
  }

  /// The number by which pieces name a child; -1 for none.
  mutating func number(of child: PacketNode?) -> Int32 {
    guard let child else { return -1 }
    if children.count < 12 {
      if let found = children.firstIndex(of: child) { return Int32(found) }
    } else {
      if known.isEmpty { for (index, child) in children.enumerated() { known[child] = Int32(index) } }
      if let found = known[child] { return found }
      known[child] = Int32(children.count)
    }
    children.append(child)
    return Int32(children.count - 1)
  }

  /// Adds a piece that begins beyond the last; the first begins at 0.
  mutating func append(_ start: UInt128, _ target: Int32) {
    if targets.last == target { return }
    starts.append(start)
    targets.append(target)
  }

  /// The node, or `nil` if nothing has a child.
  consuming func node() -> PacketNode? {
    children.isEmpty ? nil : PacketNode(starts: starts, targets: targets, children: children)
  }
}

extension PacketNode {
  /// A node in which the values of each set lead to its child.
  ///
  /// - Precondition: the sets have nothing in common.
  static func make(_ parts: [(values: Intervals, child: PacketNode?)]) -> PacketNode? {
    var builder = PacketNodeBuilder(capacity: parts.reduce(1) { $0 + 2 * $1.values.ranges.count })
    var ranges: [(range: ClosedRange<UInt128>, child: PacketNode)] = []
    for part in parts {
      guard let child = part.child else { continue }
      ranges += part.values.ranges.map { ($0, child) }
    }
    if parts.count > 1 { ranges.sort { $0.range.lowerBound < $1.range.lowerBound } }
    var next: UInt128? = 0
    for (range, child) in ranges {
      if let next, next < range.lowerBound { builder.append(next, -1) }
      builder.append(range.lowerBound, builder.number(of: child))
      next = range.upperBound == .max ? nil : range.upperBound + 1
    }
    if let next { builder.append(next, -1) }
    return builder.node()
  }
}
