import Manifests
import Selector
import Simulator

/// What `--update` changes in one file.
struct UpdatePlan {
  let file: String
  let text: [UInt8]
  /// By the place of the expectation; several runs may speak of one.
  private var changes: [Range<Int>: Change] = [:]

  private struct Change {
    var expected: Scenario.ExpectedFlow
    var updated: Expectation
    /// Under another set of semantics another expectation would be right.
    var isDisputed = false
  }

  init(file: String, text: [UInt8]) {
    self.file = file
    self.text = text
  }

  /// - Parameter judged: what became of the flow; where that is as expected, nothing is to be changed.
  mutating func add(_ expected: Scenario.ExpectedFlow, _ judged: ScenarioOutcome.JudgedFlow) {
    guard let place = expected.place else { return }
    let updated = judged.isAsExpected ? expected.expectation : expected.expectation.updated(to: judged.found)
    if let known = changes[place.whole], known.updated != updated {
      changes[place.whole]?.isDisputed = true
    } else {
      changes[place.whole] = Change(expected: expected, updated: updated)
    }
  }

  /// The changed text, `nil` if nothing is changed, and what is left as it is.
  var result: (after: [UInt8]?, refusals: [ExpectationUpdate.Refusal]) {
    var refusals: [ExpectationUpdate.Refusal] = []
    var edits: [ExpectationEdit] = []
    var wanted: [Range<Int>: Expectation] = [:]
    for (whole, change) in changes.sorted(by: { $0.key.lowerBound < $1.key.lowerBound }) {
      guard change.isDisputed || change.updated != change.expected.expectation else { continue }
      do throws(ExpectationUpdate.Refusal) {
        edits += try self.edits(of: change)
        wanted[whole] = change.updated
      } catch {
        refusals.append(error)
      }
    }
    if edits.isEmpty { return (nil, refusals) }
    let after = ExpectationEdit.apply(edits, to: text)
    guard says(after, wanted) else {
      let message = "its layout is not understood: rewritten it would not say what was found; change it by hand"
      return (
        nil, refusals + [ExpectationUpdate.Refusal(location: SourceLocation(file: file, line: 1, column: 1), message: message)]
      )
    }
    return (after, refusals)
  }

  private func edits(of change: Change) throws(ExpectationUpdate.Refusal) -> [ExpectationEdit] {
    func refuse(_ message: String) -> ExpectationUpdate.Refusal {
      ExpectationUpdate.Refusal(location: change.expected.location, message: message)
    }
    guard let place = change.expected.place else { return [] }
    if file == "-" { throw refuse("standard input cannot be rewritten") }
    if change.isDisputed {
      throw refuse("the semantics that the scenario names part here, so one expectation cannot serve; make it two scenarios")
    }
    let writer = ExpectationWriter(text: text, isJSON: file.hasSuffix(".json"))
    if writer.hasAnchor(place.whole) {
      throw refuse("an anchor stands in the expectation, and aliases of it may mean something else; change it by hand")
    }
    return writer.edits(change.expected.expectation, change.updated, place)
  }

  /// Does a text say the same as the file did but for these expectations, by their places in the file?
  private func says(_ after: [UInt8], _ wanted: [Range<Int>: Expectation]) -> Bool {
    let old = decodeManifests(SourceText(name: file, bytes: text), strictness: .lenient)
    let new = decodeManifests(SourceText(name: file, bytes: after), strictness: .lenient)
    guard old.resources.map(\.id) == new.resources.map(\.id), old.rejected.count == new.rejected.count else { return false }
    return old.scenarios.map { $0.steps.map { Self.meaning($0, wanted) } }
      == new.scenarios.map { $0.steps.map { Self.meaning($0, [:]) } }
      && old.scenarios.map(\.name) == new.scenarios.map(\.name)
      && old.scenarios.map(\.invariants.count) == new.scenarios.map(\.invariants.count)
  }

  private static func meaning(_ step: Scenario.Step, _ wanted: [Range<Int>: Expectation]) -> StepMeaning {
    switch step {
    case .change: StepMeaning()
    case .flow(let flow):
      StepMeaning(flow: flow.text.text, expectation: flow.place.flatMap { wanted[$0.whole] } ?? flow.expectation)
    }
  }

  private struct StepMeaning: Equatable {
    var flow: String?
    var expectation: Expectation?
  }
}
