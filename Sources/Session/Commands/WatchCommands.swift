import Reports
import Selector
import Simulator

extension Command {
  static let watch = Command(
    "watch", forms: ["watch FLOW [; FLOW]…", "watch"],
    summary: "remember flows, and be told when a change alters their fate",
    details: """
      After every change the session says which of the remembered flows have another verdict or deciding rule, from what to what.
      Without a flow it lists them.
      """,
    isJournalled: true, slots: { _ in [.flow] }, example: { $0.exampleFlow.map { "watch \($0)" } },
    run: { (session, arguments, answer) throws(CommandFailure) in
      guard !arguments.isEmpty else {
        answer.say(session.watchLines)
        answer.changedNothing = true
        return
      }
      // All are read before the first is remembered.
      let flows = arguments.takeFlows()
      for flow in flows { _ = try session.resolve(flow.text, at: flow.range.lowerBound) }
      for flow in flows {
        if session.watches.add(flow.text, &session.judge) {
          answer.say(session.watchLines(session.watches.entries.count - 1))
        } else {
          answer.say("watched already: \(Style.visible(flow.text))")
        }
      }
    })

  static let unwatch = Command(
    "unwatch", forms: ["unwatch NUMBER", "unwatch all"], summary: "forget a remembered flow",
    details: "Numbers are those that watch shows.", isJournalled: true,
    slots: { $0.isEmpty ? [.watchedFlow, .words(["all"])] : [] },
    example: { $0.watches.isEmpty ? nil : "unwatch 1" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let word = try arguments.take("the number of a watched flow", help: "\"watch\" lists them")
      try arguments.expectEnd()
      if word.text == "all" {
        session.watches.removeAll()
        return answer.say("no watched flows")
      }
      guard let number = Int(word.text), session.watches.entries.indices.contains(number - 1) else {
        throw .at(word.range, "there is no watched flow \"\(word.text)\"", help: "\"watch\" lists them by number")
      }
      answer.say("forgotten: \(Style.visible(session.watches.entries[number - 1].text))")
      session.watches.remove(at: number - 1)
    })

  static let diff = Command(
    "diff", forms: ["diff [FROM] [TO]"],
    summary: "compare all watched flows between two checkpoints",
    details: """
      FROM and TO are checkpoints, files (what was loaded) or now; left out, they are files and now. Both states are judged by the
      semantics that are in force.
      """,
    slots: { $0.count < 2 ? [.checkpoint] : [] }, example: { _ in "diff files now" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let from = arguments.take()
      let to = arguments.take()
      try arguments.expectEnd()
      let before = try from.map { word throws(CommandFailure) in try session.snapshot(named: word) } ?? session.files
      let after = try to.map { word throws(CommandFailure) in try session.snapshot(named: word) } ?? session.now
      guard !session.watches.isEmpty else {
        throw .refused("no flows are watched", help: "\"watch FLOW\" remembers one")
      }
      var judges = (
        Judge(world: before.world, semantics: session.semantics), Judge(world: after.world, semantics: session.semantics)
      )
      let differences = session.watches.differences(&judges.0, &judges.1)
      let count = session.watches.entries.count
      answer.say(
        "\(differences.count) of \(count) watched flow\(count == 1 ? "" : "s") differ\(differences.count == 1 ? "s" : "") from \(Style.visible(from?.text ?? "files")) to \(Style.visible(to?.text ?? "now"))"
      )
      answer.say(differences.flatMap { $0.lines(session.style) })
    })
}

extension Arguments {
  /// What is left, cut at `;`.
  mutating func takeFlows() -> [Word] {
    guard let rest = takeRest() else { return [] }
    var flows: [Word] = []
    var start = rest.range.lowerBound
    for piece in rest.text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      let blank = piece.prefix { Self.isBlank($0) }.count
      let text = piece.dropFirst(blank)
      let trimmed = text.reversed().drop { Self.isBlank($0) }.reversed()
      if !trimmed.isEmpty {
        let from = start + blank
        flows.append(Word(text: String(decoding: Array(trimmed), as: UTF8.self), range: from..<(from + trimmed.count)))
      }
      start += piece.count + 1
    }
    return flows
  }
}

extension Session {
  var watchLines: [String] {
    watches.isEmpty ? ["no watched flows; \"watch FLOW\" remembers one"] : watches.entries.indices.flatMap(watchLines)
  }

  /// A watched flow and what becomes of it.
  func watchLines(_ index: Int) -> [String] {
    let entry = watches.entries[index]
    return ["  \(index + 1): \(Style.visible(entry.text))", "     \(entry.outcome.text(style))"]
  }
}
