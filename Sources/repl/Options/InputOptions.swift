import ArgumentParser
import Manifests
import Reports
import Simulator

/// The manifests that a question is about.
struct InputOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("file")], parsing: .upToNextOption,
    help: ArgumentHelp(
      "Manifests: files, directories (all *.yaml, *.yml, *.json in them), or - for standard input.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String] = []

  @Flag(help: "Answer even if a resource is invalid; it is left out.")
  var keepGoing = false

  /// Reads the files, says what is wrong with them, and makes a world of what is right.
  ///
  /// - Throws: `ExitStatus.failed` if there is no input, or if something in it is invalid and `--keep-going` is not set.
  func loadWorld() throws -> World { World(try load().resources) }

  /// The same, with the texts that were read.
  func load() throws -> LoadedManifests {
    guard !files.isEmpty else {
      throw ValidationError("No input. Add '-f FILE', a file or directory with manifests, or '-f -' for standard input.")
    }
    return try LoadedManifests.load(files, keepGoing: keepGoing)
  }
}

extension LoadedManifests {
  /// Reads files for a command and says on standard error what is wrong with them.
  ///
  /// - Parameter showsWarnings: or only errors, where warnings are shown in another way.
  /// - Throws: `ExitStatus.failed` if something in them is invalid and the command is not to keep going.
  static func load(_ files: [String], keepGoing: Bool, showsWarnings: Bool = true) throws -> LoadedManifests {
    let loaded = loadManifests(paths: files, strictness: .lenient).withScenarioWorld()
    let console = Console.error
    console.report(
      loaded.diagnostics.filter { showsWarnings || $0.severity == .error }, sources: loaded.sources)
    for rejected in loaded.rejected {
      console.say("left out: \(rejected.summary)")
    }
    if loaded.hasErrors, !keepGoing {
      console.say("gatewalk does not answer on invalid input; mend it, or add --keep-going to leave out what is invalid")
      throw ExitStatus.failed
    }
    return loaded
  }
}

/// Which set of semantics judges.
struct SemanticsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("The rules of the road: documented or calico-2.4.", valueName: "semantics"),
    completion: .list(Semantics.all.map(\.name)))
  var semantics = Semantics.documented.name

  func resolve() throws -> Semantics { try Self.resolve(semantics) }

  static func resolve(_ name: String) throws -> Semantics {
    if let found = Semantics.named(name) { return found }
    let names = Semantics.all.map(\.name)
    let close = closestName(to: name, among: names).map { " Did you mean '\($0)'?" } ?? ""
    throw ValidationError("There are no semantics '\(name)'.\(close) They are: \(names.joined(separator: ", ")).")
  }
}
