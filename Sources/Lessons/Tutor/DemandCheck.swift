import Manifests
import Reports
import Scenarios
import Selector
import Session
import Simulator

/// Holds a world that a learner made against what a task demands of it.
struct DemandCheck {
  /// One thing that is demanded.
  struct Point {
    var text: String
    var failure: TestFailure?
    /// It could not be tried.
    var problem: String?
    var isWell: Bool { failure == nil && problem == nil }
  }

  let shown: [Point]
  let hidden: [Point]

  var isWell: Bool { (shown + hidden).allSatisfy(\.isWell) }

  init(_ demand: LessonTask.Demand, in session: Session) {
    shown = Self.points(Scenario(name: "shown", steps: demand.shown.map { .flow($0) }), in: session)
    hidden = Self.points(
      Scenario(name: "hidden", steps: demand.hidden.map { .flow($0) }, invariants: demand.invariants), in: session)
  }

  private static func points(_ scenario: Scenario, in session: Session) -> [Point] {
    let run = ScenarioRun(
      LoadedScenario(scenario: scenario, resources: [], diagnostics: []), semantics: session.semantics)
    return run.outcome(in: session).suite.cases.map { item in
      switch item.outcome {
      case .passed: Point(text: item.name)
      case .failed(let failures): Point(text: item.name, failure: failures.first)
      case .broken(let message, _): Point(text: item.name, problem: message)
      }
    }
  }

  // MARK: In words

  /// A line for each flow that is shown; of the hidden ones how many are well, and the first that is not.
  func lines(_ style: Style) -> [String] {
    var lines = shown.flatMap { Self.lines($0, style) }
    guard !hidden.isEmpty else { return lines }
    let well = hidden.count { $0.isWell }
    let count = hidden.count == 1 ? "1 check that was not shown" : "\(hidden.count) checks that were not shown"
    if well == hidden.count {
      lines.append("\(style.good("ok")) \(count)")
    } else if shown.allSatisfy(\.isWell), let first = hidden.first(where: { !$0.isWell }) {
      lines.append("\(style.bad("no")) \(well) of \(count) \(well == 1 ? "is" : "are") well; the first that is not:")
      lines += Self.lines(first, style).map { "  \($0)" }
    }
    return lines
  }

  private static func lines(_ point: Point, _ style: Style) -> [String] {
    guard !point.isWell else { return ["\(style.good("ok")) \(Style.visible(point.text))"] }
    var lines = ["\(style.bad("no")) \(Style.visible(point.text))"]
    if let problem = point.problem { lines.append("   \(Style.visible(problem))") }
    if let failure = point.failure {
      let place = failure.decidedAt.map { " (\($0.shortFileAndLine))" } ?? ""
      lines.append(Style.visible("   wanted: \(failure.expected)"))
      lines.append(Style.visible("   it is: \(failure.got)\(place)"))
    }
    return lines
  }
}
