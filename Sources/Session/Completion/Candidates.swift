import Selector
import Simulator

/// What of the world may stand at a place of a command.
struct Candidates {
  let session: Session

  static let commands: [Completion.Candidate] = CommandTable.all.filter { $0.name != "flow" }.map { command in
    Completion.Candidate(command.name, note: "command")
  }
  static let protocols: [Completion.Candidate] = IPProtocol.named.map { Completion.Candidate($0.name, note: "a flow") }

  func of(_ slot: Slot, prefix: ArraySlice<UInt8>) -> [Completion.Candidate] {
    switch slot {
    case .endpoint: endpoints(prefix)
    case .policy: names(of: .policy, prefix)
    case .profile: names(of: .profile, prefix)
    case .host: session.now.world.nodes.compactMap { candidate($0, "host", prefix) }
    case .resource:
      endpoints(prefix)
        + ResourceKind.allCases.filter { ![.hostEndpoint, .workloadEndpoint].contains($0) }.flatMap { names(of: $0, prefix) }
    case .named(let kind): named(kind, prefix)
    case .kind: ResourceKind.allCases.map { Completion.Candidate($0.rawValue, note: "kind") }
    case .rule(let owner): rules(of: owner)
    case .label: labels(prefix)
    case .labelKey(let name): keys(of: name)
    case .checkpoint:
      (["files", "now"] + session.checkpoints.map(\.name)).compactMap { name in
        Self.quoted(name).map { Completion.Candidate($0, note: "checkpoint") }
      }
    case .watchedFlow:
      session.watches.entries.enumerated().map { Completion.Candidate("\($0 + 1)", note: $1.text) }
    case .command: Self.commands
    case .words(let words): words.map { Completion.Candidate($0) }
    case .flow, .selector, .file: []
    }
  }

  private func candidate(_ name: ByteString, _ note: String, _ prefix: ArraySlice<UInt8>) -> Completion.Candidate? {
    guard name.bytes.starts(with: prefix) else { return nil }
    return Self.quoted(name.text).map { Completion.Candidate($0, note: note) }
  }

  /// Short names, and full names once a `/` was typed: there are too many of both to show both.
  func endpoints(_ prefix: ArraySlice<UInt8>) -> [Completion.Candidate] {
    let isFull = prefix.contains(UInt8(ascii: "/"))
    return session.now.world.endpoints.compactMap { endpoint in
      let note = endpoint.isHost ? "host endpoint" : "workload"
      if let short = candidate(endpoint.shortName, note, prefix) { return short }
      if isFull { return candidate(endpoint.name, note, prefix) }
      guard !prefix.isEmpty, endpoint.node.bytes.starts(with: prefix) else { return nil }
      return candidate(endpoint.name, note, prefix)
    }
  }

  private func names(of kind: ResourceKind, _ prefix: ArraySlice<UInt8>) -> [Completion.Candidate] {
    session.now.catalog.ids.compactMap { $0.kind == kind ? candidate($0.name, kind.rawValue, prefix) : nil }
  }

  private func named(_ word: String, _ prefix: ArraySlice<UInt8>) -> [Completion.Candidate] {
    guard let kind = Session.kind(word) else { return [] }
    guard [.hostEndpoint, .workloadEndpoint].contains(kind) else { return names(of: kind, prefix) }
    return endpoints(prefix).filter { $0.note == (kind == .hostEndpoint ? "host endpoint" : "workload") }
  }

  private func rules(of owner: String) -> [Completion.Candidate] {
    session.resources(named: ByteString(owner), among: [.policy, .profile]).compactMap { session.now.catalog[$0] }.flatMap {
      resource in
      Direction.allCases.flatMap { direction in
        resource.rules(direction).enumerated().map { index, rule in
          Completion.Candidate("\(direction.rawValue)[\(index)]", note: rule.action.rawValue)
        }
      }
    }
  }

  /// `key=`, and once the key is there, its values.
  private func labels(_ prefix: ArraySlice<UInt8>) -> [Completion.Candidate] {
    guard let equals = prefix.firstIndex(of: UInt8(ascii: "=")) else {
      return session.vocabulary.values.keys.filter { $0.bytes.starts(with: prefix) }.map {
        Completion.Candidate("\($0.text)=", note: "label", endsWord: false)
      }
    }
    let key = ByteString(prefix[..<equals])
    return (session.vocabulary.values[key] ?? [:]).keys.compactMap { value in
      Self.quoted(value.text).map { Completion.Candidate("\(key.text)=\($0)", note: "value") }
    }
  }

  private func keys(of name: String) -> [Completion.Candidate] {
    session.resources(named: ByteString(name), among: [.hostEndpoint, .workloadEndpoint, .profile]).compactMap {
      session.now.catalog[$0]
    }.flatMap { resource in
      resource.labels.sorted.map { Completion.Candidate($0.key.text, note: $0.value.text) }
    }
  }

  /// A word with blanks goes in quotes.
  ///
  /// - Parameter quote: one that the word begins with already; kept unless the text has it itself.
  /// - Returns: `nil` for a text with both quotes, which no quotes can hold.
  static func quoted(_ text: String, with quote: UInt8? = nil) -> String? {
    let bytes = Array(text.utf8)
    let isPlain = !bytes.isEmpty && !bytes.contains(where: Arguments.isBlank) && bytes.first.map(Arguments.isQuote) == false
    if isPlain, quote == nil { return text }
    let (single, double) = (UInt8(ascii: "'"), UInt8(ascii: "\""))
    let choices = quote == double ? [double, single] : [single, double]
    guard let chosen = choices.first(where: { !bytes.contains($0) }) else { return nil }
    let mark = chosen == single ? "'" : "\""
    return mark + text + mark
  }
}
