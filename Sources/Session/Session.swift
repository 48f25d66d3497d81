package import Manifests
package import Reports
import Selector
package import Simulator

/// An interactive session without its terminal: a value that takes one input after another and answers each with text.
///
///     var session = Session(loaded, paths: ["cluster/"])
///     session.perform("tcp 10.0.0.2 -> 10.0.0.1:80 in eth0").lines   // ALLOW  tcp 10.0.0.2:49152 -> …
///     session.perform("delete policy web").lines                     // deleted policy web …
///
/// Nothing is half-applied: a command that fails leaves the session as it was. (`source` is many commands; those before the one that
/// failed stand.)
package struct Session: Sendable {
  package let style: Style
  let environment: SessionEnvironment
  /// What the world was read from, as the person named it.
  let paths: [String]
  /// The world as the files have it.
  let files: Snapshot
  /// What was doubtful in the files.
  let loadWarnings: [Diagnostic]

  var now: Snapshot
  var judge: Judge
  /// The other semantics, to tell where they decide otherwise; made when it is first asked for.
  private var otherJudge: Judge?
  private(set) var timeline = Timeline()
  var watches = WatchList()
  var checkpoints: [(name: String, snapshot: Snapshot)] = []
  /// The catalog as it was last saved or loaded, to know what would be lost.
  var saved: Catalog
  /// Files that this session wrote and may write again.
  var ownFiles: Set<ByteString> = []
  var lastFlow: String?
  /// What `fix` would do, and in which state it was found.
  var proposal: Proposal?
  /// How many flows of the scenarios that were loaded have another verdict than they expect.
  private(set) var unexpected = 0
  /// How many texts were typed, pasted or edited and taken in.
  var textCount = 0
  /// How deep `source` is in itself.
  var sourceDepth = 0
  /// Labels, values and names for completion, kept up with the changes.
  var vocabulary: Vocabulary

  /// - Parameters:
  ///   - loaded: what the files hold; their scenarios' flows are watched from the start.
  ///   - semantics: `nil` for those that the first scenario with any names, else the documented ones.
  package init(
    _ loaded: LoadedManifests, paths: [String], semantics: Semantics? = nil, style: Style = .plain,
    environment: SessionEnvironment = .unattended
  ) {
    self.style = style
    self.environment = environment
    self.paths = paths
    files = Snapshot(loaded.resources)
    now = files
    saved = files.catalog
    let ofScenario = loaded.scenarios.lazy.compactMap(\.semantics.first).compactMap(Semantics.named).first
    judge = Judge(world: files.world, semantics: semantics ?? ofScenario ?? .documented)
    loadWarnings = loaded.diagnostics.filter { $0.severity == .warning }
    vocabulary = Vocabulary(loaded.resources)
    for flow in loaded.scenarios.flatMap(\.flows) {
      _ = watches.add(flow.text.text, &judge)
      if FlowOutcome(flow.text.text, &judge).verdict != flow.expectation.verdict { unexpected += 1 }
    }
  }

  package var semantics: Semantics { judge.semantics }

  /// How many resources differ from what was last loaded or saved.
  package var unsavedChanges: Int { saved.changes(to: now.catalog).count }

  package var prompt: String {
    semantics == .documented ? "gatewalk> " : "gatewalk (\(semantics.name))> "
  }

  // MARK: Inputs

  /// Carries out one input: a command, a flow or YAML; of several lines, if `InputCollector` put them together.
  package mutating func perform(_ input: String) -> Answer {
    var answer = Answer()
    do throws(CommandFailure) {
      try Dispatcher.dispatch(input, in: &self, &answer)
    } catch {
      answer.hasFailed = true
      answer.resultCount = answer.lines.count
      answer.say(FailureText(failure: error, input: input, style: style).lines)
    }
    return answer
  }

  // MARK: Changes

  /// Makes changes one step, says what they mean for the watched flows.
  mutating func commit(_ changes: [ResourceChange], _ title: String, _ answer: inout Answer) {
    timeline.record(Timeline.Step(title: title, changes: changes))
    apply(changes, &answer)
  }

  mutating func undo() -> Timeline.Step? { timeline.undo() }
  mutating func redo() -> Timeline.Step? { timeline.redo() }

  /// Applies changes that are in the timeline already.
  mutating func apply(_ changes: [ResourceChange], _ answer: inout Answer) {
    now.apply(changes)
    for change in changes { vocabulary.apply(change) }
    judgeAnew(judge.after(changes, now.world), &answer)
  }

  /// Judges in another world or by other semantics from now on.
  mutating func judgeAnew(_ judge: Judge, _ answer: inout Answer) {
    self.judge = judge
    otherJudge = nil
    proposal = nil
    guard !watches.isEmpty else { return }
    let differences = watches.update(&self.judge)
    if differences.isEmpty {
      let count = watches.entries.count
      answer.say(style.dim("  no change for the \(count == 1 ? "watched flow" : "\(count) watched flows")"))
    }
    answer.say(differences.flatMap { $0.lines(style) })
  }

  // MARK: Flows

  /// The trace of a flow; under the documented semantics compared with what Felix 2.4 does.
  ///
  /// - Parameter offset: where in the input the flow begins, for errors.
  mutating func trace(_ source: String, at offset: Int) throws(CommandFailure) -> (trace: Trace, walker: Walker) {
    let (walker, flow) = try resolve(source, at: offset)
    do throws(FlowError) {
      return (try trace(flow, on: walker), walker)
    } catch {
      throw .refused(error.message(walker), help: error.help(walker))
    }
  }

  /// The same of a flow that was looked up.
  package mutating func trace(_ flow: Flow, on walker: Walker) throws(FlowError) -> Trace {
    var other: Walker?
    if semantics == .documented {
      if otherJudge == nil { otherJudge = judge.under(.calico24) }
      other = otherJudge?.walker(node: walker.topology.node)
    }
    return try walker.trace(flow, comparedWith: other)
  }

  mutating func resolve(_ source: String, at offset: Int) throws(CommandFailure) -> (walker: Walker, flow: Flow) {
    do throws(FlowTextErrors) {
      return try judge.resolve(source)
    } catch {
      throw .flow(error, at: offset)
    }
  }
}
