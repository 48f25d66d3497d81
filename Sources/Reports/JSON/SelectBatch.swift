package import Selector
import Simulator

/// Answers lines of `select --batch` (DESIGN, JSON contracts).
package struct SelectBatch {
  private let generation: SelectorGeneration

  package init(generation: SelectorGeneration) {
    self.generation = generation
  }

  /// Answers one line, newline included.
  ///
  /// - Returns: could the line be read? An invalid selector is an answer; a line that is not what it should be is none.
  package func answer(_ bytes: [UInt8], _ range: Range<Int>, into json: inout JSONWriter) -> Bool {
    var id: [UInt8]?
    var text: ByteString?
    var labels: [LabelSet] = []
    var failure: (message: String, column: Int)?
    do throws(JSONError) {
      try read(bytes, range, &id, &text, &labels)
      if text == nil { failure = ("\"selector\" is missing", 1) }
    } catch {
      failure = (error.message, error.offset + 1)
      if id == nil { id = JSONCursor(bytes, range).identity().map { Array(bytes[$0]) } }
    }
    json.object { json in
      if let id {
        json.key("id")
        json.raw(id)
      }
      if let failure {
        Self.write(failure.message, column: failure.column, to: &json)
      } else if let text {
        answer(text, labels, into: &json)
      }
    }
    json.newline()
    return failure == nil
  }

  /// Answers a line that could not even be read.
  package func refuse(_ message: String, into json: inout JSONWriter) {
    json.object { json in Self.write(message, column: 1, to: &json) }
    json.newline()
  }

  private func answer(_ text: ByteString, _ labels: [LabelSet], into json: inout JSONWriter) {
    do throws(SelectorError) {
      let selector = try Selector(text, generation: generation)
      json.key("valid")
      json.bool(true)
      json.field("canonical", selector.canonical)
      json.field("uid", selector.id)
      json.key("matches")
      json.array { json in
        for set in labels { json.bool(selector.matches(set)) }
      }
    } catch {
      Self.write(error.message, column: error.range.lowerBound + 1, to: &json)
    }
  }

  private static func write(_ message: String, column: Int, to json: inout JSONWriter) {
    json.key("valid")
    json.bool(false)
    json.field("error", message)
    json.field("column", column)
  }

  private func read(
    _ bytes: [UInt8], _ range: Range<Int>, _ id: inout [UInt8]?, _ text: inout ByteString?, _ labels: inout [LabelSet]
  ) throws(JSONError) {
    var cursor = JSONCursor(bytes, range)
    try cursor.readObject { (cursor, key) throws(JSONError) in
      if cursor.equals(key, "id") {
        id = cursor.copy(try cursor.skipValue())
      } else if try cursor.takeNull() {
        return
      } else if cursor.equals(key, "selector") {
        let token = try cursor.readString()
        text = ByteString(bytes: cursor.unescape(token))
      } else if cursor.equals(key, "labels") {
        try cursor.readArray { (cursor) throws(JSONError) in labels.append(try Self.labelSet(&cursor)) }
      } else {
        try cursor.skipValue()
      }
    }
    try cursor.expectEnd()
  }

  private static func labelSet(_ cursor: inout JSONCursor) throws(JSONError) -> LabelSet {
    var labels = LabelSet()
    try cursor.readObject { (cursor, key) throws(JSONError) in
      let name = ByteString(bytes: cursor.unescape(key))
      let token = try cursor.readString()
      labels[name] = ByteString(bytes: cursor.unescape(token))
    }
    return labels
  }
}
