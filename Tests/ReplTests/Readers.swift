import Foundation
import Testing

/// Programs that others wrote, asked what they read in our reports: each a Python script that exits with 0 if it is what another
/// report says.
enum Readers {
  /// Runs a script on texts, which it finds as files in the order given.
  static func check(_ script: String, _ texts: [[UInt8]], _ arguments: [String] = [], _ comment: String = "") throws {
    let files = try Scratch()
    defer { files.remove() }
    let paths = try texts.enumerated().map { index, bytes in
      let file = files.folder.appendingPathComponent("report-\(index)")
      try Data(bytes).write(to: file)
      return file.path
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-B", "\(Program.worlds)/readers/\(script)"] + paths + arguments
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(script) \(comment)\n\(said)")
  }

  /// Texts that are hard on somebody's syntax.
  static let nasty = [
    "plain", "", " ", "\"'`", "a]]>b", "<a b=\"c\">&amp;&#0;", "two\nlines\r\nand\ttab", "100%,25:3::x", "::error::no",
    "a # SKIP not", "# TODO", "\\# SKIP", "ok 1", "...", "---", "  - x: y", "\u{0}\u{1}\u{8}\u{b}\u{1b}[31m\u{7f}\u{85}\u{9f}",
    "\u{fffe}\u{ffff}\u{2028}\u{2029}\u{feff}", "日本語 😀 e\u{301} \u{10ffff}",
    String(decoding: [0xff, 0x61, 0xc3, 0x28], as: UTF8.self),
    "{{mustache}} ${x} $(x) %s", "--", "a\\nb\\", "é\u{200d}🏳️\u{200d}🌈",
  ]
}
