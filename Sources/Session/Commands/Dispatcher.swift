import Simulator

/// Finds out what an input is, a command, a flow or YAML, and has it carried out.
enum Dispatcher {
  static func dispatch(
    _ input: String, in session: inout Session, _ answer: inout Answer
  ) throws(CommandFailure) {
    let bytes = Array(input.utf8)
    let lines = bytes.split(separator: 0x0a).map { LineShape(String(decoding: $0, as: UTF8.self)) }
    guard let first = lines.first(where: { !$0.isBlank && !$0.isComment }) else { return }
    var arguments = Arguments(bytes)
    let command: Command
    if first.beginsYAML || first.bytes.first == UInt8(ascii: "{") {
      command = .apply
    } else if let found = take(&arguments) {
      command = found
    } else {
      command = try orFlow(arguments)
    }
    try command.run(&session, &arguments, &answer)
    if command.isJournalled, answer.journal.isEmpty, !answer.changedNothing { answer.journal = [input] }
  }

  /// The command that the first word or two name, taken off the arguments.
  private static func take(_ arguments: inout Arguments) -> Command? {
    guard let word = arguments.peek?.text else { return nil }
    if arguments.words.count > 1, let both = CommandTable.command(named: "\(word) \(arguments.words[1].text)") {
      _ = arguments.take()
      _ = arguments.take()
      return both
    }
    guard let command = CommandTable.command(named: word) else { return nil }
    _ = arguments.take()
    return command
  }

  /// A flow needs no command.
  private static func orFlow(_ arguments: Arguments) throws(CommandFailure) -> Command {
    guard let word = arguments.peek else { throw .refused("nothing was typed", help: nil) }
    let isProtocol = IPProtocol(name: word.text.lowercased()) != nil || UInt8(word.text) != nil
    if isProtocol || arguments.words.contains(where: { $0.text == "->" }) { return .flow }
    let names = CommandTable.all.flatMap { [$0.name] + $0.aliases }
    let close = closestName(to: word.text, among: names).map { "did you mean \"\($0)\"? " } ?? ""
    throw .at(
      word.range, "\"\(word.text.shortened(to: 60))\" is no command",
      help: close + "\"help\" lists the commands; a flow reads tcp 10.0.0.2 -> 10.0.0.1:80 in eth0")
  }
}
