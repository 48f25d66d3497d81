/// The commands of a `console` block, each with the output that the block shows.
struct ConsoleBlock {
  struct Command {
    /// What stands behind `$ `, with lines that a backslash continues.
    var words: String
    /// The line of the block where the output begins, and where it ends.
    var output: Range<Int>
    /// What is typed in the session that the command opens; empty if it opens none.
    var inputs: [String] = []
  }

  let lines: [String]
  let commands: [Command]
  /// Does something stand before the first command?
  let beginsOtherwise: Bool

  init(_ lines: [String]) {
    self.lines = lines
    var commands: [Command] = []
    var index = 0
    beginsOtherwise = lines.first?.hasPrefix("$ ") != true
    while index < lines.count {
      guard lines[index].hasPrefix("$ ") else {
        index += 1
        continue
      }
      var words = String(lines[index].dropFirst(2))
      index += 1
      while words.hasSuffix("\\"), index < lines.count {
        words += "\n" + lines[index]
        index += 1
      }
      let end = lines[index...].firstIndex { $0.hasPrefix("$ ") } ?? lines.endIndex
      commands.append(Command(words: words, output: index..<end, inputs: Self.inputs(lines[index..<end])))
      index = end
    }
    self.commands = commands
  }

  func shown(_ command: Command) -> [String] { Array(lines[command.output]) }

  /// What a transcript of a session, a lesson or the quiz shows as typed.
  private static func inputs(_ lines: ArraySlice<String>) -> [String] {
    lines.compactMap { line in
      line.prefixMatch(of: /(gatewalk|lesson [0-9]+|quiz|\.\.\.)>( |$)/).map { String(line[$0.range.upperBound...]) }
    }
  }
}
