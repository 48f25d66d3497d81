import Reports
import Simulator

extension Command {
  static let help = Command(
    "help", aliases: ["?"], .keep, forms: ["help [COMMAND]"], summary: "this, or more about a command",
    details: "help COMMAND shows how it is typed, what it does, and an example that works here and now.",
    slots: { $0.isEmpty ? [.command] : [] }, example: { _ in "help why" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      guard let word = arguments.takeRest() else { return answer.say(session.helpScreen) }
      guard let command = CommandTable.command(named: word.text) else {
        let close = closestName(to: word.text, among: CommandTable.all.map(\.name)).map { "did you mean \"\($0)\"? " } ?? ""
        throw .at(word.range, "there is no command \"\(word.text)\"", help: close + "\"help\" lists them")
      }
      answer.say(session.help(for: command))
    })
}

extension Session {
  /// Everything on one screen.
  var helpScreen: [String] {
    var table = TextTable()
    for group in Command.Group.allCases {
      table.add(line: style.bold(group.rawValue))
      for command in CommandTable.all where command.group == group {
        table.add([TextTable.Cell("  " + command.forms[0].prefix(26)), TextTable.Cell(command.summary, style.dim)])
      }
    }
    return table.lines(indent: 0)
  }

  func help(for command: Command) -> [String] {
    var lines = command.forms.map { style.bold("  \($0)") }
    lines.append(command.summary)
    lines += command.details.split(separator: "\n").map { "  \($0)" }
    if !command.aliases.isEmpty { lines.append("also: \(command.aliases.joined(separator: ", "))") }
    if let example = command.example(self) {
      lines.append("example:")
      lines += example.split(separator: "\n").map { "  \(style.dim(String($0)))" }
    }
    return lines
  }
}
