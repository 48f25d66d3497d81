import Foundation
import Testing

/// `.gatewalk.yaml`, the baseline, and the command line that goes before both.
@Suite struct LintConfigurationTests {
  private static func endpoint(_ name: String) -> String {
    "apiVersion: v1\nkind: hostEndpoint\nmetadata: {name: \(name), node: host}\nspec: {interfaceName: \(name)}\n"
  }

  /// A repository with a configuration at its root and one outside of it, which must not count.
  private func repository(_ configuration: String?) throws -> Scratch {
    let files = try Scratch()
    for folder in ["repository/.git", "repository/cluster/old"] {
      try FileManager.default.createDirectory(
        at: files.folder.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    _ = try files.write(".gatewalk.yaml", "outside: nonsense\n")
    _ = try files.write("repository/cluster/a.yaml", Self.endpoint("a"))
    _ = try files.write("repository/cluster/old/b.yaml", Self.endpoint("b"))
    if let configuration { _ = try files.write("repository/.gatewalk.yaml", configuration) }
    return files
  }

  private func lint(_ files: Scratch, _ arguments: [String], in folder: String = "repository/cluster") throws -> Program.Result
  {
    try Program.run(
      ["lint", "--only", "GW103,GW001,GW004"] + arguments, folder: files.folder.appendingPathComponent(folder).path)
  }

  private func plain(_ files: Scratch, _ arguments: [String], in folder: String = "repository/cluster") throws -> Program.Result
  {
    try Program.run(["lint"] + arguments, folder: files.folder.appendingPathComponent(folder).path)
  }

  @Test func withoutOne() throws {
    let files = try repository(nil)
    defer { files.remove() }
    let result = try lint(files, ["."])
    #expect(
      result.status == 1 && result.out.contains("./a.yaml:1:1: error [GW103]") && result.out.contains("./old/b.yaml:1"),
      "\(result)")
  }

  @Test func theNearestIsFound() throws {
    let files = try repository("lint: {fail-on: never, exclude: [cluster/old/]}\n")
    defer { files.remove() }
    let result = try lint(files, ["."])
    #expect(result.status == 0 && result.out.contains("a.yaml:1") && !result.out.contains("b.yaml"), "\(result)")
    // The command line goes before it, and what is named outright is read.
    #expect(try lint(files, [".", "--fail-on", "error"]).status == 1)
    #expect(try lint(files, ["old/b.yaml"]).out.contains("old/b.yaml:1:1"))
    #expect(try lint(files, ["old"]).out.contains("old/b.yaml:1:1"))
    // From above, through the configuration's own folder, which holds no manifest of that name.
    #expect(try lint(files, ["."], in: "repository").out.contains("1 resource"))
  }

  @Test func rules() throws {
    let files = try repository("lint:\n  disable: [unguarded-endpoint]\n")
    defer { files.remove() }
    #expect(try !plain(files, ["."]).out.contains("GW103"))
    #expect(try plain(files, [".", "--disable", "GW001"]).out.contains("GW103"))
    #expect(try plain(files, [".", "--only", "GW103"]).out.contains("GW103"))
    #expect(try !plain(files, ["--list"]).out.contains("GW103"))
  }

  @Test(arguments: [
    ("lint: {disable: [GW13]}", "/.gatewalk.yaml:1:18: error: there is no rule \"GW13\"; did you mean"),
    ("lint: {fail-on: all}", "/.gatewalk.yaml:1:17: error: \"all\" is no valid fail-on"),
    ("lint:\n  bseline: x\n", "/.gatewalk.yaml:2:3: error: unknown field \"bseline\""),
    ("lint: {baseline: nowhere.json}", "/nowhere.json:1:1: error: cannot be read: no such file or directory"),
    ("lint: {baseline: cluster/a.yaml}", "/cluster/a.yaml:1:1: error: no valid baseline:"),
  ])
  func refused(_ configuration: String, _ message: String) throws {
    let files = try repository(configuration)
    defer { files.remove() }
    let result = try plain(files, ["."])
    #expect(result.status == 2 && result.out.isEmpty && result.error.contains(message), "\(result)")
  }

  @Test func anotherOne() throws {
    let files = try repository("nonsense: 1\n")
    defer { files.remove() }
    let path = try files.write("c.yaml", "lint: {fail-on: never}\n")
    #expect(try plain(files, [".", "--config", path]).status == 0)
    let result = try plain(files, [".", "--config", "nowhere"])
    #expect(result.status == 2 && result.error.contains("nowhere:1:1: error: cannot be read"), "\(result)")
  }

  @Test func aBaseline() throws {
    let files = try repository("lint: {baseline: known.json}\n")
    defer { files.remove() }
    let known = "../known.json"
    let written = try lint(files, [".", "--write-baseline", known])
    #expect(written.status == 0 && written.out == "wrote 2 findings to ../known.json\n" && written.error.isEmpty, "\(written)")
    let result = try lint(files, ["."])
    #expect(result.status == 0 && result.out == "clean: 2 resources, nothing found, 2 in the baseline\n", "\(result)")
    // What is new counts, and what is gone is said.
    _ = try files.write("repository/cluster/a.yaml", "# moved\n" + Self.endpoint("c"))
    let changed = try lint(files, ["."])
    #expect(
      changed.status == 1 && changed.out.contains("a.yaml:2:1: error [GW103]") && changed.out.contains("info [GW004]"),
      "\(changed)")
    #expect(!changed.out.contains("b.yaml"))
    #expect(try lint(files, [".", "--baseline", "nowhere"]).status == 2)
    let refused = try lint(files, [".", "--write-baseline", "old"])
    #expect(refused.status == 2 && refused.error == "error: old is a directory; name a file in it\n", "\(refused)")
  }
}
