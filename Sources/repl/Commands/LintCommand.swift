import ArgumentParser
import Lint
import Manifests
import Reports
import Session
import Simulator

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "What is likely to be a mistake, with file, line and column.",
    discussion: """
      Looks at all the files together as one world: which endpoints a policy selects, what DNAT has done to a packet by the time \
      a rule sees it, which policies stand beside it. An invalid resource is a finding, too, and the rest is looked at without it.

      The file .gatewalk.yaml of a repository can say what the options say; options go first. Its keys are lint.fail-on, \
      lint.disable, lint.semantics, lint.baseline and lint.exclude. A comment "# gatewalk:ignore GW104 REASON" keeps lint quiet \
      about a line or, at its head, a document: see --explain GW002.

      Examples:
        gatewalk lint cluster/
        gatewalk lint cluster/ --output sarif=lint.sarif --output junit=lint.xml
        gatewalk lint cluster/ --write-baseline .gatewalk-baseline.json
        gatewalk lint cluster/ --fix --dry-run
        gatewalk lint --explain GW104

      Exit status: 0 nothing as bad as --fail-on says; 1 something is; 2 the command could not be carried out.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files, directories (all *.yaml, *.yml, *.json in them), or - for standard input.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String] = []

  @Option(help: "The mildest severity that makes the exit status 1: error (the default), warning or info; or never.")
  var failOn: Configuration.FailOn?

  @Option(
    help: ArgumentHelp("Ask all rules but these: ids or names, separated by commas. May be repeated.", valueName: "id"),
    completion: .list(LintRule.all.map(\.id)))
  var disable: [String] = []

  @Option(
    help: ArgumentHelp("Ask these rules alone: ids or names, separated by commas. May be repeated.", valueName: "id"),
    completion: .list(LintRule.all.map(\.id)))
  var only: [String] = []

  @Option(
    help: ArgumentHelp("Say what a rule is about, with an example and how to mend it.", valueName: "id"),
    completion: .list(LintRule.all.map(\.id)))
  var explain: String?

  @Flag(help: "List all rules.")
  var list = false

  @Flag(help: "Print the page about all rules, in Markdown.")
  var reference = false

  @Option(
    help: ArgumentHelp("The rules of the road: documented (the default) or calico-2.4.", valueName: "semantics"),
    completion: .list(Semantics.all.map(\.name)))
  var semantics: String?

  @Option(
    help: ArgumentHelp("Only what is not in this baseline counts.", valueName: "file"), completion: .file(extensions: ["json"]))
  var baseline: String?

  @Option(
    help: ArgumentHelp("Write what is found to a baseline, and leave with status 0.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var writeBaseline: String?

  @Flag(help: "Mend in the files what can be mended for certain, then report what is left.")
  var fix = false

  @Flag(help: "With --fix: show what would be changed as a unified diff, and change nothing.")
  var dryRun = false

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var reports: ReportOptions<LintFormat>

  func validate() throws {
    if dryRun, !fix { throw ValidationError("'--dry-run' goes with '--fix'.") }
    if fix, writeBaseline != nil { throw ValidationError("'--fix' and '--write-baseline' do not go together. Mend first.") }
  }

  func run() throws {
    let console = Console.standard
    if let explain {
      console.say(
        RuleExplanationText(
          try Self.resolve { () throws(UnknownRule) in try .meant(by: explain) }, style: console.style,
          width: min(TerminalSize.ofOutput.width, 100)
        ).lines)
      return
    }
    if reference { return console.output.write(LintReference.markdown(LintRule.all)) }
    let targets = try reports.resolve()
    let configuration = try configuration.resolve()
    let rules = try chosenRules(configuration)
    if list {
      console.say(RuleExplanationText.table(rules, style: console.style))
      return
    }
    guard !files.isEmpty else {
      throw ValidationError("No input. Name a file, a directory with manifests, or - for standard input.")
    }
    let lint = configuration.configuration.lint
    let semantics = try SemanticsOption.resolve(semantics ?? lint.semantics ?? Semantics.documented.name)
    let known = try knownFindings(configuration)
    let look = { (loaded: LoadedManifests) in
      var report = Linter(rules: rules).report(on: loaded, semantics: semantics)
      known?.baseline.apply(to: &report)
      return report
    }
    let loaded = try load(configuration)
    try targets.spare(loaded.sources)
    let failOn = (failOn ?? lint.failOn ?? .error).severity
    if let writeBaseline { return try write(Baseline(of: look(loaded)), to: writeBaseline) }
    if dryRun { return try showFixes(loaded, look, failOn) }
    var (report, resources) = (fix ? try mend(loaded, look) : look(loaded), loaded.resources)
    if fix { resources = decodeManifests(report.sources, strictness: .lenient).resources }
    if let known { report.sources.append(known.source) }
    try targets.write { report.bytes($0, style: $1, showsSource: $2, resources: resources) }
    if let failOn, report.hasFindings(from: failOn) { throw ExitStatus.badNews }
  }

  /// What the options say; where they say nothing, what the configuration says.
  private func chosenRules(_ configuration: LoadedConfiguration) throws -> [LintRule] {
    guard only.isEmpty, disable.isEmpty else {
      return try Self.resolve { () throws(UnknownRule) in
        try LintRule.chosen(only: Self.ids(only), without: Self.ids(disable))
      }
    }
    return try configuration.rules()
  }

  /// - Throws: `ExitStatus.failed` if something cannot be read at all: to look at the rest would promise too much.
  private func load(_ configuration: LoadedConfiguration) throws -> LoadedManifests {
    let loaded = loadManifests(paths: files, strictness: .lenient, excluding: configuration.excluding())
    let read = Set(loaded.sources.map(\.name))
    let unread = loaded.diagnostics.filter { $0.location.map { !read.contains($0.file) } ?? false }
    guard unread.isEmpty else {
      Console.error.report(unread, sources: [])
      throw ExitStatus.failed
    }
    return loaded
  }

  private static func ids(_ lists: [String]) -> [String] {
    lists.flatMap { $0.split(separator: ",") }.map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
  }

  private static func resolve<Value>(_ work: () throws(UnknownRule) -> Value) throws -> Value {
    do {
      return try work()
    } catch {
      let close = error.closest.map { " Did you mean '\($0)'?" } ?? " 'gatewalk lint --list' lists them."
      throw ValidationError("There is no rule '\(error.text)'.\(close)")
    }
  }
}

// MARK: The baseline

extension LintCommand {
  /// The baseline that is named, here or in the configuration; `nil` if none is, or if one is to be written.
  ///
  /// - Throws: `ExitStatus.failed` if it cannot be read, which has been said.
  private func knownFindings(_ configuration: LoadedConfiguration) throws -> (baseline: Baseline, source: SourceText)? {
    guard writeBaseline == nil, let path = baseline ?? configuration.configuration.lint.baseline.map(configuration.path) else {
      return nil
    }
    var source = SourceText(name: path, bytes: [])
    do throws(Diagnostic) {
      source = try loadText(path: path)
      return (try Baseline(source), source)
    } catch {
      Console.error.report([error], sources: [source])
      throw ExitStatus.failed
    }
  }

  private func write(_ baseline: Baseline, to path: String) throws {
    do throws(FileFailure) {
      _ = try FileWriter.write(baseline.json, to: path, mayOverwrite: true)
    } catch {
      Console.error.say("error: \(Style.visible(path)) \(error.message)" + (error.help.map { "; \($0)" } ?? ""))
      throw ExitStatus.failed
    }
    let count = baseline.entries.reduce(0) { $0 + $1.count }
    Console.standard.say("wrote \(count) finding\(count == 1 ? "" : "s") to \(Style.visible(path))")
  }
}

extension Configuration.FailOn: ExpressibleByArgument {
  /// The mildest severity that makes lint fail; `nil` for none.
  fileprivate var severity: Severity? { Severity(rawValue: rawValue) }
}
