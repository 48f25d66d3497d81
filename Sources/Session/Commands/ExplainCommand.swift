import Reports
import Selector
import Simulator

extension Command {
  static let explain = Command(
    "explain", forms: ["explain [--why-not] [FLOW]", "explain SELECTOR [for ENDPOINT]"],
    summary: "a flow in plain sentences, with the reason for each; or a selector as a tree",
    details: """
      Of a flow it tells what the packet meets, why each rule does with it what it does, which policies are not asked, and the sentence
      of the documentation that rules; --why-not adds what nearly matched. Without a flow it speaks of the last one. Of a selector it
      shows the expression as a tree; with an endpoint as the last word, for NAME, also what is true of that endpoint.
      """,
    slots: { before in
      if before.last == "for" { return [.endpoint] }
      guard let first = before.first(where: { $0 != whyNotOption }) else {
        return [.words((before.isEmpty ? [whyNotOption] : []) + IPProtocol.named.map(\.name)), .selector]
      }
      return isFlow(before.dropFirst(before.first == first ? 0 : 1)) ? [.flow] : [.selector, .words(["for"])]
    },
    example: { $0.exampleFlow.map { "explain \($0)" } ?? "explain \($0.exampleSelector)" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let tellsNearMisses = arguments.take(whyNotOption)
      if tellsNearMisses || arguments.isEmpty || isFlow(arguments.words.dropFirst().map(\.text)) {
        try session.explainFlow(&arguments, tellsNearMisses, &answer)
      } else {
        try session.explainSelector(&arguments, &answer)
      }
    })

  private static let whyNotOption = "--why-not"

  /// Are these the words of a flow, rather than of a selector? A selector has no arrow outside quotes, and a label that is named like
  /// a protocol is followed by an operator.
  private static func isFlow(_ words: some Collection<String>) -> Bool {
    if words.contains("->") { return true }
    guard let first = words.first, IPProtocol(name: first.lowercased()) != nil else { return false }
    return !["==", "!=", "in", "not", "&&", "||"].contains(words.dropFirst().first ?? "")
  }
}

extension Session {
  /// Lines of sentences are so long, in a window of whatever width.
  private static let textWidth = 80

  fileprivate mutating func explainFlow(
    _ arguments: inout Arguments, _ tellsNearMisses: Bool, _ answer: inout Answer
  ) throws(CommandFailure) {
    let flow = try flowOrLast(&arguments)
    let (trace, walker) = try trace(flow.text, at: flow.range.lowerBound)
    lastFlow = flow.text
    let text = ExplanationText(
      Explanation(trace, on: walker), nearMisses: tellsNearMisses ? NearMisses(trace, on: walker) : nil, on: walker,
      style: style, width: Self.textWidth)
    answer.say(text.lines)
  }

  fileprivate func explainSelector(_ arguments: inout Arguments, _ answer: inout Answer) throws(CommandFailure) {
    var origins: LabelOrigins?
    let words = arguments.words
    let isForEndpoint = words.count >= 4 && words[words.count - 2].text == "for"
    let selector = try arguments.takeSelector(leaving: isForEndpoint ? 2 : 0)
    if isForEndpoint {
      _ = arguments.take()
      origins = LabelOrigins(of: try takeEndpoint(&arguments).index, in: now.world)
    }
    answer.say("canonical \(Style.visible(selector.canonical.text.shortened(to: 400))), id \(selector.id)")
    answer.say(SelectorTreeText(selector, for: origins, style: style).lines)
  }
}
