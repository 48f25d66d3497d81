/// All commands, in the order in which `help` lists them.
enum CommandTable {
  static let all: [Command] = [
    .flow, .why, .diagram, .whyNot, .show, .policies, .select, .explain, .semantics,
    .apply, .add, .delete, .set, .label, .unlabel, .enable, .disable, .failsafe, .edit, .fix,
    .undo, .redo, .changes, .checkpoint, .back, .reset,
    .watch, .unwatch, .diff,
    .save, .source, .help, .quit, .discard,
  ]

  private static let byName: [String: Command] = {
    var table: [String: Command] = [:]
    for command in all {
      for name in [command.name] + command.aliases { table[name] = command }
    }
    return table
  }()

  /// The command with this name or alias.
  static func command(named name: String) -> Command? { byName[name] }
}
