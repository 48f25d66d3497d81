import Reports
package import Selector
import Session
package import Simulator

/// What became of a flow.
enum FlowResult: Sendable {
  case judged(Verdict, Walker)
  case error(message: String, help: String)

  /// Judges a flow as a person typed it.
  static func of(_ text: String, in session: inout Session) -> FlowResult {
    do throws(FlowTextErrors) {
      let (walker, flow) = try session.resolved(text)
      return of(flow, on: walker)
    } catch {
      return .error(message: error.message, help: error.help)
    }
  }

  static func of(_ flow: Flow, on walker: Walker) -> FlowResult {
    do throws(FlowError) {
      return .judged(try walker.judge(flow), walker)
    } catch {
      return .error(message: error.message(walker), help: error.help(walker))
    }
  }
}

extension FlowResult {
  /// Everything that an expectation can say about it.
  var expectation: Expectation {
    guard case .judged(let verdict, let walker) = self else { return Expectation(.error) }
    var expectation = Expectation(
      verdict.forward.isAllowed ? .allow : .deny, by: DecisionPattern(verdict.forward.decidedBy, on: walker))
    expectation.path = verdict.forward.path
    expectation.exit = verdict.forward.exit.map { exit in
      switch exit {
      case .host: "host"
      case .interface(let place): walker.topology.interfaces[place].name
      }
    }
    guard verdict.forward.isAllowed else { return expectation }
    if verdict.replyError != nil {
      expectation.reply = .ruling(.init(.error))
    } else if let reply = verdict.reply {
      expectation.reply = .ruling(
        .init(reply.isAllowed ? .allow : .deny, by: DecisionPattern(reply.decidedBy, on: walker)))
    } else {
      expectation.reply = .unanswered
    }
    return expectation
  }
}

extension DecisionPattern {
  /// The pattern that this decision alone matches.
  package init(_ decision: Decision, on walker: Walker) {
    let name = DecisionName(decision, on: walker)
    let isRule = decision.kind == .policy || decision.kind == .profile
    self.init(
      kind: decision.kind, stage: decision.stage, name: name.name, direction: isRule ? decision.direction : nil,
      rule: isRule ? Int(decision.rule) : nil,
      action: decision.kind == .endpointToHostAction ? decision.action : nil, endpoint: name.endpoint)
  }

  /// Is a decision, given by its own pattern, what this one asks for?
  ///
  /// - Parameter shortName: of the endpoint.
  package func matches(_ other: DecisionPattern, shortName: ByteString?) -> Bool {
    func fits<Value: Equatable>(_ wanted: Value?, _ found: Value?) -> Bool { wanted == nil || wanted == found }
    return fits(kind, other.kind) && fits(stage, other.stage) && fits(name, other.name) && fits(direction, other.direction)
      && fits(rule, other.rule) && fits(action, other.action)
      && (fits(endpoint, other.endpoint) || endpoint == shortName)
  }
}

extension FlowTextErrors {
  /// What all of them say.
  var message: String { errors.map(\.message).joined(separator: "; ") }
  var help: String { errors.map(\.help).joined(separator: "; ") }
}
