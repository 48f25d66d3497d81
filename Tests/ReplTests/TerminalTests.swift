import Foundation
import Testing

/// The session as a person has it: in a pseudo-terminal, each case a script of its own that says what it waits for.
///
/// One after another: each starts several sessions, and a machine that is busy with all of them at once is no help.
@Suite(.serialized) struct TerminalTests {
  private static let folder = Program.worlds + "/terminal"

  /// What all cases share is none itself.
  static let cases: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".py") && $0 != "terminal.py" }.sorted()
  }()

  @Test func thereAreCases() {
    #expect(Self.cases.count >= 14)
  }

  @Test(arguments: cases)
  func terminal(name: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-B", "\(Self.folder)/\(name)", Program.path, Program.worlds]
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(name)\n\(said)")
  }
}
