import Foundation
import Testing

/// `--format` and `--output`: what goes where, and what is refused.
@Suite struct ReportOptionTests {
  static let lint = ["lint", "cluster"]

  @Test(arguments: [
    (["--format", "xml"], "There is no format 'xml'. They are: text, json, sarif, github, junit."),
    (["--format", "sarf"], "Did you mean 'sarif'?"),
    (["--output", "jnit=x"], "Did you mean 'junit'?"),
    (["--output", "x.json"], "'--output x.json' names no file. Write it as FORMAT=FILE, such as json=x.json."),
    (["--output", "json="], "'--output json=' names no file"),
    (["--output", "json=-"], "'--format json' prints to standard output"),
    (["--output", "json=a", "--output", "sarif=a"], "Two reports cannot go to one file, 'a'."),
  ])
  func refused(_ arguments: [String], _ message: String) throws {
    let result = try Program.run(Self.lint + arguments)
    #expect(result.status == 2 && result.out.isEmpty && result.error.contains(message), "\(result)")
  }

  @Test func severalAtOnce() throws {
    let files = try Scratch()
    defer { files.remove() }
    let old = try files.write("b.sarif", "old")
    let path = { (name: String) in files.folder.appendingPathComponent(name).path }
    let result = try Program.run(
      Self.lint + [
        "--format", "json", "--output", "text=\(path("a=1"))", "--output", "sarif=\(old)", "--output", "junit=\(path("c"))",
      ])
    #expect(result.status < 2 && result.error.isEmpty, "\(result)")
    #expect(result.out.hasPrefix("{\"errors\":") && result.out.hasSuffix("}\n"))
    #expect(try String(contentsOfFile: old, encoding: .utf8).hasPrefix("{\"$schema\":"))
    #expect(try String(contentsOfFile: path("a=1"), encoding: .utf8).contains("3 resources"))
    #expect(try String(contentsOfFile: path("c"), encoding: .utf8).hasPrefix("<?xml"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder.path).filter { $0.hasPrefix(".gatewalk") }.isEmpty)
  }

  /// The others are written, and standard output is what it would be.
  @Test func aFileThatCannotBeWritten() throws {
    let files = try Scratch()
    defer { files.remove() }
    let good = files.folder.appendingPathComponent("good").path
    let result = try Program.run(
      Self.lint + [
        "--format", "junit", "--output", "json=\(files.folder.path)", "--output", "json=/nowhere/x", "--output", "json=\(good)",
      ])
    #expect(result.status == 2 && result.out.hasSuffix("</testsuites>\n"), "\(result)")
    #expect(result.error.contains("the json report: \(files.folder.path) is a directory; name a file in it"), "\(result.error)")
    #expect(result.error.contains("/nowhere/x cannot be written"), "\(result.error)")
    #expect(FileManager.default.fileExists(atPath: good))
  }
}
