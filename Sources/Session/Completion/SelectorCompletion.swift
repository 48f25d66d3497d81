import Selector
import Simulator

/// What may come next in a selector: a label key, an operator, one of the key's values, or what joins terms.
struct SelectorCompletion {
  private let session: Session
  private let bytes: [UInt8]
  private let start: Int
  /// What may follow the whole selector.
  private let endings: [String]

  /// - Parameter start: where in the bytes, which end at the cursor, the selector begins.
  init(session: Session, bytes: [UInt8], start: Int, endings: [String]) {
    self.session = session
    self.endings = endings
    self.bytes = bytes
    // A selector may stand in quotes; a quote of the selector's own never comes first.
    self.start = start < bytes.count && Arguments.isQuote(bytes[start]) ? start + 1 : start
  }

  /// What the pieces before the cursor leave open.
  private enum Expected {
    case term
    case operation
    case value(key: ByteString)
    case member(key: ByteString)
    case keyInCall
    case joint
  }

  /// `nil` where nothing of a selector can follow, so that something else may.
  func run() -> Completion? {
    var expected = Expected.term
    var key = ByteString("")
    var position = start
    while true {
      while position < bytes.count, Arguments.isBlank(bytes[position]) { position += 1 }
      let from = position
      guard position < bytes.count else { return complete(expected, from..<from) }
      let byte = bytes[position]
      if Arguments.isQuote(byte) {
        guard let end = bytes[(position + 1)...].firstIndex(of: byte) else { return complete(expected, from..<bytes.count) }
        position = end + 1
        if case .member = expected { continue }
        expected = .joint
      } else if isLabelByte(byte) {
        position = bytes[from...].firstIndex { !isLabelByte($0) } ?? bytes.count
        guard position < bytes.count else { return complete(expected, from..<position) }
        read(word: ByteString(bytes[from..<position]), &expected, &key)
      } else {
        position += 1
        read(sign: byte, &expected, key)
      }
    }
  }

  private func isLabelByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || "-_./".utf8.contains(byte)
  }

  private func read(word: ByteString, _ expected: inout Expected, _ key: inout ByteString) {
    switch expected {
    case .term where word == "has" || word == "all" || word == "global": expected = .keyInCall
    case .term, .keyInCall:
      key = word
      if case .term = expected { expected = .operation }
    case .operation where word == "in": expected = .member(key: key)
    default: break
    }
  }

  private func read(sign: UInt8, _ expected: inout Expected, _ key: ByteString) {
    switch sign {
    case UInt8(ascii: "="):
      if case .operation = expected { expected = .value(key: key) }
    case UInt8(ascii: "!"):
      if case .operation = expected { expected = .value(key: key) }
    case UInt8(ascii: "&"), UInt8(ascii: "|"): expected = .term
    case UInt8(ascii: ")"), UInt8(ascii: "}"): expected = .joint
    default: break
    }
  }

  private func complete(_ expected: Expected, _ range: Range<Int>) -> Completion? {
    let typed = bytes[range]
    let candidates: [Completion.Candidate]
    switch expected {
    case .term:
      candidates =
        keys(typed) + [
          Completion.Candidate("has(", note: "has a label", endsWord: false), Completion.Candidate("all()", note: "everything"),
        ]
    case .keyInCall: candidates = keys(typed).map { Completion.Candidate($0.text + ")", note: $0.note) }
    case .operation: candidates = ["==", "!=", "in {", "not in {"].map { Completion.Candidate($0, note: "operator") }
    case .value(let key): candidates = values(of: key, typed)
    case .member(let key):
      candidates = values(of: key, typed) + (typed.isEmpty ? [Completion.Candidate("{", endsWord: false)] : [])
    case .joint:
      candidates = ["&&", "||"].map { Completion.Candidate($0, note: "operator") } + endings.map { Completion.Candidate($0) }
    }
    return Completion(range: range, sorting: candidates.filter { $0.text.utf8.starts(with: typed) })
  }

  private func keys(_ typed: ArraySlice<UInt8>) -> [Completion.Candidate] {
    session.vocabulary.values.keys.filter { $0.bytes.starts(with: typed) }.map { Completion.Candidate($0.text, note: "label") }
  }

  /// Values in the quotes that were begun, else in double quotes, or in single ones where the whole stands in double ones.
  private func values(of key: ByteString, _ typed: ArraySlice<UInt8>) -> [Completion.Candidate] {
    let outer = start > 0 && Arguments.isQuote(bytes[start - 1]) ? bytes[start - 1] : nil
    let quote = typed.first.map(Arguments.isQuote) == true ? typed[typed.startIndex] : outer == UInt8(ascii: "\"") ? 0x27 : 0x22
    let sign = String(UnicodeScalar(quote))
    return (session.vocabulary.values[key] ?? [:]).keys.filter { !$0.bytes.contains(quote) }.map { value in
      Completion.Candidate("\(sign)\(value.text)\(sign)", note: "value")
    }
  }
}
