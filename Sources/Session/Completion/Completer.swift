import Selector
import Simulator

/// Finds what may stand at the cursor: which command it is about, which part of it, and what of the world fits there.
struct Completer {
  let session: Session
  let bytes: [UInt8]
  /// The word under the cursor, up to the cursor; empty after a blank. With a quote that is not closed, it begins there.
  let word: Range<Int>
  private let words: [Arguments.Word]

  init(_ session: Session, _ line: [UInt8], cursor: Int) {
    self.session = session
    bytes = Array(line[..<min(cursor, line.count)])
    let all = Arguments(bytes).words
    if let open = all.firstIndex(where: { [bytes] in Self.isOpen($0, in: bytes) }) {
      word = all[open].range.lowerBound..<bytes.count
      words = Array(all[..<open])
    } else if let last = all.last, last.range.upperBound == bytes.count {
      word = last.range
      words = all.dropLast()
    } else {
      word = bytes.count..<bytes.count
      words = all
    }
  }

  /// Has the word a quote that nothing closes? Blanks after it are of the word, too, though `Arguments` ends it at the first.
  private static func isOpen(_ word: Arguments.Word, in bytes: [UInt8]) -> Bool {
    var position = word.range.lowerBound
    while position < word.range.upperBound {
      let begins = position == word.range.lowerBound || bytes[position - 1] == UInt8(ascii: "=")
      if begins, Arguments.isQuote(bytes[position]) {
        guard let end = bytes[(position + 1)...].firstIndex(of: bytes[position]) else { return true }
        position = end
      }
      position += 1
    }
    return false
  }

  /// Names of files, whether or not the quote about what was typed is closed already.
  private func files() -> Completion {
    let quote = bytes[word].first.flatMap { Arguments.isQuote($0) ? $0 : nil }
    let whole = Arguments(Array(bytes[word])).words
    let isClosed = quote != nil && whole.count == 1 && whole.first?.text.utf8.first != quote
    let typed = isClosed ? Array(whole[0].text.utf8)[...] : prefix
    return FileCompletion(prefix: typed, range: word, quote: quote).run()
  }

  /// What was typed of the word, its opening quote left off.
  private var prefix: ArraySlice<UInt8> {
    let typed = bytes[word]
    return typed.first.map(Arguments.isQuote) == true ? typed.dropFirst() : typed
  }

  func run() -> Completion {
    guard !words.isEmpty else {
      return completion(Candidates.commands + Candidates.protocols)
    }
    guard let (command, rest) = command() else {
      return isFlow ? flow(from: 0) : Completion(range: word)
    }
    var candidates: [Completion.Candidate] = []
    // `why` may go on with `not`.
    if words.count == 1, command.name == "why" { candidates.append(Completion.Candidate("not", note: "what to change")) }
    let before = rest.map(\.text)
    for slot in command.slots(before) {
      switch slot {
      case .flow:
        let start = flowStart(rest)
        return flow(from: start, or: candidates)
      case .selector:
        let start = rest.first.map(\.range.lowerBound) ?? word.lowerBound
        let from = command.name == "set" ? selectorStart(rest) : start
        if let found = selector(from: from, endings: command.name == "explain" ? ["for"] : []) {
          return found.range == word ? found.with(candidates, after: prefix) : found
        }
      case .file: return files()
      default: candidates += Candidates(session: session).of(slot, prefix: prefix)
      }
    }
    return completion(candidates)
  }

  /// The command that the words before begin with, and its own words.
  private func command() -> (Command, ArraySlice<Arguments.Word>)? {
    if words.count > 1, let both = CommandTable.command(named: "\(words[0].text) \(words[1].text)") {
      return (both, words.dropFirst(2))
    }
    return CommandTable.command(named: words[0].text).map { ($0, words.dropFirst()) }
  }

  private func completion(_ candidates: [Completion.Candidate]) -> Completion {
    let prefix = Array(prefix)
    return Completion(range: word, sorting: candidates.filter { $0.text.utf8.starts(with: prefix) })
  }

  // MARK: Flows

  private var isFlow: Bool {
    IPProtocol(name: words[0].text.lowercased()) != nil || UInt8(words[0].text) != nil || words.contains { $0.text == "->" }
  }

  /// Where the flow begins that is being typed: after an option, and after the last `;`.
  private func flowStart(_ rest: ArraySlice<Arguments.Word>) -> Int {
    let start = rest.first { !$0.text.hasPrefix("--") }?.range.lowerBound ?? word.lowerBound
    return bytes[start...].lastIndex(of: UInt8(ascii: ";")).map { $0 + 1 } ?? start
  }

  private func flow(from start: Int, or others: [Completion.Candidate] = []) -> Completion {
    let typed = words.filter { $0.range.lowerBound >= start }.map(\.text)
    return completion(FlowCompletion(session: session, prefix: Array(prefix)).candidates(after: typed) + others)
  }

  // MARK: Selectors

  /// The value of `set … selector` begins after three words.
  private func selectorStart(_ rest: ArraySlice<Arguments.Word>) -> Int {
    rest.count >= 4 ? rest[rest.startIndex + 3].range.lowerBound : word.lowerBound
  }

  private func selector(from start: Int, endings: [String]) -> Completion? {
    SelectorCompletion(session: session, bytes: bytes, start: min(start, bytes.count), endings: endings).run()
  }
}

extension Completion {
  /// The same with others that go on from what was typed.
  func with(_ others: [Candidate], after prefix: ArraySlice<UInt8>) -> Completion {
    let fitting = others.filter { $0.text.utf8.starts(with: prefix) }
    return fitting.isEmpty ? self : Completion(range: range, sorting: candidates + fitting)
  }

  /// Sorts the candidates, takes each once, and keeps as many as anybody reads.
  init(range: Range<Int>, sorting candidates: [Candidate]) {
    var kept: [Candidate] = []
    for candidate in candidates.sorted(by: { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) })
    where kept.last.map({ Array($0.text.utf8) != Array(candidate.text.utf8) }) ?? true {
      kept.append(candidate)
    }
    self.init(range: range, candidates: Array(kept.prefix(Self.limit)), more: max(0, kept.count - Self.limit))
  }
}

extension Session {
  /// What may stand at the cursor.
  ///
  /// - Parameter line: the whole input so far, lines before this one included.
  /// - Parameter cursor: bytes before the cursor.
  package func completion(of line: [UInt8], cursor: Int) -> Completion {
    Completer(self, line, cursor: cursor).run()
  }
}
