import Selector

/// A tree to be written as YAML.
indirect enum YAMLValue {
  /// A scalar that stands as it is: a number, a boolean.
  case literal(String)
  /// Text, which is put in quotes where YAML would read something else.
  case text(ByteString)
  case list([YAMLValue])
  case mapping([Entry])
  /// Written between brackets, on one line, if the line does not get too long.
  case inline(YAMLValue)

  struct Entry {
    var key: ByteString
    var value: YAMLValue
  }

  var isEmpty: Bool {
    switch self {
    case .literal, .text: false
    case .list(let items): items.isEmpty
    case .mapping(let entries): entries.isEmpty
    case .inline(let value): value.isEmpty
    }
  }

  /// A mapping of the fields that have a value, in the order given.
  static func fields(_ pairs: KeyValuePairs<String, YAMLValue?>) -> YAMLValue {
    .mapping(
      pairs.compactMap { pair in
        pair.value.map { Entry(key: ByteString(pair.key), value: $0) }
      }
    )
  }

  /// `nil` where there is nothing in it.
  var unlessEmpty: YAMLValue? { isEmpty ? nil : self }

  /// A list of short values on one line; `nil` for none.
  static func shortList(_ items: some Sequence<YAMLValue>) -> YAMLValue? {
    let items = Array(items)
    return items.isEmpty ? nil : .inline(.list(items))
  }
}
