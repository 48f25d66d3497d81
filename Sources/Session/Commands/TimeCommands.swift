import Manifests
import Reports
import Simulator

extension Command {
  static let undo = Command(
    "undo", forms: ["undo"], summary: "take the last step back",
    details: "Takes back the last change, however much it changed. Undo again goes further back; redo goes forward.",
    isJournalled: true, example: { _ in "undo" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      try arguments.expectEnd()
      guard let step = session.undo() else { throw .refused("there is nothing to undo", help: nil) }
      answer.say("undone: \(Style.visible(step.title))")
      session.apply(step.inverse, &answer)
    })

  static let redo = Command(
    "redo", forms: ["redo"], summary: "make the last undone step again",
    details: "Makes a step again that undo took back. A new change forgets what was undone.",
    isJournalled: true, example: { _ in "redo" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      try arguments.expectEnd()
      guard let step = session.redo() else { throw .refused("there is nothing to redo", help: nil) }
      answer.say("redone: \(Style.visible(step.title))")
      session.apply(step.changes, &answer)
    })

  static let checkpoint = Command(
    "checkpoint", forms: ["checkpoint NAME", "checkpoint"], summary: "give the present state a name",
    details: "back NAME returns to it, diff NAME compares the watched flows with it. Without a name it lists the checkpoints.",
    isJournalled: true, example: { _ in "checkpoint before" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      guard let word = arguments.take() else {
        answer.say(session.checkpoints.isEmpty ? ["no checkpoints"] : session.checkpoints.map { "  \(Style.visible($0.name))" })
        answer.changedNothing = true
        return
      }
      try arguments.expectEnd("a name with blanks goes in quotes")
      guard !["files", "now"].contains(word.text) else {
        throw .at(word.range, "\"\(word.text)\" is the name of a state that there always is", help: "choose another")
      }
      session.checkpoints.removeAll { Array($0.name.utf8) == Array(word.text.utf8) }
      session.checkpoints.append((word.text, session.now))
      answer.say("checkpoint \(Style.visible(word.text))")
    })

  static let back = Command(
    "back", forms: ["back NAME"], summary: "return to a checkpoint",
    details: "Going back is a step like any other: undo returns to where you were.",
    isJournalled: true, slots: { $0.isEmpty ? [.checkpoint] : [] },
    example: { $0.checkpoints.first.map { "back \($0.name)" } ?? "back files" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let word = try arguments.take("a checkpoint", help: session.checkpointHelp)
      try arguments.expectEnd()
      try session.goTo(try session.snapshot(named: word), "back \(word.text)", &answer)
    })

  static let reset = Command(
    "reset", forms: ["reset"], summary: "return to what the files say",
    details:
      "Takes everything back that the session changed, as one step that undo takes back. Checkpoints and watched flows stay.",
    isJournalled: true, example: { _ in "reset" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      try arguments.expectEnd()
      try session.goTo(session.files, "reset", &answer)
    })
}

extension ResourceChange {
  fileprivate var verb: String { before == nil ? "added" : after == nil ? "removed" : "changed" }
}

extension Session {
  var checkpointHelp: String {
    let names = ["files"] + checkpoints.map(\.name)
    return "one of: \(names.joined(separator: ", ")); \"checkpoint NAME\" makes one"
  }

  /// `files`, `now` or a checkpoint.
  func snapshot(named word: Arguments.Word) throws(CommandFailure) -> Snapshot {
    switch word.text {
    case "files": return files
    case "now": return now
    default:
      if let found = checkpoints.first(where: { Array($0.name.utf8) == Array(word.text.utf8) }) { return found.snapshot }
      let close = closestName(to: word.text, among: checkpoints.map(\.name)).map { "did you mean \"\($0)\"? " } ?? ""
      throw .at(word.range, "there is no checkpoint \"\(word.text)\"", help: close + checkpointHelp)
    }
  }

  fileprivate mutating func goTo(_ target: Snapshot, _ title: String, _ answer: inout Answer) throws(CommandFailure) {
    let changes = now.catalog.changes(to: target.catalog)
    guard !changes.isEmpty else {
      answer.say("nothing differs")
      answer.changedNothing = true
      return
    }
    let what = changes.count == 1 ? changes[0].id.description : "\(changes.count) resources"
    answer.say(Style.visible("\(title): \(what) \(changes.count == 1 ? changes[0].verb : "changed")"))
    commit(changes, title, &answer)
  }
}
