import ArgumentParser
import Manifests
import Reports
import Scenarios
import Session
import Simulator
import Site

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes a small static site about scenarios, to be read and searched in a browser.",
    discussion: """
      Runs scenarios as test does and writes pages: each scenario with its world drawn, its flows with verdict, deciding rule and \
      picture, what changes did; which rules flows were decided by; what lint finds; the manifests, line by line. The pages fetch \
      nothing, so they can be opened from a disk, kept as an artifact or sent to somebody. The same input gives the same bytes.

      A report that tells of failures is a report all the same: the exit status is 0, unless --fail is given. What a build is to stop \
      for is a matter for test.

      Examples:
        gatewalk report scenarios/ -o report
        gatewalk report scenarios/ -o report --filter nodeport --title 'Open the shop to the office'
      """)

  @OptionGroup var scenarios: ScenarioOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "The directory to write into; made if it is missing, refused if it holds anything but an earlier report.",
      valueName: "directory"),
    completion: .directory)
  var output: String

  @OptionGroup var semantics: SemanticsOption

  @Option(help: ArgumentHelp("What the report is called.", valueName: "text"))
  var title = "Gatewalk report"

  @Flag(help: "Write even into a directory that holds other files.")
  var force = false

  @Flag(help: "End with status 1 if a scenario failed.")
  var fail = false

  func validate() throws {
    if output.isEmpty { throw ValidationError("'--output' names no directory.") }
  }

  func run() throws {
    let chosen = try semantics.resolve()
    let suite = try scenarios.load()
    try scenarios.requireSome(in: suite)
    let stories = Concurrently.map(ScenarioRun.all(of: suite, semantics: chosen)) { ScenarioStory($0) }
    let contents = SiteContents(
      title: title, generator: "gatewalk \(Gatewalk.version)", stories: stories,
      unreadable: suite.rejected.map(TestSuite.init(unreadable:)), sources: Self.sources(of: stories, suite))
    let pages = SitePages(contents)
    let folder = SiteFolder(output)
    do throws(SiteFolder.Failure) {
      try folder.write(pages, isForced: force)
    } catch {
      let help = error.reason.help.map { "; \($0)" } ?? ""
      Console.error.say("error: \(Style.visible(error.path)) \(error.reason.message)\(help)")
      throw ExitStatus.failed
    }
    let report = contents.report
    let console = Console.standard
    console.say(TestText(report, style: console.style, showsAll: false).summary)
    console.say("wrote \(pages.files.count) pages; begin with \(Style.visible(folder.index))")
    if fail, report.hasFailed { throw ExitStatus.badNews }
  }

  /// The texts that the stories speak of. A file that only a change of the world applies was not read with the scenarios.
  private static func sources(of stories: [ScenarioStory], _ suite: ScenarioSuite) -> [SourceText] {
    var named = stories.reduce(into: Set<String>()) { $0.formUnion($1.files) }
    for rejected in suite.rejected { named.insert(rejected.location.file) }
    var sources = suite.sources.filter { named.contains($0.name) }
    for name in named.subtracting(sources.map(\.name)).sorted() where name != "-" && !name.isEmpty {
      do throws(Diagnostic) {
        sources.append(try loadText(path: name))
      } catch {
        // Not a file: what was written in a change itself has a place of its own. Its rules are named without a link.
        continue
      }
    }
    return sources
  }
}
