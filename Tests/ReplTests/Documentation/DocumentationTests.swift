import Foundation
import Testing

/// Every command that the documentation shows is run, and its output compared with what the page says.
///
/// `UPDATE_DOCS=1 swift test --disable-xctest --filter DocumentationTests` writes the outputs into the pages instead.
@Suite struct DocumentationTests {
  static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_DOCS"] == "1"

  /// Blocks of other languages that show commands and are not run, by a part of their text, each with the reason.
  private static let notRun: [String: String] = [:]

  @Test(arguments: Repository.pages)
  func `shows what is`(page name: String) throws {
    var page = try DocumentationPage(name: name)
    var runner = try ConsoleRunner()
    defer { runner.remove() }
    var problems: [String] = []
    var updates: [(lines: Range<Int>, text: [String])] = []
    for fence in page.fences {
      if let file = fence.file { try runner.write(file, page.shown(fence)) }
      guard fence.language == "console" else { continue }
      let block = ConsoleBlock(page.shown(fence))
      if block.beginsOtherwise { problems.append("\(name):\(fence.lines.lowerBound): a block begins with its command") }
      runner.beginBlock()
      for (index, command) in block.commands.enumerated() {
        let next = block.commands.dropFirst(index + 1).first?.words
        let place = fence.lines.lowerBound + command.output.lowerBound
        let (output, problem) = try Self.run(command, of: block, before: next, by: &runner)
        guard let problem else { continue }
        if let output, Self.isUpdating {
          let start = fence.lines.lowerBound
          let space = String(repeating: " ", count: fence.indentation)
          let text = ShownOutput(lines: block.shown(command)).updated(output).map { $0.isEmpty ? "" : space + $0 }
          updates.append((start + command.output.lowerBound..<start + command.output.upperBound, text))
        } else {
          problems.append("\(name):\(place): \(problem)")
        }
      }
    }
    for update in updates.reversed() { page.lines.replaceSubrange(update.lines, with: update.text) }
    if !updates.isEmpty {
      try page.text.write(to: Repository.root.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  /// What a command puts out, if that can be shown at all, and what is wrong with the page's account of it.
  private static func run(
    _ command: ConsoleBlock.Command, of block: ConsoleBlock, before next: String?, by runner: inout ConsoleRunner
  ) throws -> (output: [String]?, problem: String?) {
    let program = command.words.prefix { $0 != " " }
    guard ConsoleRunner.programs.contains(String(program)) else {
      return (nil, "\"\(program)\" is not run here: fence what cannot be run as text")
    }
    let (output, status) = try runner.run(command)
    if program != "gatewalk", status != 0 { return (nil, "\(command.words): status \(status)\n\(output)") }
    if status > 1, next != "echo $?" {
      let text = output.joined(separator: "\n")
      return (nil, "\(command.words): status \(status), which a page shows only with \"echo $?\" behind it\n\(text)")
    }
    if ShownOutput(lines: block.shown(command)).matches(output) { return (output, nil) }
    return (output, "\(command.words)\nputs out\n\(output.joined(separator: "\n"))\n(UPDATE_DOCS=1 writes it into the page)")
  }

  /// Pictures and tables that a command makes are what it makes now.
  @Test(arguments: Repository.pages)
  func `shows what is made`(page name: String) throws {
    var page = try DocumentationPage(name: name)
    let runner = try ConsoleRunner()
    defer { runner.remove() }
    for part in try page.madeParts.reversed() {
      let made = try runner.make(part.command)
      #expect(made.count > 200, "\(name): \(part.command) makes nothing")
      switch part.place {
      case .picture(let path):
        let file = Repository.root.appendingPathComponent(path)
        if Self.isUpdating { try made.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOf: file, encoding: .utf8) == made, "\(path): UPDATE_DOCS=1 makes it anew")
      case .lines(let range):
        let made = made.trimmingCharacters(in: .newlines)
        if Self.isUpdating {
          page.lines.replaceSubrange(range, with: ["", made, ""])
          try page.text.write(to: Repository.root.appendingPathComponent(name), atomically: true, encoding: .utf8)
        } else {
          let shown = page.lines[range].joined(separator: "\n").trimmingCharacters(in: .newlines)
          #expect(shown == made, "\(name): \(part.command): UPDATE_DOCS=1 makes it anew")
        }
      }
    }
  }

  /// A command in a block that is not run would not be noticed when it stops to be true.
  @Test(arguments: Repository.pages)
  func `commands stand in console blocks`(page name: String) throws {
    let page = try DocumentationPage(name: name)
    for fence in page.fences where fence.language != "console" && fence.language != "text" {
      let lines = page.shown(fence)
      let isKnown = Self.notRun.keys.contains { lines.joined(separator: "\n").contains($0) }
      let commands = lines.filter { $0.hasPrefix("gatewalk ") || $0.hasPrefix("$ ") }
      #expect(commands.isEmpty || isKnown, "\(name):\(fence.lines.lowerBound): fence it as console")
    }
  }

  /// Commands whose answers, between them, have all kinds of objects in them.
  private static let jsonCommands = [
    ["trace", "tcp 203.0.113.9 -> 10.0.0.13:30333 in eth0 on node3", "-f", "Scenarios/seed/pre-dnat", "--output", "json"],
    ["trace", "tcp 198.51.100.9 -> 10.0.0.11:30333 in eth0 on node1", "-f", "Scenarios/seed/pre-dnat", "--output", "json"],
    ["trace", "tcp 203.0.113.9 -> 10.0.0.1:22 in eth0", "-f", "Scenarios/seed/host-basics", "--output", "json"],
    ["trace", "tcp 10.30.4.2 -> 10.30.0.8:11211 in eth0", "-f", "Scenarios/sittings/memcached", "--output", "json"],
    ["test", "Scenarios/setups/bastion", "--format", "json"],
    ["lint", "Scenarios/setups", "Scenarios/sittings", "--format", "json"],
  ]

  @Test(arguments: jsonCommands)
  func `every key of JSON is explained`(command: [String]) throws {
    let page = try DocumentationPage(name: "docs/reference/json.md").text
    let answer = try Program.run(command, folder: Repository.root.path).out
    let keys = try Self.keys(JSONSerialization.jsonObject(with: Data(answer.utf8)))
    #expect(keys.count > 5)
    #expect(keys.filter { !page.contains("`\($0)`") }.isEmpty)
  }

  private static func keys(_ value: Any) -> Set<String> {
    if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys($1)) } }
    guard let object = value as? [String: Any] else { return [] }
    return object.reduce(into: Set(object.keys)) { $0.formUnion(keys($1.value)) }
  }

  /// Manifests that a page shows are manifests; those with a name are read by the page's commands.
  @Test(arguments: Repository.pages)
  func `manifests can be read`(page name: String) throws {
    // Lint's page shows what is wrong, and its examples have a test of their own.
    guard name != "docs/reference/lint.md" else { return }
    let page = try DocumentationPage(name: name)
    let files = try Scratch()
    defer { files.remove() }
    for fence in page.fences where fence.language == "yaml" && fence.file == nil {
      let text = page.shown(fence).joined(separator: "\n") + "\n"
      guard text.hasPrefix("apiVersion:") else { continue }
      let result = try Program.run(["validate", try files.write("shown.yaml", text)])
      #expect(result.status == 0, "\(name):\(fence.lines.lowerBound): \(result)")
    }
  }

  /// The script beside a sitting is what its page shows.
  @Test(arguments: ["nodeport", "lock-out", "memcached"])
  func `sittings have their scripts`(_ sitting: String) throws {
    let folder = "Scenarios/sittings/\(sitting)"
    let page = try DocumentationPage(name: "\(folder)/README.md")
    let blocks = page.fences.filter { $0.language == "console" }.map { ConsoleBlock(page.shown($0)) }
    let session = try #require(blocks.flatMap(\.commands).first { !$0.inputs.isEmpty })
    let script = Repository.root.appendingPathComponent("\(folder)/sitting.gatewalk")
    #expect(try String(contentsOf: script, encoding: .utf8) == session.inputs.joined(separator: "\n") + "\n")
  }

  @Test func `the page of commands is what the program says of itself`() throws {
    let reference = try CommandReference()
    let file = Repository.root.appendingPathComponent(CommandReference.page)
    if Self.isUpdating { try reference.markdown.write(to: file, atomically: true, encoding: .utf8) }
    #expect(try String(contentsOf: file, encoding: .utf8) == reference.markdown, "UPDATE_DOCS=1 makes it anew")
    #expect(reference.names.contains("trace") && reference.names.count >= 7)
  }

  @Test func `an omission stands for any lines`() {
    let output = ["a", "b", "c", "d", "e"]
    let matching = [
      ["a", "b", "c", "d", "e"], ["a", "…"], ["…", "e"], ["a", "…", "c", "…", "e"], ["…", "b", "c", "…"], ["…"],
    ]
    for shown in matching { #expect(ShownOutput(lines: shown).matches(output), "\(shown)") }
    let others = [["a"], ["b", "…"], ["…", "d"], ["a", "…", "d", "c", "…"], ["a", "b", "c", "…", "c", "d", "e"], []]
    for shown in others { #expect(!ShownOutput(lines: shown).matches(output), "\(shown)") }
    #expect(ShownOutput(lines: ["x", "…", "c", "y", "…", "z"]).updated(output) == ["a", "…", "c", "d", "…", "e"])
    #expect(ShownOutput(lines: ["x"]).updated(output) == output)
  }
}
