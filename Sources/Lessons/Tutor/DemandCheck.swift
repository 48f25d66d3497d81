import Manifests
import Reports
import Scenarios
import Selector
import Session
import Simulator

/// Holds a world that a learner made against what a task demands of it.
///
/// What is to be let through has to work: where a task says nothing of the answer to such a packet, the answer must not be lost.
struct DemandCheck {
  /// One thing that is demanded.
  struct Point {
    var text: String
    var failures: [TestFailure] = []
    /// It could not be tried.
    var problem: String?
    var isWell: Bool { failures.isEmpty && problem == nil }
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
      LoadedScenario(scenario: scenario.withReplies, resources: [], diagnostics: []), semantics: session.semantics)
    let outcome = run.outcome(in: session)
    let unanswered = Set(outcome.flows.filter { $0.found.reply == .unanswered && !scenario.saysReply($0.step) }.map(\.check))
    return outcome.suite.cases.enumerated().map { number, item in
      switch item.outcome {
      case .passed: return Point(text: item.name)
      case .broken(let message, _): return Point(text: item.name, problem: message)
      case .failed(let failures):
        // What nothing answers loses no answer.
        let real = failures.filter { $0.point != TestFailure.reply || !unanswered.contains(number) }
        return Point(text: item.name, failures: real)
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
      lines.append("\(style.bad("no")) \(failing(of: hidden.count, well: well)); the first:")
      lines += Self.lines(first, style).map { "  \($0)" }
    }
    return lines
  }

  /// `4 of 5 checks that were not shown fail`.
  private func failing(of count: Int, well: Int) -> String {
    guard count > 1 else { return "a check that was not shown fails" }
    return "\(count - well) of \(count) checks that were not shown \(count - well == 1 ? "fails" : "fail")"
  }

  private static func lines(_ point: Point, _ style: Style) -> [String] {
    guard !point.isWell else { return ["\(style.good("ok")) \(Style.visible(point.text))"] }
    var lines = ["\(style.bad("no")) \(Style.visible(point.text))"]
    if let problem = point.problem { lines.append("   \(Style.visible(problem))") }
    for failure in point.failures {
      let place = failure.decidedAt.map { " (\($0.shortFileAndLine))" } ?? ""
      let (wanted, found) = failure.words
      lines.append(Style.visible("   wanted: \(wanted)"))
      lines.append(Style.visible("   \(found)\(place)"))
    }
    return lines
  }
}

extension Scenario {
  /// With a reply demanded wherever a packet is to be let through and nothing is said of its reply.
  fileprivate var withReplies: Scenario {
    var strict = self
    strict.steps = steps.map { step in
      guard case .flow(var flow) = step, flow.expectation.verdict == .allow, flow.expectation.reply == nil else { return step }
      flow.expectation.reply = .ruling(Expectation.Ruling(.allow))
      return .flow(flow)
    }
    return strict
  }

  fileprivate func saysReply(_ step: Int) -> Bool {
    guard case .flow(let flow) = steps[step] else { return false }
    return flow.expectation.reply != nil
  }
}

extension TestFailure {
  fileprivate static let reply = "reply"

  /// What was wanted and what was found, as a sentence goes on with them.
  fileprivate var words: (wanted: String, found: String) {
    switch point {
    case Self.reply: ("its reply: \(expected)", "its reply: \(got)")
    case "path": ("path \(expected)", "its path: \(got)")
    case "out": ("delivery to \(expected)", "it goes to: \(got)")
    default: (expected, "it is: \(got)")
    }
  }
}
