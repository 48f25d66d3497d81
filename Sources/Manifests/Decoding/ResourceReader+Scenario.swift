import Selector
import Simulator

private enum ScenarioMetadataField: String, FieldName {
  case name
  static let place = Place.scenarioMetadata
}

private enum ScenarioSpecField: String, FieldName {
  case description, semantics, flows
  static let place = Place.scenarioSpec
}

private enum ScenarioFlowField: String, FieldName {
  case flow, verdict, decidedBy, reply
  static let place = Place.scenarioFlow
}

private enum ScenarioReplyField: String, FieldName {
  case verdict, decidedBy
  static let place = Place.scenarioReply
}

private enum DecisionField: String, FieldName {
  case kind, stage, name, direction, rule, action, endpoint
  static let place = Place.decidedBy
}

/// Gatewalk's own document of flows with the verdicts that are expected of them.
extension ResourceReader {
  /// A flow is a line that a person types; what it says in more bytes is a mistake.
  private static let flowLimit = 1_000

  mutating func scenario(_ parts: ResourceParts) -> Scenario? {
    var scenario = Scenario(name: "", location: location(parts.node))
    if let metadata = fields(parts.metadata, ScenarioMetadataField.self) {
      scenario.name = identifier(.name, of: metadata, .namespacedName, parts)
    }
    guard let spec = fields(parts.spec, ScenarioSpecField.self) else { return scenario }
    scenario.description = optionalText(spec[.description])
    scenario.semantics = semantics(spec[.semantics])
    let before = errorCount
    scenario.flows = list(spec[.flows], of: "flows") { $0.expectedFlow($1) }
    if scenario.flows.isEmpty, errorCount == before {
      note(.scenario(.noFlows), at: spec.key(.flows) ?? parts.specKey ?? parts.node)
    }
    return scenario
  }

  /// Text of any shape; `nil` where it is absent or empty.
  private mutating func optionalText(_ id: NodeID?) -> ByteString? {
    guard let id, let text = text(id), !text.isEmpty else { return nil }
    return text
  }

  private mutating func semantics(_ id: NodeID?) -> String? {
    guard let id, let text = text(id, expected: "a word"), !text.isEmpty else { return nil }
    let names = Semantics.all.map(\.name)
    if let name = names.first(where: { ByteString($0) == text }) { return name }
    note(.value(.oneOf(text.shown, what: "semantics", allowed: names)), at: id)
    return nil
  }

  private mutating func expectedFlow(_ id: NodeID) -> Scenario.ExpectedFlow? {
    guard let fields = fields(id, ScenarioFlowField.self) else { return nil }
    let text = required(fields, .flow, in: id) { $0.flowText($1) }
    let verdict = verdict(fields, .verdict, in: id)
    let decidedBy = decisionPattern(fields[.decidedBy])
    let reply = reply(fields[.reply])
    if verdict == .error, let key = fields.key(.decidedBy), !decidedBy.isEmpty {
      note(.scenario(.errorHasDecision), at: key)
    }
    if let verdict, verdict != .allow, reply != nil, let key = fields.key(.reply) {
      note(.scenario(.onlyAllowedHasReply(verdict: verdict.rawValue)), at: key)
    }
    guard let text, let verdict else { return nil }
    return Scenario.ExpectedFlow(
      text,
      Scenario.Expectation(verdict, by: decidedBy),
      reply: reply,
      location: location(id)
    )
  }

  private mutating func reply(_ id: NodeID?) -> Scenario.Expectation? {
    guard let id, !isNull(id), let fields = fields(id, ScenarioReplyField.self) else { return nil }
    let verdict = verdict(fields, .verdict, in: id)
    let decidedBy = decisionPattern(fields[.decidedBy])
    if verdict == .error, let key = fields.key(.decidedBy), !decidedBy.isEmpty {
      note(.scenario(.errorHasDecision), at: key)
    }
    return verdict.map { Scenario.Expectation($0, by: decidedBy) }
  }

  private mutating func verdict<Name>(
    _ fields: Fields<Name>,
    _ name: Name,
    in item: NodeID
  ) -> Scenario.Expectation.Verdict? {
    let before = errorCount
    if let verdict: Scenario.Expectation.Verdict = word(fields[name], what: "verdict") { return verdict }
    if errorCount == before {
      note(.field(.missing(field: name.rawValue, in: Name.place)), at: fields.key(name) ?? item)
    }
    return nil
  }

  /// A flow that can be read; where it cannot, every mistake has its place in the text.
  private mutating func flowText(_ id: NodeID) -> ByteString? {
    guard let text = text(id, expected: "a flow") else { return nil }
    guard text.count <= Self.flowLimit else {
      note(.scenario(.flowTooLong(limit: Self.flowLimit)), at: id)
      return nil
    }
    do throws(FlowTextErrors) {
      _ = try FlowText(text.text)
      return text
    } catch {
      for mistake in error.errors { note(.scenario(.flow(mistake)), at: place(of: mistake.range, in: id)) }
      return nil
    }
  }

  private mutating func decisionPattern(_ id: NodeID?) -> Scenario.DecisionPattern {
    guard let id, let fields = fields(id, DecisionField.self) else { return Scenario.DecisionPattern() }
    return Scenario.DecisionPattern(
      kind: decisionKind(fields[.kind]),
      stage: word(fields[.stage], what: "stage"),
      name: optionalText(fields[.name]),
      direction: word(fields[.direction], what: "direction"),
      rule: fields[.rule].flatMap { integer($0, what: "rule", in: 0...Int(Int32.max)) },
      action: decisionAction(fields[.action]),
      endpoint: optionalText(fields[.endpoint])
    )
  }

  private mutating func decisionKind(_ id: NodeID?) -> Decision.Kind? {
    guard let id, let text = text(id, expected: "a word"), !text.isEmpty else { return nil }
    let known = Decision.Kind.allCases
    if let kind = known.first(where: { ByteString($0.name) == text }) { return kind }
    note(.value(.oneOf(text.shown, what: "kind", allowed: known.map(\.name))), at: id)
    return nil
  }

  /// A rule's action, or what Felix calls the action from an endpoint to its host.
  private mutating func decisionAction(_ id: NodeID?) -> Action? {
    guard let id, let text = text(id, expected: "a word"), !text.isEmpty else { return nil }
    if let action = Action(rawValue: text.text) { return action }
    if let action = Host.EndpointToHostAction(rawValue: text.text) { return action.asAction }
    let known = Action.allCases.map(\.rawValue) + Host.EndpointToHostAction.allCases.map(\.rawValue)
    note(.value(.oneOf(text.shown, what: "action", allowed: known)), at: id)
    return nil
  }
}

extension Host.EndpointToHostAction {
  /// The action of the decision that it leads to.
  fileprivate var asAction: Action {
    switch self {
    case .accept: .allow
    case .drop: .deny
    case .return: .pass
    }
  }
}
