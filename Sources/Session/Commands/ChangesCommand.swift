import Manifests
import Reports
import Simulator

extension Command {
  static let changes = Command(
    "changes", forms: ["changes [NAME]", "changes steps"],
    summary: "what differs from the files, as a unified diff of the YAML",
    details:
      "NAME is a checkpoint to compare with instead of the files. changes steps lists what undo would take back, last first.",
    slots: { $0.isEmpty ? [.checkpoint, .words(["steps"])] : [] }, example: { _ in "changes" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let word = arguments.take()
      try arguments.expectEnd()
      if word?.text == "steps" { return answer.say(session.stepLines) }
      let origin = try word.map { word throws(CommandFailure) in try session.snapshot(named: word) } ?? session.files
      let changes = origin.catalog.changes(to: session.now.catalog)
      let from = Style.visible(word?.text ?? "the files")
      guard !changes.isEmpty else { return answer.say("nothing differs from \(from)") }
      answer.say(changes.flatMap { session.diffLines($0) })
    })
}

extension Session {
  fileprivate var stepLines: [String] {
    timeline.done.isEmpty
      ? ["no steps"]
      : timeline.done.enumerated().reversed().map { "  \($0 + 1): \(Style.visible($1.title))" }
  }

  /// One resource before and after, as a unified diff.
  func diffLines(_ change: ResourceChange) -> [String] {
    let name = Style.visible(change.id.description)
    let place = change.before?.location.map { " (\(Style.visible($0.fileAndLine)))" } ?? ""
    return UnifiedDiff(from: Self.yaml(change.before), to: Self.yaml(change.after)).lines(
      old: change.before == nil ? "/dev/null" : name + place, new: change.after == nil ? "/dev/null" : name, style: style)
  }

  private static func yaml(_ resource: Resource?) -> String { resource.map { encodeManifests([$0]) } ?? "" }
}
