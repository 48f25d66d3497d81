import Reports
import Selector
import Simulator

/// The flows that the session remembers, each with what became of it last.
struct WatchList: Sendable {
  struct Entry: Sendable {
    /// The flow as it was typed.
    var text: String
    var outcome: FlowOutcome
  }

  /// A flow whose verdict or deciding rule is not what it was.
  struct Difference: Sendable {
    var number: Int
    var text: String
    var before: FlowOutcome
    var after: FlowOutcome
  }

  private(set) var entries: [Entry] = []
  private var texts: Set<ByteString> = []

  var isEmpty: Bool { entries.isEmpty }

  /// Adds a flow; whether it was not there yet.
  mutating func add(_ text: String, _ judge: inout Judge) -> Bool {
    guard texts.insert(ByteString(text)).inserted else { return false }
    entries.append(Entry(text: text, outcome: FlowOutcome(text, &judge)))
    return true
  }

  mutating func remove(at index: Int) {
    texts.remove(ByteString(entries[index].text))
    entries.remove(at: index)
  }

  mutating func removeAll() { (entries, texts) = ([], []) }

  /// Judges all flows anew and tells what changed.
  mutating func update(_ judge: inout Judge) -> [Difference] {
    var differences: [Difference] = []
    for index in entries.indices {
      let (text, before) = (entries[index].text, entries[index].outcome)
      let after = FlowOutcome(text, &judge)
      if before != after { differences.append(Difference(number: index + 1, text: text, before: before, after: after)) }
      // The labels of an equal outcome may name other lines now.
      entries[index].outcome = after
    }
    return differences
  }

  /// What differs between two worlds.
  func differences(_ before: inout Judge, _ after: inout Judge) -> [Difference] {
    var differences: [Difference] = []
    for (index, entry) in entries.enumerated() {
      let outcomes = (FlowOutcome(entry.text, &before), FlowOutcome(entry.text, &after))
      guard outcomes.0 != outcomes.1 else { continue }
      differences.append(
        Difference(number: index + 1, text: entry.text, before: outcomes.0, after: outcomes.1))
    }
    return differences
  }
}

extension WatchList.Difference {
  /// Three lines: the flow, what it was, what it is.
  func lines(_ style: Style) -> [String] {
    // Where one of them has to speak of the reply, or of the stage, both do.
    let showsReply = before.hasReplyToTell || after.hasReplyToTell
    let showsStage = before.stage != after.stage
    return [
      "  \(style.warning("changed")) \(number): \(Style.visible(text))",
      "    was  \(before.text(style, showsReply: showsReply, showsStage: showsStage))",
      "    now  \(after.text(style, showsReply: showsReply, showsStage: showsStage))",
    ]
  }
}
