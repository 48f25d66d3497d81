import Manifests
import Reports
import Selector
import Simulator

extension Command {
  static let apply = Command(
    "apply", forms: ["apply FILE", "apply  (then YAML, a blank line ends it)", "YAML by itself"],
    summary: "take resources from YAML: new ones, or in the place of the ones with their names",
    details: """
      YAML may be typed, pasted, or read from a file or directory. Everything in it is one step; if anything in it is wrong,
      nothing is changed. `apply <<END` takes all lines until one that is END.
      """,
    isJournalled: true, slots: { $0.isEmpty ? [.file] : [] }, example: { $0.exampleApply },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let loaded = try ManifestInput(session).read(&arguments)
      try session.takeIn(loaded, answer: &answer)
    })

  static let add = Command(
    "add", forms: ["add FILE", "add  (then YAML, a blank line ends it)"],
    summary: "as apply, for new resources only",
    details: "Takes resources as apply does, but refuses when one of their names is taken.",
    isJournalled: true, slots: { $0.isEmpty ? [.file] : [] }, example: { $0.exampleAdd },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let loaded = try ManifestInput(session).read(&arguments)
      for resource in loaded.resources where session.now.catalog[resource.id] != nil {
        throw .refused("\(resource.id) is there already", help: "\"apply\" puts the new one in its place")
      }
      try session.takeIn(loaded, answer: &answer)
    })

  static let delete = Command(
    "delete", forms: ["delete [KIND] NAME"],
    summary: "remove a resource",
    details:
      "The kind (policy, profile, hostEndpoint, workloadEndpoint, Host, …) is needed only where the name alone does not tell.",
    isJournalled: true,
    slots: { $0.isEmpty ? [.resource, .kind] : $0.count == 1 ? [.named(kind: $0[0])] : [] },
    example: { session in session.firstName(of: .policy).map { "delete policy \($0)" } },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let id = try session.takeResource(&arguments)
      try arguments.expectEnd()
      let before = session.now.catalog[id]
      answer.say("deleted \(Style.visible(id.description))")
      session.commit([ResourceChange(id, from: before, to: nil)], "delete \(id)", &answer)
    })
}

extension Session {
  /// Makes what was read one step. In the journal it stands with its text: files may be others by then.
  mutating func takeIn(_ loaded: LoadedManifests, answer: inout Answer) throws(CommandFailure) {
    let changes = loaded.resources.map { ResourceChange($0.id, from: now.catalog[$0.id], to: $0) }
    let differing = changes.filter { $0.before?.withoutLocations != $0.after?.withoutLocations }
    answer.say(warnings(loaded))
    guard !changes.isEmpty else { throw .refused("there is no resource in it", help: nil) }
    for change in changes {
      let verb = change.before == nil ? "added" : differing.contains(change) ? "changed" : "unchanged:"
      answer.say("\(verb) \(Style.visible(change.id.description))")
    }
    guard !differing.isEmpty else {
      answer.changedNothing = true
      return
    }
    answer.journal = [Self.hereDocument(loaded.sources)]
    textCount += 1
    commit(differing, "apply \(differing.map(\.id.description).joined(separator: ", "))", &answer)
  }

  private func warnings(_ loaded: LoadedManifests) -> [String] {
    let text = DiagnosticText(sources: loaded.sources, style: style, showsSource: true)
    return loaded.diagnostics.flatMap(text.lines)
  }

  /// `apply` with the texts themselves.
  private static func hereDocument(_ sources: [SourceText]) -> String {
    let text = sources.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n---\n")
    let lines = Set(text.utf8.split(separator: 0x0a).map { Array($0) })
    var end = "END"
    while lines.contains(Array(end.utf8)) { end += "_" }
    return "apply <<\(end)\n\(text)\n\(end)"
  }
}
