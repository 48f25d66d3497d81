import Reports
import Simulator

extension Command {
  static let help = Command(
    "help", aliases: ["?"], forms: ["help [COMMAND]"], summary: "this, or more about a command",
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
  /// Everything on one screen of 24 lines and 80 columns.
  var helpScreen: [String] {
    var table = TextTable()
    for row in HelpScreen.rows { table.add([TextTable.Cell(row.usage, style.bold), TextTable.Cell(row.summary)]) }
    return table.lines(indent: 0)
  }

  func help(for command: Command) -> [String] {
    var lines = command.forms.map { style.bold("  \($0)") }
    lines.append(command.summary)
    lines += command.details.wrapped(to: 76).map { "  \($0)" }
    if !command.aliases.isEmpty { lines.append("also: \(command.aliases.joined(separator: ", "))") }
    if let example = command.example(self) {
      lines.append("example:")
      lines += example.split(separator: "\n").map { "  \(style.dim(String($0)))" }
    }
    return lines
  }
}

extension String {
  /// The text in lines of at most so many scalars, broken at blanks. What stands on a line of its own stays on one.
  fileprivate func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    for word in split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if let last = lines.last, last.unicodeScalars.count + word.unicodeScalars.count < width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
