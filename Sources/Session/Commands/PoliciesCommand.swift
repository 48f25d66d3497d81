import Reports
import Selector
import Simulator

extension Command {
  static let policies = Command(
    "policies", forms: ["policies on ENDPOINT"],
    summary: "what governs an endpoint, stage by stage, and why each selector matches",
    details: """
      For each stage the policies in the order in which they are asked, each with the labels that made its selector match; then the
      profiles, and what happens where nothing decides.
      """,
    slots: { before in before.isEmpty ? [.words(["on"]), .endpoint] : before == ["on"] ? [.endpoint] : [] },
    example: { session in
      session.now.world.endpoints.map(\.name).min().map { "policies on \($0)" }
    },
    run: { (session, arguments, answer) throws(CommandFailure) in
      _ = arguments.take("on")
      let (index, _) = try session.takeEndpoint(&arguments)
      try arguments.expectEnd()
      answer.say(GovernanceText(session: session, endpoint: index).lines)
    })
}

extension Session {
  /// Takes the name of an endpoint; gives its index in the world.
  func takeEndpoint(_ arguments: inout Arguments) throws(CommandFailure) -> (index: Int, id: ResourceID) {
    let word = try arguments.take("an endpoint", help: "\"show endpoints\" lists them")
    return try endpoint(word)
  }

  func endpoint(_ word: Arguments.Word) throws(CommandFailure) -> (index: Int, id: ResourceID) {
    let found = resources(named: ByteString(word.text), among: [.hostEndpoint, .workloadEndpoint])
    if found.count == 1, let index = now.world.endpoint(found[0]) { return (index, found[0]) }
    guard found.isEmpty else {
      throw .at(
        word.range, "\"\(word.text)\" could be any of several endpoints",
        help: "write one of: \(found.prefix(12).map(\.name.text).joined(separator: ", "))")
    }
    let names = now.world.endpoints.flatMap { [$0.shortName.text, $0.name.text] }
    let close = closestName(to: word.text, among: names).map { "did you mean \"\($0)\"? " } ?? ""
    throw .at(
      word.range, "there is no endpoint \"\(word.text)\"", help: close + "\"show endpoints\" lists them")
  }
}
