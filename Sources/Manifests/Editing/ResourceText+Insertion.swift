import Selector
import Simulator

/// Adding items to lists and entries to mappings, in the layout that is there.
extension ResourceText {
  // MARK: Items

  /// A rule before the one that has this number now, or after the last, in the style of the one beside it.
  func insertItem(_ rule: Rule, in list: NodeID, at index: Int) throws(EditRefusal) -> TextEdit {
    let items = document.children(list)
    guard index <= items.count else { throw .notFound }
    if isFlow(list) {
      let isJSON = items.first.map(isJSON) ?? isJSON(root)
      return insertFlowItem(Self.flow(rule.yaml, isJSON: isJSON), among: items, of: list, at: index)
    }
    let neighbour = items[min(index, items.count - 1)]
    let dash = column(document.range(list).lowerBound)
    let content = isFlow(neighbour) ? Array("- ".utf8) + Self.flow(rule.yaml, isJSON: isJSON(neighbour)) : block(rule)
    return insertLines(
      indented(content, by: dash), at: try index < items.count ? start(of: index, in: list) : end(of: items.count - 1, in: list)
    )
  }

  func insertFlowItem(_ text: [UInt8], among items: [NodeID], of list: NodeID, at index: Int) -> TextEdit {
    if index < items.count {
      let place = document.range(items[index]).lowerBound
      return TextEdit(place..<place, text + Array(", ".utf8))
    }
    guard let last = items.last else {
      // Between the brackets of an empty list; an anchor may stand before them.
      let close = document.range(list).upperBound - 1
      return TextEdit(close..<close, text)
    }
    let place = document.range(last).upperBound
    return TextEdit(place..<place, Array(", ".utf8) + text)
  }

  /// Where a line goes that is to stand before an item: comments right above it are its own.
  func start(of index: Int, in list: NodeID) throws(EditRefusal) -> Int {
    let items = document.children(list)
    let dash = try self.dash(of: index, in: list)
    let lowest = index > 0 ? try end(of: index - 1, in: list) : 0
    var start = lineStart(dash)
    while start > lowest {
      let above = lineStart(start - 1)
      let (indent, isComment) = indent(ofLine: above)
      guard above >= lowest, isComment, indent <= column(dash) else { break }
      start = above
    }
    guard bytes[lineStart(dash)..<dash].allSatisfy({ $0 == 0x20 }), !items.isEmpty else {
      throw .layout("the list begins in the midst of a line")
    }
    return start
  }

  /// Where a line goes that is to stand behind an item: comments below it that are indented further are its own.
  func end(of index: Int, in list: NodeID) throws(EditRefusal) -> Int {
    let column = column(document.range(list).lowerBound)
    return lineAfter(document.children(list)[index], indentedBeyond: column)
  }

  /// The dash of an item of a block list.
  private func dash(of index: Int, in list: NodeID) throws(EditRefusal) -> Int {
    let first = document.range(list).lowerBound
    // An anchor of the list itself stands before its first dash.
    guard bytes[first] == UInt8(ascii: "-") else { throw .layout("the list has an anchor or a tag") }
    if index == 0 { return first }
    var line = lineAfter(document.children(list)[index - 1], indentedBeyond: .max)
    while line < document.range(document.children(list)[index]).lowerBound {
      let place = line + column(first)
      if place < bytes.count, bytes[place] == UInt8(ascii: "-"), bytes[line..<place].allSatisfy({ $0 == 0x20 }) { return place }
      line = (ByteSearch.newline(in: bytes, from: line) ?? bytes.count) + 1
    }
    throw .layout("an item does not begin on a line of its own")
  }

  /// The beginning of the line after a node of block style, behind comments that are indented further than a column.
  func lineAfter(_ id: NodeID, indentedBeyond column: Int) -> Int {
    var place = document.range(id).upperBound
    if place == 0 || bytes[place - 1] != 0x0a {
      place = ByteSearch.newline(in: bytes, from: place).map { $0 + 1 } ?? bytes.count
    }
    while place < bytes.count {
      let (indent, isComment) = indent(ofLine: place)
      guard isComment, indent > column else { break }
      place = ByteSearch.newline(in: bytes, from: place).map { $0 + 1 } ?? bytes.count
    }
    return place
  }

  // MARK: Entries

  /// An entry behind another of its mapping.
  func insertEntry(_ key: String, _ value: YAMLValue, after entry: Entry, in mapping: NodeID) -> TextEdit {
    if isFlow(mapping) {
      let place = document.range(entry.value).upperBound
      let text = Self.flow(.mapping([.init(key: ByteString(key), value: value)]), isJSON: isJSON(mapping))
      // Without its braces.
      return TextEdit(place..<place, Array(", ".utf8) + text.dropFirst().dropLast())
    }
    let column = column(document.range(entry.key).lowerBound)
    let text = yamlText(.mapping([.init(key: ByteString(key), value: value)]))
    return insertLines(indented(Array(text.utf8.dropLast()), by: column), at: lineAfter(entry.value, indentedBeyond: column))
  }

  /// The last entry of a mapping.
  func lastEntry(of mapping: NodeID) throws(EditRefusal) -> Entry {
    let children = document.children(mapping)
    guard children.count >= 2 else { throw .notFound }
    return Entry(key: children[children.count - 2], value: children[children.count - 1])
  }

  // MARK: Text

  static func flow(_ value: YAMLValue, isJSON: Bool) -> [UInt8] {
    isJSON ? value.json : YAMLWriter().flow(value, nested: true)
  }

  /// A rule as an item of a block list, its last line not ended.
  func block(_ rule: Rule) -> [UInt8] { Array(encodeRule(rule).utf8.dropLast()) }

  /// Lines behind blanks, each with the file's line end but the last.
  func indented(_ text: [UInt8], by column: Int) -> [UInt8] {
    let blanks = [UInt8](repeating: 0x20, count: column)
    return Array(text.split(separator: 0x0a, omittingEmptySubsequences: false).map { blanks + $0 }.joined(separator: newline))
  }

  /// Lines at the beginning of a line, or at an end of the text that is not a line's.
  func insertLines(_ text: [UInt8], at place: Int) -> TextEdit {
    let isAtLineStart = place == 0 || bytes[place - 1] == 0x0a
    return TextEdit(place..<place, isAtLineStart ? text + newline : newline + text)
  }
}
