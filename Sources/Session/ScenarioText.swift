import Manifests
import Selector
import Simulator

extension Session {
  /// The world and the watched flows with what becomes of them now, as one file: the scenario first, then the manifests.
  func scenarioText(named path: String) throws(CommandFailure) -> String {
    guard !watches.isEmpty else {
      throw .refused(
        "no flows are watched, so there is nothing to expect",
        help: "\"watch FLOW\" remembers one; \"save FILE\" writes the world alone")
    }
    let scenario = Scenario(
      name: ByteString(Self.scenarioName(path)), semantics: [semantics.name],
      steps: watches.entries.map { .flow($0.expectedFlow) })
    return encodeScenario(scenario) + "---\n" + acceptableManifests
  }

  /// The file's name without folder and ending, as far as names may hold its bytes.
  private static func scenarioName(_ path: String) -> String {
    let file = path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]
    let name = file.prefix { $0 != UInt8(ascii: ".") }.prefix(60).map { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) ? byte : UInt8(ascii: "-")
    }
    let trimmed = name.drop { $0 == UInt8(ascii: "-") }.reversed().drop { $0 == UInt8(ascii: "-") }.reversed()
    return trimmed.isEmpty ? "scenario" : String(decoding: Array(trimmed), as: UTF8.self)
  }
}

extension WatchList.Entry {
  fileprivate var expectedFlow: Scenario.ExpectedFlow {
    switch outcome.result {
    case .error: return Scenario.ExpectedFlow(ByteString(text), Expectation(.error))
    case .judged(let forward, let reply):
      var expectation = Expectation(forward.isAllowed ? .allow : .deny, by: forward.pattern)
      expectation.reply = reply.map { .ruling(.init($0.isAllowed ? .allow : .deny, by: $0.pattern)) }
      return Scenario.ExpectedFlow(ByteString(text), expectation)
    }
  }
}

extension FlowOutcome.Ruling {
  /// As much as tells the decision from others.
  fileprivate var pattern: DecisionPattern { decider.pattern(rule: rule, action: action) }
}

extension FlowOutcome.Decider {
  /// Where nothing is policed there is no direction worth naming.
  fileprivate func pattern(rule: Int?, action: Action) -> DecisionPattern {
    switch kind {
    case .notPoliced, .conntrackEstablished: DecisionPattern(kind: kind)
    case .policy, .profile:
      DecisionPattern(kind: kind, stage: stage, name: name, direction: direction, rule: rule, endpoint: endpoint)
    default:
      DecisionPattern(
        kind: kind, stage: stage, name: name, action: kind == .endpointToHostAction ? action : nil, endpoint: endpoint)
    }
  }
}
