import Selector
import Simulator

extension ResourceText {
  /// What to change in the text.
  ///
  /// - Parameter resource: what the text means as it is.
  func edits(for change: ManifestChange, of resource: Resource) throws(EditRefusal) -> [TextEdit] {
    switch change.kind {
    case .insertRule(let rule, let direction, at: let index): try insert(rule, direction, at: index)
    case .splitByProtocol(let direction, let index): try split(direction, index, change.applied(to: resource))
    case .replaceNets(let direction, let index): try replaceNets(try rule(direction, index))
    case .replaceTag(let direction, let index, let end, let isNegated):
      try replaceTag(try collection(end.rawValue, in: try rule(direction, index)), isNegated)
    }
  }

  // MARK: A further rule

  private func insert(_ rule: Rule, _ direction: Direction, at index: Int) throws(EditRefusal) -> [TextEdit] {
    let spec = try collection("spec", in: root)
    guard let entry = try entry(direction.rawValue, in: spec) else {
      guard index == 0 else { throw .notFound }
      let value = isFlow(spec) ? YAMLValue.list([.inline(rule.yaml)]) : .list([rule.yaml])
      return [insertEntry(direction.rawValue, value, after: try lastEntry(of: spec), in: spec)]
    }
    if isNull(entry.value) {
      throw .layout("\"\(direction.rawValue)\" stands there without a list")
    }
    try checkOwn(entry.value)
    return [try insertItem(rule, in: entry.value, at: index)]
  }

  // MARK: TCP and UDP

  /// The rule itself gets `protocol: tcp`; behind it comes a copy with `protocol: udp`.
  private func split(_ direction: Direction, _ index: Int, _ after: Resource?) throws(EditRefusal) -> [TextEdit] {
    let list = try rules(direction)
    let rule = try rule(direction, index)
    guard let meaning = after?.rules(direction), meaning.indices.contains(index + 1) else { throw .notFound }
    guard try entry("protocol", in: rule) == nil else { throw .layout("\"protocol\" stands there without a value") }
    let place = try entryBeforeProtocol(of: rule)
    let first = insertEntry("protocol", .literal("tcp"), after: place, in: rule)
    let second = insertEntry("protocol", .literal("udp"), after: place, in: rule)
    let text = document.range(rule)
    // A comment or an anchor is not to stand there twice.
    let isCopied = !bytes[text].contains { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "&") }
    if isFlow(list) {
      let copy = isCopied ? copy(rule, with: second) : Self.flow(meaning[index + 1].yaml, isJSON: isJSON(rule))
      return [first, TextEdit(text.upperBound..<text.upperBound, Array(", ".utf8) + copy)]
    }
    let dash = column(document.range(list).lowerBound)
    let column = column(text.lowerBound)
    let isBesideDash =
      column > dash + 1
      && bytes[lineStart(text.lowerBound)..<text.lowerBound].allSatisfy { $0 == 0x20 || $0 == UInt8(ascii: "-") }
    let item: [UInt8]
    if isCopied, isBesideDash {
      let blanks = { (count: Int) in [UInt8](repeating: 0x20, count: count) }
      item = blanks(dash) + [UInt8(ascii: "-")] + blanks(column - dash - 1) + copy(rule, with: second)
    } else {
      let flow = Array("- ".utf8) + Self.flow(meaning[index + 1].yaml, isJSON: isJSON(rule))
      item = indented(isFlow(rule) ? flow : block(meaning[index + 1]), by: dash)
    }
    return [first, insertLines(item, at: try end(of: index, in: list))]
  }

  /// The action, which a protocol reads well behind, or the last entry where it comes by a merge.
  private func entryBeforeProtocol(of rule: NodeID) throws(EditRefusal) -> Entry {
    do throws(EditRefusal) {
      if let action = try entry("action", in: rule) { return action }
    } catch  where error == .merged {
      return try lastEntry(of: rule)
    }
    throw .notFound
  }

  /// The text of a rule with one change, without blanks and line ends behind it.
  private func copy(_ rule: NodeID, with edit: TextEdit) -> [UInt8] {
    let whole = document.range(rule)
    var text: [UInt8] = Array(bytes[whole.lowerBound..<min(edit.range.lowerBound, whole.upperBound)])
    if edit.range.lowerBound > whole.upperBound, text.last != 0x0a {
      // Behind the last line of the rule.
      text += newline
    }
    text += edit.replacement
    if edit.range.upperBound < whole.upperBound { text += bytes[edit.range.upperBound..<whole.upperBound] }
    while let last = text.last, last == 0x0a || last == 0x0d || last == 0x20 { text.removeLast() }
    return text
  }

  // MARK: Fields that are deprecated

  private func replaceNets(_ rule: NodeID) throws(EditRefusal) -> [TextEdit] {
    var edits: [TextEdit] = []
    for end in ["source", "destination"] {
      guard let entity = try entry(end, in: rule), !isNull(entity.value) else { continue }
      for (old, new) in [("net", "nets"), ("notNet", "notNets")] {
        try replaceNet(old, new, in: entity.value, &edits)
      }
    }
    guard !edits.isEmpty else { throw .notFound }
    return edits
  }

  private func replaceNet(_ old: String, _ new: String, in entity: NodeID, _ edits: inout [TextEdit]) throws(EditRefusal) {
    guard let entry = try ownOrAliased(old, in: entity), !isNull(entry.value) else { return }
    guard try self.entry(new, in: entity) == nil else { throw .layout("\"\(new)\" stands there, too") }
    edits.append(try rename(entry.key, old, to: new))
    let node = document.nodes[Int(entry.value.index)]
    let range = document.range(entry.value)
    guard node.style != .block else { throw .layout("the network is a text of several lines") }
    // Between brackets a colon needs quotes.
    let quote: [UInt8] =
      node.kind == .scalar && node.style == .plain && bytes[range].contains(UInt8(ascii: ":")) ? [UInt8(ascii: "\"")] : []
    if !quote.isEmpty, bytes[range].contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "!") }) {
      throw .layout("the network has an anchor or a tag")
    }
    edits.append(TextEdit(range.lowerBound..<range.lowerBound, [UInt8(ascii: "[")] + quote))
    edits.append(TextEdit(range.upperBound..<range.upperBound, quote + [UInt8(ascii: "]")]))
  }

  /// An entry of a mapping which must be this resource's own only if it is there: the other end of a rule may be an alias.
  private func ownOrAliased(_ name: String, in mapping: NodeID) throws(EditRefusal) -> Entry? {
    let children = document.children(mapping)
    let names = stride(from: 0, to: children.count - 1, by: 2).map { children[$0] }
    let isThere = names.contains { key in
      document.node(key).kind == .scalar
        && (ResourceReader.isSame(document.scalarBytes(key), name.utf8)
          || document.scalarBytes(key).elementsEqual("<<".utf8))
    }
    return isThere ? try entry(name, in: mapping) : nil
  }

  private func replaceTag(_ entity: NodeID, _ isNegated: Bool) throws(EditRefusal) -> [TextEdit] {
    let (old, new) = isNegated ? ("notTag", "notSelector") : ("tag", "selector")
    guard let entry = try entry(old, in: entity) else { throw .notFound }
    guard try self.entry(new, in: entity) == nil else { throw .layout("\"\(new)\" stands there, too") }
    try checkOwn(entry.value)
    guard document.node(entry.value).style != .block else { throw .layout("the tag is a text of several lines") }
    let selector = Selector.has(ByteString(document.scalarBytes(entry.value))).text
    let text = isJSON(entity) ? YAMLValue.text(selector).json : ScalarText.text(selector, inFlow: isFlow(entity))
    return [try rename(entry.key, old, to: new), TextEdit(document.range(entry.value), text)]
  }

  /// Another name for a key, in the quotes that it has.
  private func rename(_ key: NodeID, _ old: String, to new: String) throws(EditRefusal) -> TextEdit {
    let range = document.range(key)
    let quotes = document.node(key).style == .plain ? 0 : 1
    guard document.nodes[Int(key.index)].kind == .scalar, range.count == old.utf8.count + 2 * quotes else {
      throw .layout("the key \"\(old)\" has an anchor, a tag or escapes")
    }
    return TextEdit(range.lowerBound + quotes..<range.upperBound - quotes, Array(new.utf8))
  }
}

extension Resource {
  /// The rules of a direction; none where there are no rules.
  fileprivate func rules(_ direction: Direction) -> [Rule] {
    switch self {
    case .policy(let policy): policy.rules(direction)
    case .profile(let profile): direction == .ingress ? profile.ingress : profile.egress
    default: []
    }
  }
}
