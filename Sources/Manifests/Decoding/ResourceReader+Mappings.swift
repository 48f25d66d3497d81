import Selector
import Simulator

/// The fields that a mapping of one kind has.
struct Fields<Name: FieldName> {
  fileprivate struct Entry {
    var name: Name
    var key: YAMLDocument.NodeID
    var value: YAMLDocument.NodeID
    var merged: Bool
  }

  /// The mapping, or what stands in its place; `nil` where there is nothing.
  let node: YAMLDocument.NodeID?
  fileprivate var entries: [Entry] = []

  fileprivate init(node: YAMLDocument.NodeID?) {
    self.node = node
  }

  subscript(name: Name) -> YAMLDocument.NodeID? {
    entries.first { $0.name == name }?.value
  }

  func key(_ name: Name) -> YAMLDocument.NodeID? {
    entries.first { $0.name == name }?.key
  }
}

extension ResourceReader {
  /// One entry of a mapping; `merged` if it came by `<<`.
  struct Entry {
    var key: NodeID
    var value: NodeID
    var merged: Bool
  }

  /// The entries of a mapping in the order in which they take effect: a later one replaces an earlier one. What `<<` names
  /// stands in its place, of several mappings the first last.
  mutating func entries(_ id: NodeID) -> [Entry] {
    var result: [Entry] = []
    appendEntries(of: id, merged: false, to: &result)
    return result
  }

  private mutating func appendEntries(of id: NodeID, merged: Bool, to result: inout [Entry]) {
    let children = document.children(id)
    for index in stride(from: 0, to: children.count - 1, by: 2) {
      let (key, value) = (children[index], children[index + 1])
      if isMerge(key) {
        appendMerge(value, to: &result)
      } else {
        result.append(Entry(key: key, value: value, merged: merged))
      }
    }
  }

  private mutating func appendMerge(_ value: NodeID, to result: inout [Entry]) {
    switch document.node(value).kind {
    case .mapping:
      appendEntries(of: value, merged: true, to: &result)
    case .sequence:
      for item in document.children(value).reversed() {
        guard document.node(item).kind == .mapping else {
          note(.field(.mergeOfScalar), at: item)
          continue
        }
        appendEntries(of: item, merged: true, to: &result)
      }
    case .scalar, .alias:
      note(.field(.mergeOfScalar), at: value)
    }
  }

  private func isMerge(_ key: NodeID) -> Bool {
    let node = document.node(key)
    return node.kind == .scalar && node.style == .plain && node.tag == .none && node.count == 2
      && document.scalarBytes(key).elementsEqual("<<".utf8)
  }

  /// The fields of a mapping; no fields for null or where it is absent. Unknown, doubled and misplaced ones are noted. `nil`, and noted, for
  /// anything but a mapping.
  mutating func fields<Name: FieldName>(_ id: NodeID?, _: Name.Type = Name.self) -> Fields<Name>? {
    var fields = Fields<Name>(node: id)
    guard let id else { return fields }
    guard document.node(id).kind == .mapping else {
      if isNull(id) { return fields }
      note(.field(.wrongType(expected: "a mapping", found: describe(id))), at: id)
      return nil
    }
    for entry in entries(id) {
      guard let name = fieldName(entry.key, Name.self) else { continue }
      let new = Fields<Name>.Entry(name: name, key: entry.key, value: entry.value, merged: entry.merged)
      guard let index = fields.entries.firstIndex(where: { $0.name == name }) else {
        fields.entries.append(new)
        continue
      }
      noteRepetition(of: fields.entries[index].key, merged: fields.entries[index].merged, by: entry, in: Name.place)
      fields.entries[index] = new
    }
    return fields
  }

  /// Says what is doubtful about a key that stands in one mapping twice.
  private mutating func noteRepetition(of first: NodeID, merged: Bool, by entry: Entry, in place: Place) {
    if !document.scalarBytes(first).elementsEqual(document.scalarBytes(entry.key)) {
      note(.field(.fieldSpelledTwice(written(entry.key), first: written(first))), at: entry.key)
    } else if entry.merged {
      if !merged { note(.field(.overriddenByMerge(written(first))), at: first) }
    } else if !merged {
      let key = written(entry.key)
      // A second "flows" would silently take the place of the first.
      note(place.isInScenario ? .scenario(.repeatedField(key)) : .field(.duplicateKey(key)), at: entry.key)
    }
  }

  private mutating func fieldName<Name: FieldName>(_ key: NodeID, _: Name.Type) -> Name? {
    guard document.node(key).kind == .scalar else {
      note(.field(.keyIsNotText(found: describe(key))), at: key)
      return nil
    }
    let bytes = document.scalarBytes(key)
    if let name = Self.field(named: bytes, Name.self) { return name }
    let shown = written(key)
    // Nobody reads that many, and comparing names is dear.
    let suggestion =
      errorCount < ProblemLimit.errors
      ? closestName(to: shown, among: Name.allCases.map(\.rawValue)) : nil
    note(.field(.unknownField(shown, in: Name.place, suggestion: suggestion)), at: key)
    return nil
  }

  /// Field names match whatever the case of their letters.
  private static func field<Name: FieldName>(named bytes: ArraySlice<UInt8>, _: Name.Type) -> Name? {
    for name in Name.allCases where isSame(bytes, name.rawValue.utf8) { return name }
    return nil
  }

  static func isSame(_ bytes: ArraySlice<UInt8>, _ name: String.UTF8View) -> Bool {
    guard bytes.count == name.count else { return false }
    for (left, right) in zip(bytes, name) where left != right {
      guard left ^ right == 0x20, case UInt8(ascii: "a")...UInt8(ascii: "z") = left | 0x20 else { return false }
    }
    return true
  }

  /// The value of a field, read ahead of the rest and without remarks.
  func peek(_ name: String, in mapping: NodeID) -> NodeID? {
    let children = document.children(mapping)
    var found: NodeID?
    for index in stride(from: 0, to: children.count - 1, by: 2) {
      let key = children[index]
      if isMerge(key) { return peekThroughMerges(name, in: mapping) }
      if document.node(key).kind == .scalar, Self.isSame(document.scalarBytes(key), name.utf8) {
        found = children[index + 1]
      }
    }
    return found
  }

  private func peekThroughMerges(_ name: String, in mapping: NodeID) -> NodeID? {
    var silent = self
    return silent.entries(mapping).last { entry in
      document.node(entry.key).kind == .scalar && Self.isSame(document.scalarBytes(entry.key), name.utf8)
    }?.value
  }

  /// Free keys with text as their values: labels and annotations. A later key replaces an earlier one.
  mutating func textMap(
    _ id: NodeID?,
    what: String,
    check: (inout ResourceReader, Entry, ByteString, ByteString) -> Void
  ) -> LabelSet {
    guard let id, !isNull(id) else { return LabelSet() }
    guard document.node(id).kind == .mapping else {
      note(.field(.wrongType(expected: "a mapping of \(what)", found: describe(id))), at: id)
      return LabelSet()
    }
    var found: [(entry: Entry, key: ByteString, value: ByteString)] = []
    // A few keys are compared faster than hashed.
    var places: [ByteString: Int] = [:]
    for entry in entries(id) {
      guard let key = keyText(entry.key), let value = text(entry.value, expected: "the text of a value") else {
        continue
      }
      if found.count == 16 { for (place, known) in found.enumerated() { places[known.key] = place } }
      if let place = found.count < 16 ? found.firstIndex(where: { $0.key == key }) : places[key] {
        noteRepeatedKey(found[place].entry, by: entry)
        found[place] = (entry, key, value)
      } else {
        if found.count >= 16 { places[key] = found.count }
        found.append((entry, key, value))
      }
      check(&self, entry, key, value)
    }
    return LabelSet(found.map { (key: $0.key, value: $0.value) })
  }

  private mutating func noteRepeatedKey(_ first: Entry, by entry: Entry) {
    if entry.merged {
      if !first.merged { note(.field(.overriddenByMerge(written(first.key))), at: first.key) }
    } else if !first.merged {
      note(.field(.duplicateKey(written(entry.key))), at: entry.key)
    }
  }

  /// Keys become text in every document: `y` is the key `true`.
  private mutating func keyText(_ key: NodeID) -> ByteString? {
    guard let value = scalar(key, expected: "the text of a key") else { return nil }
    switch value {
    case .string(let text): return text
    case .null:
      note(.field(.keyIsNotText(found: "nothing")), at: key)
      return nil
    default:
      let text = Self.text(of: value)
      if written(key) != text { note(.field(.readAsOtherText(written(key), text: text)), at: key) }
      return ByteString(text)
    }
  }
}
