import Selector
import Simulator

/// The labels that endpoints have, inherited ones and tags included: to tell what a mistyped one was meant to be.
struct LabelVocabulary {
  private let values: [ByteString: Set<ByteString>]

  /// - Complexity: linear in the labels of all endpoints.
  init(_ world: World) {
    var values: [ByteString: Set<ByteString>] = [:]
    for index in world.endpoints.indices {
      for label in world.labels.labels(of: index).sorted { values[label.key, default: []].insert(label.value) }
    }
    self.values = values
  }

  /// A selector that matches nothing, with the one key or value respelled that makes it match something; `nil` if no likely
  /// slip of the keyboard does.
  ///
  /// - Complexity: that of comparing each term's key and values with those in use.
  func respelling(of selector: Selector, in world: World) -> (selector: Selector, matching: Bitset)? {
    let expression = selector.expression
    for node in 0..<expression.count {
      for change in respellings(of: node, in: expression) {
        let range = expression.range(of: node)
        let bytes = selector.text.bytes
        let text = Array(bytes[..<range.lowerBound]) + change + Array(bytes[range.upperBound...])
        guard let respelled = try? Selector(ByteString(bytes: text)) else { continue }
        let matching = world.labels.endpoints(matching: respelled)
        if !matching.isEmpty { return (respelled, matching) }
      }
    }
    return nil
  }

  /// The term's text with its key, or one of its values, as endpoints have it.
  private func respellings(of node: Int, in expression: Expression) -> [[UInt8]] {
    let label = expression.label(of: node)
    guard !label.isEmpty else { return [] }
    let term = Array(expression.text.bytes[expression.range(of: node)])
    guard let known = values[label] else {
      guard let key = closestName(to: label.text, among: values.keys.sorted().map(\.text)) else { return [] }
      return [term.replacing(label.bytes, by: Array(key.utf8))]
    }
    let sorted = known.sorted().map(\.text)
    return expression.values(of: node).filter { !known.contains($0) }.compactMap { value in
      guard let close = closestName(to: value.text, among: sorted) else { return nil }
      for quote in [UInt8(ascii: "\""), UInt8(ascii: "'")] {
        let written = [quote] + value.bytes + [quote]
        if term.contains(written) { return term.replacing(written, by: [quote] + Array(close.utf8) + [quote]) }
      }
      return nil
    }
  }
}

extension [UInt8] {
  /// With the first occurrence of some bytes replaced.
  fileprivate func replacing(_ part: [UInt8], by other: [UInt8]) -> [UInt8] {
    guard let range = firstRange(of: part) else { return self }
    return Array(self[..<range.lowerBound]) + other + Array(self[range.upperBound...])
  }
}
