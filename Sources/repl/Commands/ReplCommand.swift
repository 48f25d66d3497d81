import ArgumentParser
import Glibc
import Simulator

struct ReplCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "A session: ask, change things, see what it does to packets.",
    discussion: """
      At the prompt "help" lists what can be asked, Tab completes, and Ctrl-D leaves. What is changed is kept in a journal as it is \
      changed, so that a crash loses nothing: --resume brings it back.

      When standard input is not a terminal, or with --script, commands are read from there, answered as they come, and the first \
      that fails ends the script with status 2. Standalone YAML in a script ends where a line that is not YAML begins; \
      "apply <<END" takes all lines until one that is END.

      Examples:
        gatewalk repl cluster/
        gatewalk repl cluster/ --script what-if.gatewalk
        echo 'tcp 10.0.0.2 -> 10.0.0.1:80' | gatewalk repl cluster/
      """)

  @Argument(
    help: ArgumentHelp("Manifests to begin with: files or directories (all *.yaml, *.yml, *.json in them).", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String] = []

  @Option(
    help: ArgumentHelp("The rules of the road: documented (the default) or calico-2.4.", valueName: "semantics"),
    completion: .list(Semantics.all.map(\.name)))
  var semantics: String?

  @Option(help: ArgumentHelp("Read commands from a file, and leave at its end.", valueName: "file"), completion: .file())
  var script: String?

  @Flag(help: "In a script, show each command before its answer: a transcript.")
  var echo = false

  @Flag(help: "Begin even if a resource is invalid, without it; and go on with a script after a command that fails.")
  var keepGoing = false

  @Flag(help: "Bring back what a session changed that was killed or left without saving.")
  var resume = false

  func validate() throws {
    if script == "-" { throw ValidationError("'--script' takes a file; without it commands come from standard input.") }
    if script == nil, files.contains("-") {
      throw ValidationError("Standard input holds the commands, so '-' cannot be a manifest. Name a file.")
    }
  }

  func run() throws {
    let opening = SessionOpening(
      files: files, semantics: try semantics.map(SemanticsOption.resolve), keepGoing: keepGoing, resumes: resume)
    if script == nil, let console = Self.terminal {
      try InteractiveSession.run(opening, on: console)
    } else {
      try ScriptSession.run(opening, script: script, echoes: echo)
    }
  }

  /// Where a person reads; `nil` if nobody sits at standard input.
  static var terminal: Console? {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    return [Console.standard, Console.error].first { $0.output.isTerminal }
  }
}
