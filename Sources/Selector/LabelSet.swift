/// Labels of one endpoint or profile: keys to values, each key once, sorted by key byte-wise.
package struct LabelSet: Hashable, Sendable {
  package struct Label: Hashable, Sendable {
    package var key: ByteString
    package var value: ByteString

    package init(key: ByteString, value: ByteString) {
      self.key = key
      self.value = value
    }
  }

  /// Sorted by key; no key stands twice.
  package private(set) var sorted: [Label]

  package init() {
    sorted = []
  }

  /// Makes a set from pairs in any order; of two with one key the later wins.
  ///
  /// - Complexity: O(*n* log *n*).
  package init(_ pairs: some Sequence<(key: ByteString, value: ByteString)>) {
    self.init(arrivals: pairs.map { Label(key: $0.key, value: $0.value) })
  }

  /// Labels as they came, keys perhaps more than once.
  private init(arrivals: [Label]) {
    let order = arrivals.indices.sorted {
      let (left, right) = (arrivals[$0].key, arrivals[$1].key)
      return left == right ? $0 < $1 : left < right
    }
    sorted = []
    sorted.reserveCapacity(arrivals.count)
    for index in order {
      if sorted.last?.key == arrivals[index].key { sorted.removeLast() }
      sorted.append(arrivals[index])
    }
  }

  package var isEmpty: Bool { sorted.isEmpty }
  package var count: Int { sorted.count }

  /// The value of a label; `nil` where it is absent, empty where it is present without one.
  ///
  /// - Complexity: O(log *n*) to read, O(*n*) to write.
  package subscript(key: ByteString) -> ByteString? {
    get {
      position(ofBytes: key.bytes.span).map { sorted[$0].value }
    }
    set {
      let index = insertionPoint(of: key.bytes.span)
      let present = index < sorted.count && sorted[index].key == key
      switch (present, newValue) {
      case (true, let value?): sorted[index].value = value
      case (true, nil): sorted.remove(at: index)
      case (false, let value?): sorted.insert(Label(key: key, value: value), at: index)
      case (false, nil): break
      }
    }
  }

  /// Where the label stands whose key has these bytes.
  func position(ofBytes key: Span<UInt8>) -> Int? {
    let index = insertionPoint(of: key)
    guard index < sorted.count, sorted[index].key.compare(to: key) == 0 else { return nil }
    return index
  }

  private func insertionPoint(of key: Span<UInt8>) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].key.compare(to: key) < 0 { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension LabelSet: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (ByteString, ByteString)...) {
    self.init(elements.map { (key: $0.0, value: $0.1) })
  }
}
