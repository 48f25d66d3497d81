import ArgumentParser
import Glibc
import Simulator

/// What to say to somebody who mistyped a subcommand.
enum SubcommandHint {
  /// `nil` if the first word is a subcommand, or nothing like one.
  static func hint(for arguments: [String]) -> String? {
    guard let word = arguments.dropFirst().first, !word.hasPrefix("-") else { return nil }
    let names = Gatewalk.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard !names.contains(word) else { return nil }
    if let close = closestName(to: word, among: names) {
      return "error: \"\(word)\" is no command; did you mean \"gatewalk \(close)\"?"
    }
    if access(word, F_OK) == 0 {
      return "error: \"\(word)\" is no command; did you mean \"gatewalk repl \(word)\"?"
    }
    return "error: \"\(word)\" is no command; commands are \(names.joined(separator: ", "))"
  }
}
