import Reports
import Simulator

extension Command {
  /// A flow by itself.
  static let flow = Command(
    "flow", forms: ["FLOW", "flow FLOW"],
    summary: "what happens to a packet: verdict, deciding rule, reply",
    details: """
      A flow reads PROTOCOL SOURCE[:PORT] -> DESTINATION[:PORT], then where it enters if the source does not tell: in INTERFACE,
      from host or from WORKLOAD; and, if wanted, out INTERFACE, on HOST, type N, code N. Names of endpoints stand for their
      addresses. No command is needed before it.
      """,
    slots: { _ in [.flow] }, example: { $0.exampleFlow },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let flow = try arguments.takeFlow()
      let (trace, walker) = try session.trace(flow.text, at: flow.range.lowerBound)
      session.lastFlow = flow.text
      answer.say(TraceText(trace, on: walker, style: session.style, showsAll: false).brief)
    })

  static let why = Command(
    "why", aliases: ["trace"], forms: ["why [FLOW]", "trace [FLOW]"],
    summary: "every stage of the last or given flow, and why rules did not match",
    details: """
      Shows each gate in the packet's way in order, each rule that was tried, and the first thing about the packet that a rule did
      not like. Without a flow it speaks of the last one.
      """,
    slots: { _ in [.flow] }, example: { $0.exampleFlow.map { "why \($0)" } },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let flow = try session.flowOrLast(&arguments)
      let (trace, walker) = try session.trace(flow.text, at: flow.range.lowerBound)
      session.lastFlow = flow.text
      answer.say(TraceText(trace, on: walker, style: session.style, showsAll: true).lines)
    })
}

extension Arguments {
  /// What is left as a flow.
  mutating func takeFlow() throws(CommandFailure) -> Word {
    if let rest = takeRest() { return rest }
    throw .at(end, "a flow is missing", help: "such as tcp 10.0.0.2 -> 10.0.0.1:80 in eth0")
  }

  /// Words that a command does not know what to do with.
  func expectEnd(_ help: String? = nil) throws(CommandFailure) {
    guard let word = peek else { return }
    throw .at(
      word.range.lowerBound..<(words.last?.range.upperBound ?? word.range.upperBound),
      "unexpected \"\(word.text)\"", help: help)
  }

  /// The next word, which has to be there.
  mutating func take(_ what: String, help: String) throws(CommandFailure) -> Word {
    if let word = take() { return word }
    throw .at(end, "\(what) is missing", help: help)
  }
}

extension Session {
  /// The flow that was typed, else the last one that was asked about.
  mutating func flowOrLast(_ arguments: inout Arguments) throws(CommandFailure) -> Arguments.Word {
    if !arguments.isEmpty { return try arguments.takeFlow() }
    guard let last = lastFlow else {
      throw .at(arguments.end, "which flow? none was asked about yet", help: "such as why tcp 10.0.0.2 -> 10.0.0.1:80 in eth0")
    }
    // Its errors, should a change have made it wrong, are drawn at the end of the input.
    return Arguments.Word(text: last, range: arguments.end)
  }
}
