/// Numbers for label keys and for labels (a key with a value), given out in the order of arrival and never taken back.
///
/// With them a program compares integers, however long the texts are. A copy that learns new labels shares the rest with its
/// original.
package struct LabelSymbols: Sendable {
  /// Stands for keys and labels that have no number.
  static let none = UInt32.max

  /// A label by its key's number and its value.
  private struct Pair: ShardKey {
    var key: UInt32
    var value: ByteString

    var shard: UInt8 { value.shard &+ UInt8(truncatingIfNeeded: key) &* 29 }
  }

  private var keyNumbers = ShardedDictionary<ByteString, UInt32>()
  private var keys = ChunkedArray<ByteString>()
  private var labelNumbers = ShardedDictionary<Pair, UInt32>()
  private var labels = ChunkedArray<Pair>()
  /// By key number, the key that stood after it in the last set of labels. Most sets have the same keys in the same order, and to
  /// compare a key with a guess is much faster than to look it up.
  private var successors: [UInt32] = []

  package init() {}

  var keyCount: Int { keys.count }
  var labelCount: Int { labels.count }

  /// The number of a key, `none` where it has none.
  func number(ofKey key: ByteString) -> UInt32 {
    keyNumbers[key] ?? Self.none
  }

  /// The number of a label, `none` where it has none.
  func number(ofValue value: ByteString, forKey key: UInt32) -> UInt32 {
    labelNumbers[Pair(key: key, value: value)] ?? Self.none
  }

  mutating func intern(key: ByteString) -> UInt32 {
    if let number = keyNumbers[key] { return number }
    let number = UInt32(keys.count)
    keyNumbers[key] = number
    keys.append(key)
    successors.append(0)
    return number
  }

  /// The number of a key that stands after another one in a set of labels, or at its beginning.
  mutating func intern(key: ByteString, after previous: UInt32?) -> UInt32 {
    guard let previous else { return intern(key: key) }
    let guess = successors[Int(previous)]
    if keys[Int(guess)] == key { return guess }
    let number = intern(key: key)
    successors[Int(previous)] = number
    return number
  }

  mutating func intern(value: ByteString, forKey key: UInt32) -> UInt32 {
    let pair = Pair(key: key, value: value)
    if let number = labelNumbers[pair] { return number }
    let number = UInt32(labels.count)
    labelNumbers[pair] = number
    labels.append(pair)
    return number
  }

  func key(ofLabel label: UInt32) -> UInt32 { labels[Int(label)].key }
  func keyText(ofLabel label: UInt32) -> ByteString { keys[Int(labels[Int(label)].key)] }
  func value(ofLabel label: UInt32) -> ByteString { labels[Int(label)].value }
}

/// A label as numbers.
struct LabelNumber: Hashable, Sendable {
  var key: UInt32
  var label: UInt32
}

extension LabelSymbols {
  /// Labels as numbers, sorted by key number.
  mutating func intern(_ labels: LabelSet) -> [LabelNumber] {
    var numbers: [LabelNumber] = []
    numbers.reserveCapacity(labels.count)
    var isSorted = true
    for label in labels.sorted {
      let last = numbers.last?.key
      let key = intern(key: label.key, after: last)
      if let last, last > key { isSorted = false }
      numbers.append(LabelNumber(key: key, label: intern(value: label.value, forKey: key)))
    }
    if !isSorted { numbers.sort { $0.key < $1.key } }
    return numbers
  }

  /// Labels as a table for `LabelProgram`.
  package mutating func table(of labels: LabelSet) -> LabelTable {
    LabelTable(intern(labels))
  }

  /// A selector as a program over these symbols, to be asked about labels interned before or later.
  package mutating func compile(_ selector: Selector) -> LabelProgram {
    let expression = selector.expression
    for node in expression.nodes where node.operation != .all && node.operation != .global && node.firstChild < 0 {
      let key = intern(key: expression.text(at: node.label))
      guard TextTest(node.operation) == nil else { continue }
      for value in expression.valueRanges(of: node) {
        _ = intern(value: expression.text(at: value), forKey: key)
      }
    }
    return LabelProgram(expression, self)
  }
}
