import Foundation

/// Runs the commands of one page, in their order and in a copy of what the repository shows.
struct ConsoleRunner {
  private let scratch: Scratch
  private let home: Scratch
  /// Where the commands of a block run: the copy's root, until a `cd`.
  private var folder: URL
  private var lastStatus: Int32 = 0

  /// Programs that a page may use beside `gatewalk`.
  static let programs: Set = ["gatewalk", "cd", "cat", "echo", "ls", "mkdir", "cp", "head", "printf", "git", "diff"]

  init() throws {
    (scratch, home) = (try Scratch(), try Scratch())
    try Repository.copy(to: scratch.folder)
    folder = scratch.folder
  }

  func remove() {
    scratch.remove()
    home.remove()
  }

  /// Each block begins at the root.
  mutating func beginBlock() {
    (folder, lastStatus) = (scratch.folder, 0)
  }

  /// A file that the page shows.
  func write(_ name: String, _ lines: [String]) throws {
    let file = scratch.folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: false, encoding: .utf8)
  }

  /// What a reader sees who types the command, without the empty lines at its end; and its status.
  mutating func run(_ command: ConsoleBlock.Command) throws -> (output: [String], status: Int32) {
    let words = command.words
    if words.hasPrefix("cd ") {
      folder = folder.appendingPathComponent(String(words.dropFirst(3)).trimmingCharacters(in: .whitespaces))
      lastStatus = FileManager.default.fileExists(atPath: folder.path) ? 0 : 1
      return ([], lastStatus)
    }
    if words == "echo $?" { return (["\(lastStatus)"], 0) }
    var line = words
    if !command.inputs.isEmpty {
      let script = try home.write("script", command.inputs.joined(separator: "\n") + "\n")
      line = words.prefix { $0 != "#" } + " --script \(script) --echo"
    }
    let (output, status) = try runShell(line)
    lastStatus = status
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last == "" { lines.removeLast() }
    return (lines, status)
  }

  /// What a command puts out on standard output alone: what a reader would write to a file.
  func make(_ command: String) throws -> String {
    try runShell(command + " 2>/dev/null").0
  }

  private func runShell(_ line: String) throws -> (String, Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    let programs = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    process.environment = [
      "PATH": programs + ":/usr/local/bin:/usr/bin:/bin", "HOME": home.folder.path, "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
      "XDG_STATE_HOME": home.folder.path,
    ]
    process.standardInput = FileHandle.nullDevice
    let file = try home.write("out", "")
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
    // Both to one place, as in a terminal.
    try output.seekToEnd()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    return (try String(contentsOfFile: file, encoding: .utf8), process.terminationStatus)
  }
}
