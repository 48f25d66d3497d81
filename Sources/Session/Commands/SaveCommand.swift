import Manifests
import Reports
import Selector
import Simulator

extension Command {
  static let save = Command(
    "save", forms: ["save [--force] FILE", "save scenario [--force] FILE"],
    summary: "write the world as manifests, or with the watched flows as a scenario",
    details: """
      calicoctl takes what save writes, but for Host documents, which are Gatewalk's own; ports without a protocol become a rule for
      TCP and one for UDP. What is disabled is written as comments.
      save scenario adds the watched flows with their present verdicts. A file that this session did not write is overwritten only
      with --force.
      """,
    slots: { before in
      before.isEmpty
        ? [.words(["scenario", "--force"]), .file] : before.last == "scenario" ? [.words(["--force"]), .file] : [.file]
    },
    example: { _ in nil },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let isScenario = arguments.take("scenario")
      let isForced = arguments.take("--force")
      let word = try arguments.take("the name of a file", help: "save FILE, or save scenario FILE")
      try arguments.expectEnd("a name with blanks goes in quotes")
      let path = FileName.expandingTilde(word.text)
      let text = isScenario ? try session.scenarioText(named: path) : session.acceptableManifests
      let isOwn = session.ownFiles.contains(ByteString(path))
      let isKept: Bool
      do throws(FileFailure) {
        isKept = try FileWriter.write(Array(text.utf8), to: path, mayOverwrite: isForced || isOwn)
      } catch {
        throw .at(word.range, "\"\(word.text)\" \(error.message)", help: error.help)
      }
      let count = session.now.catalog.count
      let flows = isScenario ? " and \(session.watches.entries.count) flow\(session.watches.entries.count == 1 ? "" : "s")" : ""
      answer.say("wrote \(count) resource\(count == 1 ? "" : "s")\(flows) to \(Style.visible(word.text))")
      answer.say(session.leftOutOfFile)
      answer.say(Session.refusedByCalicoctl(text))
      // What went to a pipe or a device cannot be loaded again.
      guard isKept else { return answer.say("  that is no file, so nothing counts as saved") }
      session.ownFiles.insert(ByteString(path))
      session.saved = session.now.catalog
      answer.journal = ["# saved \(path)"]
    })

  static let source = Command(
    "source", forms: ["source [--keep-going] FILE"],
    summary: "run a script: commands, flows and YAML, as they are typed",
    details: "Stops at the first command that fails, unless --keep-going is said. # begins a comment.",
    slots: { _ in [.file] }, example: { _ in nil },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let keepsGoing = arguments.take("--keep-going")
      let word = try arguments.take("the name of a script", help: "source FILE")
      try arguments.expectEnd("a name with blanks goes in quotes")
      guard session.sourceDepth < 16 else {
        throw .at(word.range, "scripts call each other 16 deep", help: "one of them may call itself")
      }
      let bytes: [UInt8]
      do throws(FileFailure) {
        bytes = try ScriptFile.read(FileName.expandingTilde(word.text))
      } catch {
        throw .at(word.range, "\"\(word.text)\" \(error.message)", help: error.help)
      }
      session.sourceDepth += 1
      defer { session.sourceDepth -= 1 }
      for input in ScriptFile.inputs(bytes) {
        let inner = session.perform(input.text)
        if inner.hasFailed { answer.resultCount = answer.lines.count + inner.results.count }
        answer.say(inner.lines)
        answer.journal += inner.journal
        answer.next = inner.next
        if inner.hasFailed {
          answer.hasFailed = true
          answer.say("\(session.style.bad("failed:")) \(Style.visible(word.text)), line \(input.line)")
          if !keepsGoing { return }
        }
        if inner.next != .goOn { return }
      }
    })

  static let quit = Command(
    "quit", aliases: ["exit"], forms: ["quit", "exit", "Ctrl-D"], summary: "leave",
    details: "What was changed and not saved stays in a journal; gatewalk repl --resume brings it back.",
    example: { _ in nil },
    run: { (_, arguments, answer) throws(CommandFailure) in
      try arguments.expectEnd()
      answer.next = .leave
    })

  static let discard = Command(
    "discard", forms: ["discard"], summary: "leave, and forget what was not saved",
    details: "Nothing is left to resume.", example: { _ in nil },
    run: { (session, arguments, answer) throws(CommandFailure) in
      try arguments.expectEnd()
      let count = session.unsavedChanges
      if count > 0, let confirm = session.environment.confirm,
        !confirm("forget \(count) unsaved change\(count == 1 ? "" : "s") and leave?", false)
      {
        return answer.say("nothing is forgotten; \"reset\" takes changes back and stays")
      }
      answer.next = .discard
    })
}

extension Session {
  /// The world as calicoctl takes it.
  var acceptableManifests: String { encodeManifests(now.catalog.inOrder.map(\.acceptable)) }

  /// The world as YAML, in the order of the input.
  package var manifests: String { encodeManifests(now.catalog.inOrder) }

  private var leftOut: [String] {
    var names: [String] = []
    for resource in now.catalog.inOrder {
      if case .policy(let policy) = resource, policy.isDisabled {
        names.append("\(resource.id)")
        continue
      }
      for direction in Direction.allCases {
        for (index, rule) in resource.rules(direction).enumerated() where rule.isDisabled {
          names.append("\(resource.id) \(direction.rawValue)[\(index)]")
        }
      }
    }
    return names
  }

  /// What was read kindly and written as it was read, and calicoctl does not take.
  fileprivate static func refusedByCalicoctl(_ text: String) -> [String] {
    let strict = decodeManifests(SourceText(name: "saved", bytes: Array(text.utf8)), strictness: .strict)
    let errors = strict.diagnostics.filter { $0.severity == .error }
    guard let first = errors.first else { return [] }
    let more = errors.count > 1 ? ", and \(errors.count - 1) more" : ""
    return [
      "  calicoctl refuses line \(first.location?.line ?? 0): \(Style.visible(first.message))\(more); \"gatewalk validate --strict\" lists all"
    ]
  }

  /// What the file has only as comments.
  fileprivate var leftOutOfFile: [String] {
    leftOut.isEmpty ? [] : ["  disabled, so written as comments: \(Style.visible(Self.list(leftOut)))"]
  }
}
