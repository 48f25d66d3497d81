/// Which endpoints match which selectors, kept up to date while labels change.
///
/// Labels and profiles go in; selectors are answered by set algebra over the endpoints of each label. A selector that was added
/// keeps its answer, and a change of labels looks again only at the selectors whose answer can depend on that change.
///
///     var index = LabelIndex()
///     index.setEndpoint(0, labels: ["role": "db"], profiles: [])
///     let handle = index.add(try Selector(#"role == "db""#))
///     index.setEndpoint(1, labels: [:], profiles: ["storage"])
///     index.setProfile("storage", labels: ["role": "db"], tags: [])
///     index.endpoints(of: handle)   // {0, 1}
///
/// An endpoint has its own labels, then those of its profiles in their order, of each its labels before its tags (value empty):
/// the first one with a key wins (SEMANTICS.md, "Addresses"; Felix `labelindex`). A profile that does not exist gives nothing.
///
/// The index is a value. Copies share what is not changed in them, so a changed copy costs far less than a second index.
/// Endpoint ids should be small and dense, as answers are bitsets.
package struct LabelIndex: Sendable {
  var symbols = LabelSymbols()
  /// By key number and by label number.
  var keys = ChunkedArray<KeyPosting>()
  var labels = ChunkedArray<LabelPosting>()
  /// By endpoint id; `nil` where none is.
  var records = ChunkedArray<Record?>()
  var present = EndpointSet()
  var profiles = ProfileTable()
  var kept = KeptSelectors()

  package init() {}

  /// Endpoints that have a key, and who wants to know of changes.
  struct KeyPosting: Sendable {
    var endpoints = EndpointSet()
    /// Selectors to look at again when the key comes or goes.
    var presenceWatchers: [Int] = []
    /// Selectors to look at again when the key comes, goes or changes in value.
    var valueWatchers: [Int] = []
    /// All labels with this key.
    var labels: [UInt32] = []
  }

  /// Endpoints that have a label, and who wants to know of changes.
  struct LabelPosting: Sendable {
    var endpoints = EndpointSet()
    /// Selectors to look at again when the label comes or goes.
    var watchers: [Int] = []
    /// Selectors that only endpoints with this label, or with another that lists them, can match: to look at again at any
    /// change of an endpoint that had or has the label.
    var guarded: [Int] = []
  }

  struct Record: Sendable {
    /// Sorted by key.
    var own: [LabelNumber] = []
    var profiles: [Int] = []
    /// With what the profiles give; sorted by key.
    var effective: [LabelNumber] = []
  }
}

// MARK: - Endpoints

extension LabelIndex {
  /// Adds an endpoint or replaces its labels and profiles.
  ///
  /// - Complexity: O(*l* + *s*) on average, *l* labels and *s* selectors that the difference touches.
  package mutating func setEndpoint(_ id: Int, labels: LabelSet, profiles names: [ByteString]) {
    precondition(0..<Int(UInt32.max) ~= id, "endpoint ids are 32 bit numbers")
    while records.count <= id { records.append(nil) }
    var record = Record()
    record.own = symbols.intern(labels)
    growPostings()
    if !names.isEmpty { record.profiles = names.map { profiles.number(of: $0) } }
    profiles.move(UInt32(id), from: records[id]?.profiles ?? [], to: record.profiles)
    record.effective = effective(record)
    replace(id, with: record)
  }

  /// Takes an endpoint out; nothing happens if there is none.
  package mutating func removeEndpoint(_ id: Int) {
    guard records.indices ~= id, let record = records[id] else { return }
    profiles.move(UInt32(id), from: record.profiles, to: [])
    replace(id, with: nil)
  }

  /// An endpoint's labels with what its profiles give; empty where there is no endpoint.
  package func labels(of id: Int) -> LabelSet {
    guard records.indices ~= id, let record = records[id] else { return LabelSet() }
    return LabelSet(
      record.effective.map { (key: symbols.keyText(ofLabel: $0.label), value: symbols.value(ofLabel: $0.label)) }
    )
  }

  /// Sets an endpoint's record and brings postings and answers up to date.
  mutating func replace(_ id: Int, with record: Record?) {
    let old = records[id]
    records[id] = record
    var affected = AffectedSelectors(below: kept.handleLimit)
    repost(UInt32(id), from: old?.effective ?? [], to: record?.effective ?? [], &affected)
    if (old == nil) != (record == nil) {
      affected.insert(Array(kept.matchingNoLabels))
      if record == nil { present.remove(UInt32(id)) } else { present.insert(UInt32(id)) }
    }
    guard !affected.handles.isEmpty else { return }
    let table = record.map { LabelTable($0.effective) }
    kept.update(affected.handles, id, table, symbols)
  }

  /// Own labels, and of each profile those whose key is not there yet.
  func effective(_ record: Record) -> [LabelNumber] {
    var labels = record.own
    for profile in record.profiles {
      guard let inherited = profiles.labels(of: profile), !inherited.isEmpty else { continue }
      labels = labels.isEmpty ? inherited : Self.merge(labels, inherited)
    }
    return labels
  }

  /// Both lists, sorted by key; where both have a key, the first one's label.
  static func merge(_ first: [LabelNumber], _ second: [LabelNumber]) -> [LabelNumber] {
    var merged: [LabelNumber] = []
    merged.reserveCapacity(first.count + second.count)
    var index = 0
    for label in first {
      while index < second.count, second[index].key < label.key {
        merged.append(second[index])
        index += 1
      }
      if index < second.count, second[index].key == label.key { index += 1 }
      merged.append(label)
    }
    merged.append(contentsOf: second[index...])
    return merged
  }
}

// MARK: - Postings

extension LabelIndex {
  /// Makes room for symbols that were learnt.
  mutating func growPostings() {
    while keys.count < symbols.keyCount { keys.append(KeyPosting()) }
    while labels.count < symbols.labelCount {
      let label = UInt32(labels.count)
      keys[Int(symbols.key(ofLabel: label))].labels.append(label)
      labels.append(LabelPosting())
    }
  }

  /// Moves an endpoint to the postings of its new labels and notes the selectors that the difference touches.
  private mutating func repost(
    _ id: UInt32,
    from old: [LabelNumber],
    to new: [LabelNumber],
    _ affected: inout AffectedSelectors
  ) {
    guard old != new else { return }
    var (before, after) = (0, 0)
    while before < old.count || after < new.count {
      let oldKey = before < old.count ? old[before].key : .max
      let newKey = after < new.count ? new[after].key : .max
      if oldKey == newKey, old[before].label == new[after].label {
        affected.insert(labels[Int(new[after].label)].guarded)
        (before, after) = (before + 1, after + 1)
        continue
      }
      if oldKey <= newKey {
        labels[Int(old[before].label)].endpoints.remove(id)
        note(old[before].label, &affected)
        before += 1
      }
      if newKey <= oldKey {
        labels[Int(new[after].label)].endpoints.insert(id)
        note(new[after].label, &affected)
        after += 1
      }
      repostKey(id, oldKey, newKey, &affected)
    }
  }

  private func note(_ changed: UInt32, _ affected: inout AffectedSelectors) {
    affected.insert(labels[Int(changed)].watchers)
    affected.insert(labels[Int(changed)].guarded)
  }

  /// The lower of two keys has come or gone; if they are one, its value has changed.
  private mutating func repostKey(
    _ id: UInt32,
    _ oldKey: UInt32,
    _ newKey: UInt32,
    _ affected: inout AffectedSelectors
  ) {
    let key = Int(min(oldKey, newKey))
    affected.insert(keys[key].valueWatchers)
    guard oldKey != newKey else { return }
    affected.insert(keys[key].presenceWatchers)
    if oldKey < newKey { keys[key].endpoints.remove(id) } else { keys[key].endpoints.insert(id) }
  }
}
