import Session

/// A piece of a session in a text: inputs behind the prompt, each with its answer.
///
///     gatewalk> tcp 203.0.113.9 -> 10.0.0.1:22 in eth0
///     ALLOW  tcp 203.0.113.9:49152 -> 10.0.0.1:22  in eth0 on my-host
///     …
///
/// A line that is `…` stands for lines left out.
package struct Transcript: Sendable {
  package struct Exchange: Sendable {
    package var input: String
    package var answer: [String]
    /// Number of the input's line in the text.
    package var line: Int
  }

  static let prompt = "gatewalk> "
  static let continued = "...> "
  static let omission = "…"

  package private(set) var lines: [String]
  package private(set) var exchanges: [Exchange] = []
  /// Number of the first line in the text, from 1.
  package let line: Int

  init(_ lines: [String], line: Int) {
    self.lines = lines
    self.line = line
    var isTyping = false
    for (index, text) in lines.enumerated() {
      if text.utf8.starts(with: Self.prompt.utf8) {
        exchanges.append(Exchange(input: String(text.dropFirst(Self.prompt.count)), answer: [], line: line + index))
        isTyping = true
      } else if isTyping, text.utf8.starts(with: Self.continued.dropLast().utf8), !exchanges.isEmpty {
        exchanges[exchanges.count - 1].input += "\n" + text.dropFirst(Self.continued.count)
      } else if !exchanges.isEmpty {
        exchanges[exchanges.count - 1].answer.append(text)
        isTyping = false
      }
    }
  }

  /// Is this what was answered, where lines may be left out?
  static func matches(_ shown: [String], _ answered: [String]) -> Bool {
    var rest = answered[...]
    var maySkip = false
    for piece in shown.split(separator: omission, omittingEmptySubsequences: false) {
      guard let found = place(of: Array(piece), in: rest, anywhere: maySkip) else { return false }
      rest = rest[(found + piece.count)...]
      maySkip = true
    }
    return rest.isEmpty || shown.last == omission
  }

  private static func place(of piece: [String], in rest: ArraySlice<String>, anywhere: Bool) -> Int? {
    let starts = anywhere ? Array(rest.startIndex...rest.endIndex) : [rest.startIndex]
    return starts.first { start in
      rest[start...].count >= piece.count && zip(rest[start...], piece).allSatisfy { Array($0.utf8) == Array($1.utf8) }
    }
  }
}
