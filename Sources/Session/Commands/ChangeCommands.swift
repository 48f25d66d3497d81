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
    let differs = changes.map { $0.before?.withoutLocations != $0.after?.withoutLocations }
    let differing = zip(changes, differs).filter(\.1).map(\.0)
    answer.say(warnings(loaded))
    guard !changes.isEmpty || !loaded.scenarios.isEmpty else { throw .refused("there is no resource in it", help: nil) }
    for (change, differs) in zip(changes, differs).prefix(Self.mostNames) {
      let verb = change.before == nil ? "added" : differs ? "changed" : "unchanged:"
      answer.say("\(verb) \(Style.visible(change.id.description))")
    }
    if changes.count > Self.mostNames { answer.say("… and \(changes.count - Self.mostNames) more") }
    if !differing.isEmpty {
      answer.journal = [Self.hereDocument(differing.compactMap(\.after))]
      textCount += 1
      commit(differing, "apply \(Self.list(differing.map(\.id.description)))", &answer)
    }
    watch(loaded.scenarios, &answer)
    answer.changedNothing = answer.journal.isEmpty
  }

  /// The flows of scenarios are watched from now on.
  private mutating func watch(_ scenarios: [Scenario], _ answer: inout Answer) {
    for flow in scenarios.flatMap(\.flows) where watches.add(flow.text.text, &judge) {
      answer.say(watchLines(watches.entries.count - 1))
      answer.journal.append("watch \(flow.text.text)")
    }
  }

  private func warnings(_ loaded: LoadedManifests) -> [String] {
    let text = DiagnosticText(sources: loaded.sources, style: style, showsSource: true)
    return loaded.diagnostics.flatMap(text.lines)
  }

  /// More resources than this are counted and not named.
  private static let mostNames = 40

  /// `apply` with the resources themselves: what was just read has nothing disabled in it that YAML could not say.
  private static func hereDocument(_ resources: [Resource]) -> String {
    let text = encodeManifests(resources)
    let lines = Set(text.utf8.split(separator: 0x0a).map { Array($0) })
    var end = "END"
    while lines.contains(Array(end.utf8)) { end += "_" }
    return "apply <<\(end)\n\(text)\n\(end)"
  }
}
