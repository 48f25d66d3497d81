import ArgumentParser
import Glibc
import Reports
import Simulator

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Judges flows from standard input, a line of JSON each.",
    discussion: """
      Each line gets one result line, in the same order; 'id' is copied. A flow that cannot be judged gets the verdict \
      'error' with a message, and the exit status is 1 at the end.

      Example:
        echo '{"id":1,"in":"eth0","protocol":"tcp","source":"10.0.0.2","destination":"10.0.0.1","destinationPort":80}' \
      | gatewalk replay -f cluster/
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var semantics: SemanticsOption

  func run() throws {
    let chosen = try semantics.resolve()
    guard !input.files.contains("-") else {
      throw ValidationError("Standard input holds the flows, so '-f -' cannot be it too.")
    }
    let world = try input.loadWorld()
    var replayer = Replayer(Simulation(world: world, semantics: chosen))
    let failures = try LineAnswers.run { line, json in
      switch line {
      case .bytes(let bytes, let range): return replayer.answer(bytes, range, into: &json)
      case .tooLong:
        replayer.refuse(LineAnswers.tooLong, into: &json)
        return false
      }
    }
    if failures > 0 {
      Console.error.say("\(failures) \(failures == 1 ? "flow" : "flows") could not be judged")
      throw ExitStatus.badNews
    }
    // Everything is written. Taking a large world apart piece by piece would take longer than many flows.
    Glibc.exit(0)
  }
}
