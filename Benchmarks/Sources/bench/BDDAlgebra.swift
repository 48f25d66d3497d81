import Simulator

/// Sets as reduced ordered binary decision diagrams over the bits of a packet, all in one table of nodes: 9 bits of family
/// and protocol, 16 each of the two ports or ICMP code and type, 128 each of the addresses, of which IPv4 has the first 32.
struct BDDAlgebra: SetAlgebra {
  static let name = "binary diagrams"

  typealias Packets = Int32

  private struct Node: Hashable {
    var bit: Int32
    var low: Int32
    var high: Int32
  }

  private struct Question: Hashable {
    var isUnion: Bool
    var left: Int32
    var right: Int32
  }

  private static let leafBit: Int32 = 297
  private var nodes: [Node] = [
    Node(bit: leafBit, low: 0, high: 0), Node(bit: leafBit, low: 1, high: 1),
  ]
  private var places = FlatTable<Node>()
  private var answers = FlatTable<Question>()

  var nothing: Int32 { 0 }
  var everything: Int32 { mutating get { make(SampleRule(nil, source: nil, destination: nil, ports: nil)) } }

  mutating func make(_ rule: SampleRule) -> Int32 {
    var result: Int32 = 0
    for box in rule.boxes {
      let addressBits = box.isV6 ? 128 : 32
      var node: Int32 = 1
      node = field(box.destination, from: 169, bits: addressBits, node)
      node = field(box.source, from: 41, bits: addressBits, node)
      node = field(box.first, from: 25, bits: 16, node)
      node = field(box.second, from: 9, bits: 16, node)
      result = union(result, field(box.headers, from: 0, bits: 9, node))
    }
    return result
  }

  mutating func union(_ left: Int32, _ right: Int32) -> Int32 { combine(left, right, isUnion: true) }
  mutating func subtract(_ left: Int32, _ right: Int32) -> Int32 { combine(left, right, isUnion: false) }
  func isEmpty(_ packets: Int32) -> Bool { packets == 0 }

  func size(_ packets: Int32) -> Int {
    var seen: Set<Int32> = []
    var open = [packets]
    while let next = open.popLast() {
      guard next > 1, seen.insert(next).inserted else { continue }
      open += [nodes[Int(next)].low, nodes[Int(next)].high]
    }
    return seen.count
  }

  private mutating func node(_ bit: Int32, _ low: Int32, _ high: Int32) -> Int32 {
    if low == high { return low }
    let node = Node(bit: bit, low: low, high: high)
    if let known = places[node] { return known }
    nodes.append(node)
    places[node] = Int32(nodes.count - 1)
    return Int32(nodes.count - 1)
  }

  /// The values of one field lead to `child`.
  private mutating func field(_ values: Intervals, from bit: Int, bits: Int, _ child: Int32) -> Int32 {
    branch(values.ranges[...], at: 0, width: bits, bit: bit, child)
  }

  /// Of the values from `start` on that the lowest `width` bits can make.
  private mutating func branch(
    _ ranges: ArraySlice<ClosedRange<UInt128>>, at start: UInt128, width: Int, bit: Int, _ child: Int32
  ) -> Int32 {
    let last = width == 128 ? UInt128.max : start + ((1 << UInt128(width)) - 1)
    let from = ranges.firstIndex { $0.upperBound >= start } ?? ranges.endIndex
    let own = ranges[from...].prefix { $0.lowerBound <= last }
    guard let only = own.first else { return 0 }
    if only.lowerBound <= start, last <= only.upperBound { return child }
    let half: UInt128 = 1 << UInt128(width - 1)
    let low = branch(own, at: start, width: width - 1, bit: bit + 1, child)
    let high = branch(own, at: start + half, width: width - 1, bit: bit + 1, child)
    return node(Int32(bit), low, high)
  }

  private mutating func combine(_ left: Int32, _ right: Int32, isUnion: Bool) -> Int32 {
    if isUnion {
      if left == right || right == 0 { return left }
      if left == 0 { return right }
      if left == 1 || right == 1 { return 1 }
    } else {
      if left == 0 || left == right || right == 1 { return 0 }
      if right == 0 { return left }
    }
    let question =
      isUnion && left > right
      ? Question(isUnion: true, left: right, right: left) : Question(isUnion: isUnion, left: left, right: right)
    if let known = answers[question] { return known }
    let (one, two) = (nodes[Int(left)], nodes[Int(right)])
    let bit = min(one.bit, two.bit)
    let low = combine(one.bit == bit ? one.low : left, two.bit == bit ? two.low : right, isUnion: isUnion)
    let high = combine(one.bit == bit ? one.high : left, two.bit == bit ? two.high : right, isUnion: isUnion)
    let result = node(bit, low, high)
    answers[question] = result
    return result
  }
}

/// A hash table that only grows, flat in memory.
private struct FlatTable<Key: Hashable> {
  private var keys: [Key?] = Array(repeating: nil, count: 1 << 10)
  private var values: [Int32] = Array(repeating: 0, count: 1 << 10)
  private var count = 0

  subscript(key: Key) -> Int32? {
    get {
      let place = place(of: key)
      return keys[place] == nil ? nil : values[place]
    }
    set {
      guard let newValue else { return }
      if count * 2 > keys.count { grow() }
      let place = place(of: key)
      if keys[place] == nil { count += 1 }
      keys[place] = key
      values[place] = newValue
    }
  }

  private func place(of key: Key) -> Int {
    let mask = keys.count - 1
    var index = key.hashValue & mask
    while let other = keys[index], other != key { index = (index + 1) & mask }
    return index
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = Array(repeating: nil, count: oldKeys.count * 2)
    values = Array(repeating: 0, count: oldKeys.count * 2)
    for (key, value) in zip(oldKeys, oldValues) {
      guard let key else { continue }
      let place = place(of: key)
      keys[place] = key
      values[place] = value
    }
  }
}
