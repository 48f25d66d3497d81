import Manifests
package import Reports
import Selector
package import Session
package import Simulator

/// One scenario under one set of semantics, to be run as often as its world is changed.
package struct ScenarioRun: Sendable {
  package let loaded: LoadedScenario
  package let semantics: Semantics

  /// - Parameter semantics: that judge.
  package init(_ loaded: LoadedScenario, semantics: Semantics) {
    self.loaded = loaded
    self.semantics = semantics
  }

  /// Each scenario under each set of semantics that it names.
  ///
  /// - Parameter semantics: for those that name none.
  package static func all(of suite: ScenarioSuite, semantics: Semantics) -> [ScenarioRun] {
    suite.scenarios.flatMap { loaded in
      let named = loaded.scenario.semantics.compactMap(Semantics.named)
      return (named.isEmpty ? [semantics] : named).map { ScenarioRun(loaded, semantics: $0) }
    }
  }

  /// A session about its world, before any change.
  package var session: Session {
    Session(LoadedManifests(resources: loaded.resources), paths: [], semantics: semantics)
  }

  /// Runs it in its world.
  package func outcome() -> ScenarioOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    var session = session
    var outcome = ScenarioOutcome(
      TestSuite(
        name: loaded.scenario.name.text, location: loaded.scenario.location, semantics: semantics.name,
        claims: loaded.scenario.claims.map(\.text)))
    let isWell = checkWorld(&outcome)
    let first = outcome.suite.cases.count
    outcome.invariants = first..<first
    guard isWell else { return outcome }
    perform(in: &session, &outcome)
    let elapsed = (clock.now - start).components
    outcome.suite.duration = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    return outcome
  }

  /// Runs it in a world that somebody else made.
  package func outcome(in session: Session) -> ScenarioOutcome {
    var session = session
    var outcome = ScenarioOutcome(
      TestSuite(name: loaded.scenario.name.text, location: loaded.scenario.location, semantics: semantics.name))
    perform(in: &session, &outcome)
    return outcome
  }

  // MARK: Steps

  private func perform(in session: inout Session, _ outcome: inout ScenarioOutcome) {
    let first = outcome.suite.cases.count
    for invariant in loaded.scenario.invariants {
      let run = InvariantRun(invariant, in: &session)
      outcome.suite.cases.append(run.testCase)
    }
    outcome.invariants = first..<outcome.suite.cases.count
    outcome.met.note(session.world)
    for (number, step) in loaded.scenario.steps.enumerated() {
      switch step {
      case .flow(let flow): judge(flow, number: number, in: &session, &outcome)
      case .change(let change): apply(change, number: number, in: &session, &outcome)
      }
    }
  }

  private func judge(
    _ flow: Scenario.ExpectedFlow, number: Int, in session: inout Session, _ outcome: inout ScenarioOutcome
  ) {
    let result = FlowResult.of(flow.text.text, in: &session)
    let failures = ExpectationCheck(expected: flow.expectation, result: result).failures
    outcome.suite.cases.append(
      TestCase(
        name: flow.text.text, location: flow.location, outcome: failures.isEmpty ? .passed : .failed(failures)))
    outcome.flows.append(
      ScenarioOutcome.JudgedFlow(
        step: number, check: outcome.suite.cases.count - 1, found: result.expectation, isAsExpected: failures.isEmpty))
    if case .judged(let verdict, let walker) = result { outcome.met.note(verdict, on: walker) }
  }

  private func apply(
    _ change: Scenario.WorldChange, number: Int, in session: inout Session, _ outcome: inout ScenarioOutcome
  ) {
    let first = outcome.suite.cases.count
    for edit in change.edits {
      let answer = edit.apply(in: &session, besideFile: loaded.file)
      guard answer.hasFailed else { continue }
      outcome.suite.cases.append(
        TestCase(
          name: "change \(edit.title)", location: change.location,
          outcome: .broken(answer.complaints.joined(separator: "\n"), help: nil)))
    }
    outcome.changes[number] = first..<outcome.suite.cases.count
    outcome.met.note(session.world)
  }

  // MARK: The world

  /// Holds what reading the world gave against what the scenario says of it.
  ///
  /// - Returns: whether the flows can be judged.
  private func checkWorld(_ outcome: inout ScenarioOutcome) -> Bool {
    let errors = loaded.errors
    guard let rejects = loaded.scenario.rejects else {
      guard let first = errors.first else { return true }
      let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
      let place = first.location.map { "\($0): " } ?? ""
      outcome.suite.cases.append(
        TestCase(
          name: "world", location: loaded.scenario.location,
          outcome: .broken("the world is invalid: \(place)\(first.message)\(more)", help: first.help)))
      return false
    }
    let found = errors.map { ByteString($0.id) }
    let isAsExpected = found == rejects
    let failure = TestFailure(
      "rejects", expected: Self.list(rejects), got: Self.list(found),
      because: errors.first.map { "\($0.location.map { "\($0): " } ?? "")\($0.message)" })
    outcome.suite.cases.append(
      TestCase(name: "rejects", location: loaded.scenario.location, outcome: isAsExpected ? .passed : .failed([failure])))
    return true
  }

  private static func list(_ ids: [ByteString]) -> String {
    ids.isEmpty ? "nothing" : ids.map(\.text).joined(separator: ", ")
  }
}

/// What came of running a scenario.
package struct ScenarioOutcome: Sendable {
  /// What became of a flow, by its number among the scenario's steps.
  package struct JudgedFlow: Sendable {
    package var step: Int
    /// The number of its case in the suite.
    package var check: Int
    package var found: Expectation
    package var isAsExpected: Bool
  }

  package var suite: TestSuite
  package var flows: [JudgedFlow] = []
  /// Which cases of the suite are invariants; those before are about the world.
  package var invariants = 0..<0
  /// The cases of edits that failed, by the number of their change among the scenario's steps.
  package var changes: [Int: Range<Int>] = [:]
  /// What its flows were decided by.
  package var met = MetDecisions()

  init(_ suite: TestSuite) {
    self.suite = suite
  }
}

extension Scenario.WorldChange.Edit {
  /// As the session would be told.
  package var title: String {
    switch self {
    case .apply(let resources): "apply \(resources.map(\.id.description).joined(separator: ", "))"
    case .applyFile(let path): "apply \(path)"
    case .command(let name, let text): "\(name) \(text)"
    }
  }

  /// Makes the edit in a session; a file is looked for beside another one.
  package func apply(in session: inout Session, besideFile file: String) -> Answer {
    switch self {
    case .apply(let resources): session.apply(resources)
    case .applyFile(let path): session.perform("apply \"\(ScenarioPath.resolve(path.text, besideFile: file))\"")
    case .command(let name, let text): session.perform("\(name) \(text)")
    }
  }
}
