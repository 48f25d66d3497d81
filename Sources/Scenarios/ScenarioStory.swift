import Manifests
package import Reports
import Selector
import Session
package import Simulator

/// A scenario that was run, told step by step: what was expected of each flow and why it came otherwise, with the trace that pictures are
/// made from, and what each change did to the world.
///
/// The verdicts are those of the outcome; the steps are walked once more for their traces.
package struct ScenarioStory: Sendable {
  /// One step of the scenario.
  package enum Step: Sendable {
    case flow(FlowStory)
    case change(ChangeStory)
  }

  package struct FlowStory: Sendable {
    /// With the flow as the scenario has it, and whether it went as expected.
    package var check: TestCase
    package var expected: Expectation
    package var found: Expectation
    package var result: Result
    /// What decided it, its reply, and each gate in its way.
    package var met: MetDecisions

    package enum Result: Sendable {
      case judged(Trace, Walker)
      case error(message: String, help: String)
    }
  }

  package struct ChangeStory: Sendable {
    /// The edits as the session would be told.
    package var titles: [String]
    /// What they did to the world, as unified diffs of the YAML; empty if nothing.
    package var difference: [String]
    /// Edits that could not be made.
    package var failures: [TestCase]
    package var location: SourceLocation?
  }

  package let run: ScenarioRun
  package let outcome: ScenarioOutcome
  /// The world before any change.
  package let world: World
  /// None if the world could not be read.
  package private(set) var steps: [Step] = []

  /// Runs a scenario.
  package init(_ run: ScenarioRun) {
    self.run = run
    outcome = run.outcome()
    var session = run.session
    world = session.world
    let flows = Dictionary(outcome.flows.map { ($0.step, $0) }) { first, _ in first }
    for (number, step) in run.loaded.scenario.steps.enumerated() {
      switch step {
      case .flow(let flow):
        guard let judged = flows[number] else { continue }
        steps.append(.flow(Self.story(of: flow, judged, outcome, in: &session)))
      case .change(let change):
        guard let failed = outcome.changes[number] else { continue }
        steps.append(.change(Self.story(of: change, Array(outcome.suite.cases[failed]), run, in: &session)))
      }
    }
  }

  private static func story(
    of flow: Scenario.ExpectedFlow, _ judged: ScenarioOutcome.JudgedFlow, _ outcome: ScenarioOutcome, in session: inout Session
  ) -> FlowStory {
    let result = result(of: flow.text.text, in: &session)
    var met = MetDecisions()
    if case .judged(let trace, let walker) = result { met.note(trace.verdict, on: walker) }
    return FlowStory(
      check: outcome.suite.cases[judged.check], expected: flow.expectation, found: judged.found, result: result, met: met)
  }

  private static func result(of flow: String, in session: inout Session) -> FlowStory.Result {
    do throws(FlowTextErrors) {
      let (walker, flow) = try session.resolved(flow)
      do throws(FlowError) {
        return .judged(try session.trace(flow, on: walker), walker)
      } catch {
        return .error(message: error.message(walker), help: error.help(walker))
      }
    } catch {
      return .error(message: error.message, help: error.help)
    }
  }

  private static func story(
    of change: Scenario.WorldChange, _ failures: [TestCase], _ run: ScenarioRun, in session: inout Session
  ) -> ChangeStory {
    let before = session
    for edit in change.edits { _ = edit.apply(in: &session, besideFile: run.loaded.file) }
    return ChangeStory(
      titles: change.edits.map(\.title), difference: session.difference(from: before), failures: failures,
      location: change.location)
  }
}

extension ScenarioStory {
  /// Checks of the world itself: was it read as expected?
  package var worldChecks: ArraySlice<TestCase> { outcome.suite.cases[..<outcome.invariants.lowerBound] }
  package var invariants: ArraySlice<TestCase> { outcome.suite.cases[outcome.invariants] }

  /// The flows among the steps, in order.
  package var flows: [FlowStory] {
    steps.compactMap { step in if case .flow(let flow) = step { flow } else { nil } }
  }

  /// The files that it speaks of: its own, those of its world, and those of the rules that decided.
  package var files: Set<String> {
    let resources = run.loaded.resources.compactMap(\.location) + run.loaded.diagnostics.compactMap(\.location)
    return Set([run.loaded.file] + (resources + outcome.met.known.compactMap(\.location)).map(\.file))
  }
}
