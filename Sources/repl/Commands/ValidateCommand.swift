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
      are warnings.

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
    let console = Console.standard
    console.report(loaded.diagnostics, sources: loaded.sources)
    let errors = loaded.diagnostics.count { $0.severity == .error }
    let warnings = loaded.diagnostics.count - errors
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

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
