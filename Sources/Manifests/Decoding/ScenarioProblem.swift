import Simulator

/// What can be wrong with a scenario as a whole, or with one of its flows.
enum ScenarioProblem: Error {
  case flow(FlowTextError)
  case flowTooLong(limit: Int)
  case noFlows
  case errorHasDecision
  case onlyAllowedHasReply(verdict: String)
}

extension ScenarioProblem {
  var wording: Wording {
    switch self {
    case .flow(let error):
      return Wording("invalid-flow", "invalid flow: \(error.message)", help: error.help)
    case .flowTooLong(let limit):
      return Wording("invalid-flow", "the flow is longer than \(limit) bytes")
    case .noFlows:
      return Wording("no-flows", "the scenario has no flows, so it tests nothing", help: "list them in spec.flows")
    case .errorHasDecision:
      return Wording(
        "error-has-decision",
        "nothing decides a flow that cannot be judged",
        help: "leave \"decidedBy\" out, or expect allow or deny"
      )
    case .onlyAllowedHasReply(let verdict):
      return Wording(
        "reply-without-allow",
        "nothing answers a packet whose verdict is \"\(verdict)\"",
        help: "leave \"reply\" out, or expect allow"
      )
    }
  }
}
