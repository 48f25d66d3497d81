import Selector
package import Simulator

/// One YAML document that holds the scenario. Reading it again gives an equal one, apart from locations.
package func encodeScenario(_ scenario: Scenario) -> String {
  yamlText(
    .fields([
      "apiVersion": .literal("gatewalk/v1"),
      "kind": .literal("Scenario"),
      "metadata": .fields(["name": .text(scenario.name)]),
      "spec": .fields([
        "description": scenario.description.map { .text($0) },
        "semantics": scenario.semantics.map { .literal($0) },
        "flows": .list(scenario.flows.map(\.yaml)),
      ]),
    ])
  )
}

extension Scenario.ExpectedFlow {
  fileprivate var yaml: YAMLValue {
    .fields([
      "flow": .text(text),
      "verdict": .literal(expectation.verdict.rawValue),
      "decidedBy": expectation.decidedBy.yaml.unlessEmpty,
      "reply": reply.map { .inline($0.yaml) },
    ])
  }
}

extension Scenario.Expectation {
  fileprivate var yaml: YAMLValue {
    .fields(["verdict": .literal(verdict.rawValue), "decidedBy": decidedBy.yaml.unlessEmpty])
  }
}

extension Scenario.DecisionPattern {
  fileprivate var yaml: YAMLValue {
    .inline(
      .fields([
        "kind": kind.map { .literal($0.name) },
        "stage": stage.map { .literal($0.rawValue) },
        "name": name.map { .text($0) },
        "direction": direction.map { .literal($0.rawValue) },
        "rule": rule.map { .number($0) },
        "action": action.map { .literal(word(for: $0)) },
        "endpoint": endpoint.map { .text($0) },
      ])
    )
  }

  /// As the JSON of a verdict has it: of `endpoint-to-host-action` Felix's own words.
  private func word(for action: Action) -> String {
    guard kind == .endpointToHostAction else { return action.rawValue }
    switch action {
    case .allow: return Host.EndpointToHostAction.accept.rawValue
    case .deny: return Host.EndpointToHostAction.drop.rawValue
    case .pass: return Host.EndpointToHostAction.return.rawValue
    case .log: return action.rawValue
    }
  }
}
