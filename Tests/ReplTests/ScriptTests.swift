import Foundation
import Testing

/// Commands from a pipe or a file: status, and what goes where.
@Suite struct ScriptTests {
  struct Case: CustomTestStringConvertible {
    var arguments: [String]
    var input = ""
    var status: Int32 = 0
    /// Fragments, in this order.
    var out: [String] = []
    var error: [String] = []
    var testDescription: String { "\(arguments.joined(separator: " ")) < \(input)" }
  }

  static let web = "tcp 10.0.0.2 -> 10.0.0.1:80"
  static let repl = ["repl", "cluster"]
  static let mine = "apiVersion: v1\nkind: policy\nmetadata: {name: mine}\n\nspec: {selector: all()}\n"

  static let cases: [Case] = [
    Case(arguments: repl, input: "\(web)\ndelete policy webserver\n\(web)\n", out: ["ALLOW", "deleted", "DENY"]),
    // No newline at the end, CRLF, comments, blank lines, several lines.
    Case(arguments: repl, input: "# what if\r\n\r\ndelete policy \\\r\nwebserver\r\n\(web)", out: ["deleted", "DENY"]),
    Case(
      arguments: repl, input: "\(mine)\n---\n\(mine.replacing("mine", with: "other"))\nundo\n",
      out: ["added policy mine", "other", "undone"]),
    Case(arguments: repl, input: "apply <<END\n\(mine)END\nshow mine\n", out: ["added policy mine", "name: mine"]),
    // The first failure stops it, at the number of its line.
    Case(
      arguments: repl, input: "\(web)\n\n# x\nfrobnicate\n\(web)\n", status: 2, out: ["ALLOW"],
      error: ["\"frobnicate\" is no command", "standard input:4: stopped"]),
    Case(arguments: repl, input: "\n\(mine)bad\n", status: 2, out: ["added"], error: ["standard input:7: stopped"]),
    Case(
      arguments: repl + ["--keep-going"], input: "frobnicate\n\(web)\nundo\n", status: 1, out: ["ALLOW"],
      error: ["standard input:1: failed", "nothing to undo", "standard input:3: failed"]),
    // Leaving.
    Case(arguments: repl, input: "quit\nfrobnicate\n"),
    Case(arguments: repl, input: "delete policy webserver\ndiscard\nfrobnicate\n", out: ["deleted"]),
    // Nobody is there to be asked.
    Case(arguments: repl, input: "edit policy webserver\n", status: 2, error: ["nobody"]),
    // Without a subcommand, without files.
    Case(arguments: [], input: "show\n", out: ["semantics documented"]),
    Case(arguments: ["repl"], input: ""),
    Case(arguments: repl + ["--semantics", "calico-2.4"], input: "semantics\n", out: ["calico-2.4"]),
    // Usage.
    Case(arguments: ["repl", "-"], status: 2, error: ["Standard input holds the commands"]),
    Case(arguments: repl + ["--script", "-"], status: 2, error: ["takes a file"]),
    Case(arguments: repl + ["--script", "nowhere"], status: 2, error: ["nowhere cannot be read"]),
    Case(arguments: repl + ["--semantics", "calico-24"], status: 2, error: ["Did you mean 'calico-2.4'"]),
    Case(arguments: ["repl", "broken.yaml"], input: "show\n", status: 2, error: ["broken.yaml:10:", "--keep-going"]),
    Case(
      arguments: ["repl", "broken.yaml", "--keep-going"], input: "show policies\n", out: ["good"],
      error: ["left out: policy bad"]),
    Case(arguments: repl + ["--resume"], input: "show\n", status: 2, error: ["no session to resume"]),
  ]

  @Test(arguments: cases)
  func script(_ test: Case) throws {
    let home = try Scratch()
    defer { home.remove() }
    let result = try Program.run(test.arguments, input: test.input, environment: ["XDG_STATE_HOME": home.folder.path])
    #expect(result.status == test.status, "\(result)")
    expect(test.out, in: result.out)
    expect(test.error, in: result.error)
    if test.error.isEmpty { #expect(result.error.isEmpty, "\(result.error)") }
    #expect(!result.out.contains("gatewalk>") && !result.out.contains("\u{1b}"), "neither prompt nor colour")
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.folder.path).allSatisfy { $0 != "gatewalk" }, "no journal")
  }

  private func expect(_ fragments: [String], in text: String) {
    var rest = text[...]
    for fragment in fragments {
      guard let range = rest.range(of: fragment) else {
        Issue.record("no \(fragment) in\n\(rest)")
        return
      }
      rest = rest[range.upperBound...]
    }
  }

  @Test func fromAFile() throws {
    let files = try Scratch()
    defer { files.remove() }
    let script = try files.write("what-if", "\(Self.web)\nfrobnicate\n")
    let result = try Program.run(Self.repl + ["--script", script], input: "not read")
    #expect(result.status == 2 && result.out.contains("ALLOW") && result.error.contains("\(script):2: stopped"), "\(result)")
  }

  /// Whoever has read enough, as `head` has, hears nothing of the rest.
  @Test func aReaderThatLeavesIsNoError() throws {
    let files = try Scratch()
    defer { files.remove() }
    let input = try files.write("in", String(repeating: "show policies\n", count: 5_000))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\"$0\" repl cluster < \"$1\" | head -n 1", Program.path, input]
    process.currentDirectoryURL = URL(fileURLWithPath: Program.worlds)
    let (output, error) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, error)
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(said.split(separator: "\n").count == 1 && complaint == "" && process.terminationStatus == 0)
  }

  /// Whoever asks through a pipe gets an answer before asking again.
  @Test func answersAsLinesCome() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = Self.repl
    process.currentDirectoryURL = URL(fileURLWithPath: Program.worlds)
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    for (question, answer) in [(Self.web, "ALLOW"), ("delete policy webserver", "deleted"), (Self.web, "DENY")] {
      try input.fileHandleForWriting.write(contentsOf: Data("\(question)\n".utf8))
      var said = ""
      while !said.contains(answer) {
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { break }
        said += String(decoding: data, as: UTF8.self)
      }
      #expect(said.contains(answer))
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
