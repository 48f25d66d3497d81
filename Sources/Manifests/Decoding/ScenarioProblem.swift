import Selector
import Simulator

/// What can be wrong with a scenario as a whole, or with one of its parts.
enum ScenarioProblem: Error {
  case nested
  case nameMissing
  case repeatedField(String)
  case flow(FlowTextError)
  case flowTooLong(limit: Int)
  case noFlows
  case flowOrChange
  case decision(DecisionPattern.TextError)
  case errorHasMore(field: String)
  case onlyAllowedHas(field: String, verdict: String)
  case unknownClaim(String)
  case unknownEdit(String)
  case oneEditEach
  case oneDemandEach
}

extension ScenarioProblem {
  var wording: Wording {
    switch self {
    case .nested:
      return Wording("nested-scenario", "a scenario cannot stand in a scenario", help: "make it a document of its own")
    case .nameMissing:
      return Wording("missing-identifier", "the scenario has no name", help: "write scenario: what it shows")
    case .repeatedField(let name):
      return Wording("duplicate-key", "\"\(name)\" stands here twice", help: "make one of the two")
    case .flow(let error):
      return Wording("invalid-flow", "invalid flow: \(error.message)", help: error.help)
    case .flowTooLong(let limit):
      return Wording("invalid-flow", "the flow is longer than \(limit) bytes")
    case .noFlows:
      return Wording(
        "no-flows", "the scenario has neither flows nor invariants, so it tests nothing", help: "list them in \"flows\"")
    case .flowOrChange:
      return Wording(
        "missing-field", "the item has neither \"flow\" nor \"change\"",
        help: "write flow: tcp 203.0.113.9 -> 10.0.0.1:80 in eth0 and expect: allow")
    case .decision(let error):
      return Wording("unknown-decision", error.message, help: error.help)
    case .errorHasMore(let field):
      return Wording(
        "error-has-decision", "nothing decides a flow that cannot be judged",
        help: "leave \"\(field)\" out, or expect allow or deny")
    case .onlyAllowedHas(let field, let verdict):
      return Wording(
        "needs-allow", "a packet whose verdict is \"\(verdict)\" has no \"\(field)\"",
        help: "leave it out, or expect allow")
    case .unknownClaim(let text):
      return Wording(
        "unknown-claim", "\"\(text)\" is no claim", help: "claims are S1 to S117 and D1 to D16; gatewalk test --list --claims")
    case .unknownEdit(let name):
      let known = ["apply"] + Scenario.WorldChange.commands
      return Wording(
        "unknown-change", "\"\(name)\" is no change of the world",
        help: Wording.didYouMean(closestName(to: name, among: known), else: nil)
          ?? "it is one of \(known.joined(separator: ", "))")
    case .oneEditEach:
      return Wording(
        "unknown-change", "a change is a mapping with one key", help: "write change: [{delete: policy web}, {apply: {…}}]")
    case .oneDemandEach:
      return Wording(
        "missing-field", "an invariant has one of \"never\" and \"always\"",
        help: "write never: {from: any, to: my-host, ports: [2379]}")
    }
  }
}
