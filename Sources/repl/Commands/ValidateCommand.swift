import ArgumentParser
import Manifests
import Reports
import Simulator

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Is the input acceptable? Every problem, with file, line and column.",
    discussion: """
      With --strict exactly what calicoctl of Calico v2.4 accepts is acceptable; without it a few things that it refuses \
      are warnings. So is, either way, what is acceptable and unlikely to be meant, such as a route through an interface \
      that the host does not have.

      Example:
        gatewalk validate --strict cluster/
      """)

  @Argument(
    help: ArgumentHelp(
      "Files, directories (all *.yaml, *.yml, *.json in them), or - for standard input.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String]

  @Flag(help: "Refuse what calicoctl of Calico v2.4 refuses.")
  var strict = false

  func run() throws {
    let loaded = loadManifests(paths: files, strictness: strict ? .strict : .lenient)
    // Where resources are left out, what is said of the rest would be misleading.
    let diagnostics = loaded.diagnostics + (loaded.hasErrors ? [] : Self.doubts(World(loaded.resources)))
    let console = Console.standard
    console.report(diagnostics, sources: loaded.sources)
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    var kinds = [Self.count(loaded.resources.count, "resource")]
    if !loaded.scenarios.isEmpty { kinds.append(Self.count(loaded.scenarios.count, "scenario")) }
    let counts = (kinds + [Self.count(errors, "error"), Self.count(warnings, "warning")]).joined(separator: ", ")
    if loaded.hasErrors {
      let leftOut = loaded.rejected.isEmpty ? "" : "; left out: \(loaded.rejected.map(\.summary).joined(separator: ", "))"
      console.say("\(console.style.bad("invalid")): \(counts)\(leftOut)")
      throw ExitStatus.badNews
    }
    console.say("\(console.style.good("valid")): \(counts)")
  }

  /// What is acceptable to Calico and yet unlikely to be meant: the warnings that `trace` gives, here of all hosts.
  private static func doubts(_ world: World) -> [Diagnostic] {
    world.warnings() + Topology.ofEachNode(in: world, semantics: .documented).flatMap(\.warnings)
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
