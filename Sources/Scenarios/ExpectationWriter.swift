import Manifests
import Selector
import Simulator

/// A part of a text, and what is to stand there.
struct ExpectationEdit {
  var range: Range<Int>
  var text: String

  /// - Precondition: no two of them overlap.
  static func apply(_ edits: [ExpectationEdit], to text: [UInt8]) -> [UInt8] {
    var result = text
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      result.replaceSubrange(edit.range, with: Array(edit.text.utf8))
    }
    return result
  }
}

/// Writes expectations where others stand, in the way in which those are written.
struct ExpectationWriter {
  let text: [UInt8]
  let isJSON: Bool

  /// Values that differ are replaced where they stand, and fields that go are taken out with their lines; where that cannot be
  /// done, the whole expectation is written anew.
  func edits(_ expected: Expectation, _ updated: Expectation, _ place: ExpectationPlace) -> [ExpectationEdit] {
    // What an alias or a merge stands for is shared.
    let isShared = text[place.whole].first == UInt8(ascii: "*") || place.fields.values.contains { !place.whole.contains($0) }
    if !place.fields.isEmpty, !isShared, let edits = fieldEdits(expected, updated, place) { return edits }
    let isQuoted = isJSON || isQuoted(place.whole) && updated == Expectation(updated.verdict)
    return [ExpectationEdit(range: trimmed(place.whole), text: encodeExpectation(updated, asJSON: isQuoted))]
  }

  /// `nil` where a field comes, or goes from a line that holds more.
  private func fieldEdits(
    _ expected: Expectation, _ updated: Expectation, _ place: ExpectationPlace
  ) -> [ExpectationEdit]? {
    var edits: [ExpectationEdit] = []
    for (before, after) in zip(expected.fields, updated.fields) where before.value != after.value {
      guard before.value != nil, let range = place.fields[before.name] else { return nil }
      if let value = after.value {
        edits.append(ExpectationEdit(range: trimmed(range), text: value.text(asJSON: isJSON || isQuoted(range))))
      } else {
        guard let line = lineAlone(with: range, of: before.name) else { return nil }
        edits.append(ExpectationEdit(range: line, text: ""))
      }
    }
    return edits
  }

  /// Without the line ends that belong to a text in lines of its own.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let blanks = " \t\r\n".utf8
    return range.lowerBound..<(text[range].lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? range.upperBound)
  }

  private func isQuoted(_ range: Range<Int>) -> Bool { text[range].first == UInt8(ascii: "\"") }

  /// The line of a field on which nothing but it stands, and at most a comment.
  private func lineAlone(with value: Range<Int>, of name: String) -> Range<Int>? {
    let newline = UInt8(ascii: "\n")
    guard !text[value].contains(newline) else { return nil }
    let start = text[..<value.lowerBound].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = text[value.upperBound...].firstIndex(of: newline) ?? text.endIndex
    let head = String(decoding: text[start..<value.lowerBound], as: UTF8.self).filter { $0 != " " && $0 != "\t" }
    let tail = text[value.upperBound..<end].drop {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
    }
    guard head == "\(name):", tail.isEmpty || tail.first == UInt8(ascii: "#") else { return nil }
    return end < text.endIndex ? start..<(end + 1) : max(0, start - 1)..<end
  }

  /// Does an anchor stand in a part of the text? A `&` within a word or a text is taken for one as well.
  func hasAnchor(_ range: Range<Int>) -> Bool { text[range].contains(UInt8(ascii: "&")) }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool { lowerBound <= other.lowerBound && other.upperBound <= upperBound }
}

/// A field of an expectation.
private struct ExpectationField {
  enum Value: Equatable {
    case text(ByteString)
    case reply(Expectation.Reply)

    func text(asJSON: Bool) -> String {
      switch self {
      case .text(let text): encodeScalar(text, asJSON: asJSON)
      case .reply(let reply): encodeReply(reply, asJSON: asJSON)
      }
    }
  }

  var name: String
  /// `nil` where it is not given.
  var value: Value?

  init(_ name: String, _ text: ByteString?) {
    self.name = name
    value = text.map { .text($0) }
  }

  init(_ name: String, _ reply: Expectation.Reply?) {
    self.name = name
    value = reply.map { .reply($0) }
  }
}

extension Expectation {
  /// The fields in the order in which they are written.
  fileprivate var fields: [ExpectationField] {
    [
      ExpectationField("verdict", ByteString(verdict.rawValue)),
      ExpectationField("by", packet.decision.kind == nil ? nil : ByteString(packet.decision.text)),
      ExpectationField("stage", (packet.decision.stage?.rawValue).map { ByteString($0) }),
      ExpectationField("endpoint", packet.decision.endpoint),
      ExpectationField("path", (path?.rawValue).map { ByteString($0) }),
      ExpectationField("out", exit),
      ExpectationField("reply", reply),
    ]
  }
}
