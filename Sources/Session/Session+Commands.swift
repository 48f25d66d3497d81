extension Session {
  /// The names of all commands, in the order of `help`.
  package static let commandNames: [String] = CommandTable.all.map(\.name)

  /// The commands that the overview speaks of.
  package static let commandsInOverview: Set<String> = Set(HelpScreen.rows.flatMap(\.commands))

  /// An example of a command that works on the world as it is; `nil` where there is nothing to show it on.
  package func example(of command: String) -> String? {
    CommandTable.command(named: command)?.example(self)
  }
}
