import ArgumentParser
import Lint
import Manifests
import Reports
import Simulator

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "What is likely to be a mistake, with file, line and column.",
    discussion: """
      Looks at all the files together as one world: which endpoints a policy selects, what DNAT has done to a packet by the time \
      a rule sees it, which policies stand beside it. An invalid resource is a finding, too, and the rest is looked at without it.

      Examples:
        gatewalk lint cluster/
        gatewalk lint cluster/ --output sarif=lint.sarif --output junit=lint.xml
        gatewalk lint --explain GW104

      Exit status: 0 nothing as bad as --fail-on says; 1 something is; 2 the command could not be carried out.
      """)

  /// What makes the status 1.
  enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case error, warning, info, never

    var severity: Severity? { Severity(rawValue: rawValue) }
  }

  @Argument(
    help: ArgumentHelp(
      "Files, directories (all *.yaml, *.yml, *.json in them), or - for standard input.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String] = []

  @Option(help: "The mildest severity that makes the exit status 1: error, warning or info; or never.")
  var failOn = FailOn.error

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

  @OptionGroup var semantics: SemanticsOption
  @OptionGroup var reports: ReportOptions<LintFormat>

  func run() throws {
    let console = Console.standard
    if let explain {
      console.say(
        RuleExplanationText(try Self.resolve { () throws(UnknownRule) in try .meant(by: explain) }, style: console.style).lines)
      return
    }
    let (only, without) = (Self.ids(only), Self.ids(disable))
    let rules = try Self.resolve { () throws(UnknownRule) in try LintRule.chosen(only: only, without: without) }
    if list {
      console.say(RuleExplanationText.table(rules, style: console.style))
      return
    }
    guard !files.isEmpty else {
      throw ValidationError("No input. Name a file, a directory with manifests, or - for standard input.")
    }
    let semantics = try semantics.resolve()
    let targets = try reports.resolve()
    let report = Linter(rules: rules).report(on: try load(), semantics: semantics)
    try targets.write(report.bytes)
    if let limit = failOn.severity, report.hasFindings(from: limit) { throw ExitStatus.badNews }
  }

  /// - Throws: `ExitStatus.failed` if something cannot be read at all: to look at the rest would promise too much.
  private func load() throws -> LoadedManifests {
    let loaded = loadManifests(paths: files, strictness: .lenient)
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
