import Foundation

/// The page about all commands, in Markdown: made from what the program says of itself, so that it cannot say otherwise.
struct CommandReference {
  static let page = "docs/reference/commands.md"

  private let root: Command

  /// Asks the program.
  init() throws {
    let description = try Program.run(["--experimental-dump-help"])
    root = try JSONDecoder().decode(Description.self, from: Data(description.out.utf8)).command
  }

  /// Names of the subcommands, in the order of help.
  var names: [String] { commands.map(\.commandName) }

  private var commands: [Command] {
    (root.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
  }

  var markdown: String {
    let rows = commands.map { "| [`\($0.commandName)`](#\($0.commandName)) | \(Self.escaped($0.abstract ?? "")) |" }
    return """
      # Commands

      \(Self.prose(root.discussion ?? ""))

      Each command takes `--help`, `gatewalk --version` says which version it is, and `gatewalk --generate-completion-script bash` (`zsh`,
      `fish`) prints what a shell needs to complete options; `make install` puts these and the manual page where shells and `man` look.
      This page is made from the program's own help.

      | command | |
      |---|---|
      \(rows.joined(separator: "\n"))

      \(commands.map(Self.section).joined(separator: "\n\n"))

      """
  }

  private static func section(_ command: Command) -> String {
    let shown = (command.arguments ?? []).filter { $0.shouldDisplay && $0.valueName != "help" && $0.valueName != "version" }
    let rows = shown.map { "| \($0.spelling) | \($0.explanation) |" }
    let table = rows.isEmpty ? "" : "\n\n| | |\n|---|---|\n\(rows.joined(separator: "\n"))"
    return """
      ## \(command.commandName)

      \(escaped(command.abstract ?? ""))

      \(prose(command.discussion ?? ""))\(table)
      """
  }

  /// Paragraphs as they are; what is indented, as in examples, between fences.
  private static func prose(_ text: String) -> String {
    var lines: [String] = []
    var isFenced = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isCode = line.hasPrefix("  ")
      if isCode != isFenced {
        lines += isCode ? ["", "```text"] : ["```"]
        isFenced = isCode
      }
      lines.append(isCode ? String(line.dropFirst(2)) : escaped(String(line)))
    }
    return (lines + (isFenced ? ["```"] : [])).joined(separator: "\n")
  }

  fileprivate static func escaped(_ text: String) -> String {
    ["\\", "*", "|", "<"].reduce(text) { $0.replacingOccurrences(of: $1, with: "\\" + $1) }
  }
}

// MARK: What ArgumentParser says, as far as it is wanted

extension CommandReference {
  private struct Description: Decodable {
    var command: Command
  }

  private struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool
    var subcommands: [Command]?
    var arguments: [Argument]?
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String

      var spelling: String { (kind == "short" ? "-" : "--") + name }
    }

    var kind: String
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var allValues: [String]?
    var defaultValue: String?
    var isRepeating: Bool
    var shouldDisplay: Bool

    /// `-f`, `--file FILE`, in code.
    var spelling: String {
      let value = (valueName ?? "").uppercased() + (isRepeating ? "…" : "")
      guard let names, !names.isEmpty else { return "`\(value)`" }
      let spelled = names.map { "`\($0.spelling)`" }.joined(separator: ", ")
      return kind == "option" ? "\(spelled.dropLast()) \(value)`" : spelled
    }

    var explanation: String {
      let values = (allValues ?? []).map { "`\($0)`" }.joined(separator: ", ")
      let parts = [
        abstract.map(CommandReference.escaped), values.isEmpty ? nil : "One of \(values).",
        defaultValue.map { "Default: `\($0)`." },
      ]
      return parts.compactMap { $0 }.joined(separator: " ")
    }
  }
}
