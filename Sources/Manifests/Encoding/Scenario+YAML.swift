package import Selector
package import Simulator

/// One YAML document that holds the scenario. Reading it again gives an equal one, apart from locations and problems.
package func encodeScenario(_ scenario: Scenario) -> String {
  yamlText(
    .fields([
      "scenario": .text(scenario.name),
      "about": scenario.about.map { .text($0) },
      "claims": .shortList(scenario.claims.map { .text($0) }),
      "world": .shortList(scenario.world.map { .text($0) }),
      "resources": YAMLValue.list(scenario.resources.map(manifestYAML)).unlessEmpty,
      "semantics": scenario.semantics.count == 1
        ? .literal(scenario.semantics[0]) : .shortList(scenario.semantics.map { .literal($0) }),
      "rejects": scenario.rejects.map { .inline(.list($0.map { .text($0) })) },
      "flows": YAMLValue.list(scenario.steps.map(\.yaml)).unlessEmpty,
      "invariants": YAMLValue.list(scenario.invariants.map(\.yaml)).unlessEmpty,
    ])
  )
}

/// An expectation between brackets, or the verdict alone, as it would stand behind `expect:`.
package func encodeExpectation(_ expectation: Expectation, asJSON: Bool = false) -> String {
  oneLine(expectation.yaml, asJSON: asJSON)
}

/// What is expected of a reply, as it would stand behind `reply:` on one line.
package func encodeReply(_ reply: Expectation.Reply, asJSON: Bool = false) -> String {
  oneLine(reply.yaml, asJSON: asJSON)
}

/// A scalar as it would stand in a mapping between brackets or in a block.
package func encodeScalar(_ text: ByteString, asJSON: Bool = false) -> String {
  String(decoding: asJSON ? YAMLValue.text(text).json : ScalarText.text(text, inFlow: true), as: UTF8.self)
}

private func oneLine(_ value: YAMLValue, asJSON: Bool) -> String {
  if asJSON { return String(decoding: value.json, as: UTF8.self) }
  var text = yamlText(.inline(value))
  text.removeLast()
  return text
}

extension Scenario.Step {
  fileprivate var yaml: YAMLValue {
    switch self {
    case .flow(let flow): .fields(["flow": .text(flow.text), "expect": flow.expectation.yaml])
    case .change(let change): .fields(["change": .list(change.edits.map(\.yaml))])
    }
  }
}

extension Scenario.WorldChange.Edit {
  fileprivate var yaml: YAMLValue {
    switch self {
    case .apply(let resources) where resources.count == 1: .fields(["apply": manifestYAML(resources[0])])
    case .apply(let resources): .fields(["apply": .list(resources.map(manifestYAML))])
    case .applyFile(let path): .fields(["apply": .text(path)])
    case .command(let name, let text): .mapping([.init(key: ByteString(name), value: .text(text))])
    }
  }
}

extension Expectation {
  fileprivate var yaml: YAMLValue {
    let fields = YAMLValue.fields([
      "verdict": .literal(verdict.rawValue),
      "by": packet.decision.byYAML,
      "stage": packet.decision.stage.map { .literal($0.rawValue) },
      "endpoint": packet.decision.endpoint.map { .text($0) },
      "path": path.map { .literal($0.rawValue) },
      "out": exit.map { .text($0) },
      "reply": reply.map(\.yaml),
    ])
    return self == Expectation(verdict) ? .literal(verdict.rawValue) : fields
  }
}

extension Expectation.Reply {
  fileprivate var yaml: YAMLValue {
    switch self {
    case .unanswered: .literal("none")
    case .ruling(let ruling) where ruling.decision.isEmpty: .literal(ruling.verdict.rawValue)
    case .ruling(let ruling):
      .inline(
        .fields([
          "verdict": .literal(ruling.verdict.rawValue),
          "by": ruling.decision.byYAML,
          "stage": ruling.decision.stage.map { .literal($0.rawValue) },
          "endpoint": ruling.decision.endpoint.map { .text($0) },
        ]))
    }
  }
}

extension DecisionPattern {
  fileprivate var byYAML: YAMLValue? { kind == nil ? nil : .text(ByteString(text)) }
}

extension Invariant {
  fileprivate var yaml: YAMLValue {
    let flows = YAMLValue.fields([
      "from": Self.oneOrMore(from.map { .text(ByteString($0.description)) }),
      "to": Self.oneOrMore(to.map { .text(ByteString($0.description)) }),
      "protocol": protocols.isEmpty ? nil : Self.oneOrMore(protocols.map { .text(ByteString($0.description)) }),
      "ports": .shortList(ports.map { $0.lower == $0.upper ? .number($0.lower) : .text(ByteString($0.description)) }),
      "in": interface.map { .text($0) },
      "node": node.map { .text($0) },
    ])
    return .mapping([.init(key: ByteString(demand.rawValue), value: .inline(flows))])
  }

  private static func oneOrMore(_ items: [YAMLValue]) -> YAMLValue {
    items.count == 1 ? items[0] : .inline(.list(items))
  }
}
