import Manifests
import Reports
import Selector
import Simulator

extension Command {
  static let edit = Command(
    "edit", forms: ["edit [KIND] NAME"],
    summary: "change a resource in your editor",
    details: """
      Opens $VISUAL or $EDITOR (else vi) with the resource as YAML. What comes back is checked; if it is wrong you see why and may
      edit again, and nothing is changed until it is right; a text that you give up is kept in a file. An empty text leaves
      everything as it is.
      """,
    isJournalled: true, slots: { $0.isEmpty ? [.resource, .kind] : $0.count == 1 ? [.named(kind: $0[0])] : [] },
    example: { session in session.firstName(of: .policy).map { "edit policy \($0)" } },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let id = try session.takeResource(&arguments)
      try arguments.expectEnd()
      guard let edit = session.environment.edit, let before = session.now.catalog[id] else {
        throw .refused("there is nobody to edit it", help: "a script changes things with set and apply")
      }
      guard before == before.enabled else {
        throw .refused(
          "a part of \(id) is disabled, which YAML cannot say", help: "enable it first, then edit, then disable it again")
      }
      let original = encodeManifests([before])
      var text = original
      while true {
        switch edit(Session.fileName(id), text) {
        case .failed(let reason):
          let kept = text == original ? nil : session.keeping(text)
          throw .refused(reason, help: kept ?? "set EDITOR to the editor that you use")
        case .text(let edited): text = edited
        }
        guard !text.utf8.allSatisfy({ Arguments.isBlank($0) }), Array(text.utf8) != Array(original.utf8) else {
          answer.say("nothing changed")
          answer.changedNothing = true
          return
        }
        let loaded = session.readEdited(text)
        if let problem = session.problem(loaded, editing: id) {
          session.environment.show(FailureText(failure: problem, input: "", style: session.style).lines)
          guard session.environment.confirm?("edit it again?", true) == true else {
            throw .refused("nothing changed: what was edited is not acceptable", help: session.keeping(text))
          }
        } else {
          return try session.takeIn(loaded, answer: &answer)
        }
      }
    })
}

extension Session {
  /// A name for the file in the editor, letters and digits alone.
  fileprivate static func fileName(_ id: ResourceID) -> String {
    let bytes = "\(id.kind.rawValue)-\(id.name.text)".utf8.map { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) ? byte : UInt8(ascii: "-")
    }
    return String(decoding: bytes.prefix(80), as: UTF8.self)
  }

  /// Where a text is now that cost somebody work.
  fileprivate func keeping(_ text: String) -> String? {
    environment.keep(text).map { "your text is kept in \($0)" }
  }

  fileprivate func readEdited(_ text: String) -> LoadedManifests {
    decodeManifests(SourceText(name: nextTextName, bytes: Array(text.utf8)), strictness: .lenient)
  }

  fileprivate func problem(_ loaded: LoadedManifests, editing id: ResourceID) -> CommandFailure? {
    if loaded.hasErrors { return .manifests(loaded.diagnostics, sources: loaded.sources) }
    guard loaded.resources.contains(where: { $0.id == id }) else {
      return .refused(
        "\(id) is no longer in the text", help: "its kind and name must stay; delete removes a resource, apply adds one")
    }
    return nil
  }
}
