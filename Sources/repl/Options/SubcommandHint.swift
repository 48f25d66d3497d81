import ArgumentParser
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
    return "error: \"\(word)\" is no command; commands are \(names.joined(separator: ", "))"
  }
}
