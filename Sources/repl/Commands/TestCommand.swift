import ArgumentParser
import Manifests
import Reports
import Scenarios
import Selector
import Session
import Simulator

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs scenarios: do flows get the verdict that they should, for the right reason?",
    discussion: """
      A scenario names a world, flows in it and what is expected of them; docs/reference/scenarios.md is its page. In a \
      directory all *.yaml, *.yml and *.json are looked at, and those without scenarios passed over.

      Examples:
        gatewalk test scenarios/
        gatewalk test scenarios/ --coverage --coverage-min 90
        gatewalk test scenarios/ --output junit=report.xml
        gatewalk test scenarios/nodeport.yaml --update
      """)

  @OptionGroup var scenarios: ScenarioOptions
  @OptionGroup var semantics: SemanticsOption
  @OptionGroup var reports: ReportOptions<TestFormat>

  @Flag(help: "List the scenarios instead of running them.")
  var list = false

  @Flag(help: "With --list: the claims of the documentation, and the scenarios that cover each.")
  var claims = false

  @Flag(name: [.customShort("v"), .long], help: "Show also what passed.")
  var verbose = false

  @Flag(help: "Say which rules, built-in decisions and claims no flow was decided by.")
  var coverage = false

  @Option(help: ArgumentHelp("Fail if fewer rules than this are covered.", valueName: "percent"))
  var coverageMin: Double?

  @Flag(help: "Delete and flip each rule in turn, and report the changes that no scenario notices.")
  var mutate = false

  @Flag(help: "Rewrite the expectations that fail to what was found, after showing the difference.")
  var update = false

  @Flag(help: "With --update: only show the difference.")
  var dryRun = false

  func validate() throws {
    if let least = coverageMin, !(0...100).contains(least) { throw ValidationError("--coverage-min takes a percentage.") }
    if claims, !list { throw ValidationError("--claims goes with --list.") }
    if dryRun, !update { throw ValidationError("--dry-run goes with --update.") }
  }

  func run() throws {
    let chosen = try semantics.resolve()
    let targets = try reports.resolve()
    let suite = try scenarios.load()
    if claims { return Console.standard.say(ClaimTable(suite).lines) }
    if list { return Console.standard.say(ScenarioTable(suite).lines) }
    try scenarios.requireSome(in: suite)
    try targets.spare(suite.sources)
    let runs = ScenarioRun.all(of: suite, semantics: chosen)
    let outcomes = Concurrently.map(runs) { $0.outcome() }
    let report = TestReport(suites: outcomes.map(\.suite) + suite.rejected.map(TestSuite.init(unreadable:)))
    try targets.write { format, style, _ in report.bytes(format, style: style, showsAll: verbose) }
    // A report for programs stays one.
    let console = targets.standard == .text ? Console.standard : Console.error
    var isWell = !report.hasFailed
    if coverage || coverageMin != nil {
      let found = Coverage(outcomes)
      console.say(CoverageText(found, style: console.style, showsMissed: coverage).lines)
      if let coverageMin, found.percentage < coverageMin { isWell = false }
    }
    if mutate { mutate(runs, outcomes, console) }
    if update { try rewrite(Array(zip(runs, outcomes)), suite, console) }
    if !isWell { throw ExitStatus.badNews }
  }

  private func mutate(_ runs: [ScenarioRun], _ outcomes: [ScenarioOutcome], _ console: Console) {
    let sound = zip(runs, outcomes).filter { !$0.1.suite.hasFailed }.map(\.0)
    console.say(MutationText(MutationReport(sound), style: console.style).lines)
    if sound.count < runs.count {
      Console.error.say("scenarios that fail as it is take no part in --mutate: \(runs.count - sound.count)")
    }
  }

  private func rewrite(
    _ runs: [(ScenarioRun, ScenarioOutcome)], _ suite: ScenarioSuite, _ console: Console
  ) throws {
    let update = ExpectationUpdate(runs.map { (run: $0, outcome: $1) }, sources: suite.sources)
    for file in update.files {
      let diff = UnifiedDiff(
        from: String(decoding: file.before, as: UTF8.self), to: String(decoding: file.after, as: UTF8.self))
      console.say(diff.lines(old: file.name, new: file.name, style: console.style))
    }
    for refusal in update.refusals {
      Console.error.say("\(refusal.location.map { "\(Style.visible($0.description)): " } ?? "")\(refusal.message)")
    }
    guard !dryRun else { return }
    for file in update.files {
      do throws(FileFailure) {
        _ = try FileWriter.write(file.after, to: file.name, mayOverwrite: true)
        Console.error.say("rewrote \(Style.visible(file.name))")
      } catch {
        Console.error.say("error: \(Style.visible(file.name)) \(error.message)")
        throw ExitStatus.failed
      }
    }
  }
}
