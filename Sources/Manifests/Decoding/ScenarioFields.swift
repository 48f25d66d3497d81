/// The fields of a scenario. `scenario` holds its name, and makes the document one.
enum ScenarioField: String, FieldName {
  case scenario, about, claims, world, resources, semantics, rejects, flows, invariants
  static let place = Place.scenario
}

enum ScenarioStepField: String, FieldName {
  case flow, expect, change
  static let place = Place.scenarioStep
}

enum ExpectationField: String, FieldName {
  case verdict, by, stage, endpoint, path, out, reply
  static let place = Place.expectation
}

enum ReplyField: String, FieldName {
  case verdict, by, stage, endpoint
  static let place = Place.expectedReply
}

enum InvariantField: String, FieldName {
  case never, always
  static let place = Place.invariant
}

enum InvariantFlowField: String, FieldName {
  case from, to, `protocol`, ports, `in`, node
  static let place = Place.invariantFlows
}
