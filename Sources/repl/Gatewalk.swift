import ArgumentParser
import Glibc

/// The root of the command line: a file per subcommand, the work itself in the libraries.
struct Gatewalk: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "gatewalk",
    abstract: "Says what Calico does to a packet on a host, and which rule decides.",
    discussion: """
      Gatewalk reads the manifests that calicoctl takes, walks a packet and its reply through every gate in the way, and \
      names the deciding rule with its file and line.

      Example:
        gatewalk trace 'tcp 203.0.113.9 -> 10.0.0.1:22 in eth0' -f cluster/

      Exit status: 0 all well; 1 the answer is bad news, such as invalid input; 2 the command could not be carried out.
      """,
    version: "gatewalk \(version)",
    subcommands: [
      ReplCommand.self, TraceCommand.self, ExplainCommand.self, PathsCommand.self, ReplayCommand.self, SelectCommand.self,
      TestCommand.self, ReportCommand.self, LintCommand.self, ValidateCommand.self, LearnCommand.self, QuizCommand.self,
    ])

  /// Without a subcommand it is a session; help for those who neither sit at a terminal nor have commands to give.
  func run() throws {
    if let console = ReplCommand.terminal {
      try InteractiveSession.run(SessionOpening(), on: console)
    } else if try !ScriptSession.run(SessionOpening(), script: nil) {
      throw CleanExit.helpRequest(self)
    }
  }
}

@main
enum Main {
  static func main() {
    do {
      var command = try Gatewalk.parseAsRoot()
      try command.run()
    } catch {
      leave(error)
    }
  }

  /// Ends the process as DESIGN has it: help and versions are results, wrong usage is status 2.
  private static func leave(_ error: any Error) -> Never {
    if let status = error as? ExitStatus { exit(status.rawValue) }
    let code = Gatewalk.exitCode(for: error)
    if code.isSuccess {
      Output.standard.write(Gatewalk.fullMessage(for: error) + "\n")
      exit(0)
    }
    let hint = SubcommandHint.hint(for: CommandLine.arguments)
    Output.error.write((hint ?? Gatewalk.fullMessage(for: error)) + "\n")
    exit(ExitStatus.failed.rawValue)
  }
}
