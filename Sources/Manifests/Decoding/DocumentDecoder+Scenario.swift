import Selector
import Simulator

/// Gatewalk's own document: flows with what is expected of them, and the world in which they are judged.
extension DocumentDecoder {
  mutating func decodeScenario(_ node: YAMLDocument.NodeID) {
    let coerces = reader.coercesScalars
    reader.coercesScalars = true
    defer { reader.coercesScalars = coerces }
    let before = reader.errorCount
    var scenario = Scenario(name: "", location: reader.location(node))
    if let fields = reader.fields(node, ScenarioField.self) { read(fields, into: &scenario) }
    if reader.errorCount == before {
      scenarios.append(scenario)
    } else {
      let name = scenario.name.isEmpty ? nil : scenario.name
      rejected.append(RejectedResource(kind: nil, name: name, location: reader.location(node), isScenario: true))
    }
  }

  private mutating func read(_ fields: Fields<ScenarioField>, into scenario: inout Scenario) {
    scenario.name = scenarioName(fields)
    scenario.about = reader.optionalText(fields[.about])
    scenario.claims = reader.oneOrMore(fields[.claims], of: "claims") { $0.claim($1) }
    scenario.world = reader.oneOrMore(fields[.world], of: "files and directories") { $0.optionalText($1) }
    scenario.semantics = reader.oneOrMore(fields[.semantics], of: "semantics") { $0.semantics($1) }
    if let id = fields[.rejects] {
      scenario.rejects = reader.list(id, of: "error ids") { $0.optionalText($1) }
    }
    readResources(fields, into: &scenario)
    let before = reader.errorCount
    if let id = fields[.flows], let items = reader.list(id, of: "flows") {
      scenario.steps = items.compactMap { step($0) }
    }
    scenario.invariants = reader.list(fields[.invariants], of: "invariants") { $0.invariant($1) }
    let isEmpty = scenario.steps.isEmpty && scenario.invariants.isEmpty && scenario.rejects == nil
    if isEmpty, reader.errorCount == before, let key = fields.key(.flows) ?? fields.key(.scenario) {
      reader.note(.scenario(.noFlows), at: key)
    }
  }

  private mutating func scenarioName(_ fields: Fields<ScenarioField>) -> ByteString {
    guard let id = fields[.scenario], let name = reader.text(id) else { return "" }
    if name.isEmpty { reader.note(.scenario(.nameMissing), at: fields.key(.scenario) ?? id) }
    return name
  }

  /// What the scenario says to be rejected is no problem of the file.
  private mutating func readResources(_ fields: Fields<ScenarioField>, into scenario: inout Scenario) {
    guard let id = fields[.resources] else { return }
    let mark = reader.mark
    scenario.resources = inlineResources(id)
    guard scenario.rejects != nil else { return }
    scenario.problems = reader.takeProblems(since: mark)
  }

  /// The manifests in a list, or the one that stands alone. Where one is wrong it is the scenario that is left out.
  mutating func inlineResources(_ id: YAMLDocument.NodeID) -> [Resource] {
    let outer = resources
    resources = []
    isInScenario = true
    let kept = rejected
    defer {
      rejected = kept
      resources = outer
      isInScenario = false
    }
    let items = reader.document.node(id).kind == .mapping ? [id] : reader.list(id, of: "resources") ?? []
    for item in items {
      reader.coercesScalars = true
      decode(item, inList: nil)
    }
    return resources
  }

  // MARK: Steps

  private mutating func step(_ id: YAMLDocument.NodeID) -> Scenario.Step? {
    guard let fields = reader.fields(id, ScenarioStepField.self) else { return nil }
    let hasFlow = fields.key(.flow) != nil || fields.key(.expect) != nil
    guard hasFlow != (fields.key(.change) != nil) else {
      reader.note(.scenario(.flowOrChange), at: id)
      return nil
    }
    return hasFlow ? reader.expectedFlow(fields, in: id).map { .flow($0) } : .change(change(fields, in: id))
  }

  private mutating func change(_ fields: Fields<ScenarioStepField>, in id: YAMLDocument.NodeID) -> Scenario.WorldChange {
    Scenario.WorldChange(fields[.change].map { edits($0) } ?? [], location: reader.location(id))
  }

  /// One edit, or a list of them.
  mutating func edits(_ id: YAMLDocument.NodeID) -> [Scenario.WorldChange.Edit] {
    let items = reader.document.node(id).kind == .mapping ? [id] : reader.list(id, of: "changes") ?? []
    return items.compactMap { edit($0) }
  }

  private mutating func edit(_ id: YAMLDocument.NodeID) -> Scenario.WorldChange.Edit? {
    guard reader.document.node(id).kind == .mapping, case let entries = reader.entries(id), entries.count == 1,
      let name = reader.text(entries[0].key)
    else {
      reader.note(.scenario(.oneEditEach), at: id)
      return nil
    }
    let value = entries[0].value
    guard name == "apply" else {
      guard let command = Scenario.WorldChange.commands.first(where: { ByteString($0) == name }) else {
        reader.note(.scenario(.unknownEdit(name.shown)), at: entries[0].key)
        return nil
      }
      return reader.text(value).map { .command(command, $0) }
    }
    if reader.document.node(value).kind == .scalar { return reader.text(value).map { .applyFile($0) } }
    return .apply(inlineResources(value))
  }
}
