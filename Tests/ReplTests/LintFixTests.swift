import Foundation
import Testing

/// `lint --fix` changes files, `--dry-run` shows what it would, as a diff that `patch` takes.
@Suite struct LintFixTests {
  private static let policy = """
    apiVersion: v1
    kind: policy
    metadata: {name: web}
    spec:
      ingress:
      - action: allow # why
        source: {net: 10.0.0.0/8, tag: x}

    """
  private static let mended = policy.replacing("net: 10.0.0.0/8, tag: x", with: "nets: [10.0.0.0/8], selector: has(x)")
  private static let only = ["--only", "GW128", "--fail-on", "info"]

  private func lint(_ files: Scratch, _ arguments: [String]) throws -> Program.Result {
    try Program.run(["lint"] + arguments + Self.only, folder: files.folder.path)
  }

  private func text(_ files: Scratch, _ name: String) throws -> String {
    try String(contentsOf: files.folder.appendingPathComponent(name), encoding: .utf8)
  }

  @Test func filesAreMended() throws {
    let files = try Scratch()
    defer { files.remove() }
    let path = try files.write("a.yaml", Self.policy)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let result = try lint(files, ["a.yaml", "--fix"])
    #expect(
      result.status == 0 && result.error == "mended 2 findings in 1 file\n" && result.out.hasPrefix("clean:"), "\(result)")
    #expect(try text(files, "a.yaml") == Self.mended)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
    let again = try lint(files, ["a.yaml", "--fix"])
    #expect(again.status == 0 && again.error == "nothing can be mended automatically\n", "\(again)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder.path) == ["a.yaml"])
  }

  @Test(arguments: ["\n", "\r\n"])
  func aDryRun(_ newline: String) throws {
    let files = try Scratch()
    defer { files.remove() }
    _ = try files.write("a.yaml", Self.policy.replacing("\n", with: newline))
    let result = try lint(files, ["a.yaml", "--fix", "--dry-run"])
    #expect(
      result.status == 1 && result.error == "would mend 2 findings in 1 file\n"
        && result.out.hasPrefix("--- a.yaml\n+++ a.yaml\n@@ "), "\(result)")
    #expect(try text(files, "a.yaml") == Self.policy.replacing("\n", with: newline))
    _ = try files.write("d.patch", result.out)
    let patch = Process()
    patch.executableURL = URL(fileURLWithPath: "/usr/bin/patch")
    patch.arguments = ["-s", "--binary", "-d", files.folder.path, "-i", "d.patch"]
    try patch.run()
    patch.waitUntilExit()
    #expect(patch.terminationStatus == 0)
    #expect(try text(files, "a.yaml") == Self.mended.replacing("\n", with: newline))
  }

  @Test func whatCannotBeMended() throws {
    let files = try Scratch()
    defer { files.remove() }
    let shared =
      "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec: {ingress: [&r {action: allow, source: {net: 10.0.0.0/8}}], egress: [*r]}\n"
    _ = try files.write("a.yaml", shared)
    let result = try lint(files, ["a.yaml", "--fix"])
    #expect(
      result.status == 1 && result.error.contains("a.yaml:4:46: GW128 is not mended: it is shared by an alias"), "\(result)")
    #expect(try text(files, "a.yaml") == shared)
    let piped = try Program.run(["lint", "-", "--fix"] + Self.only, input: Self.policy)
    #expect(piped.status == 1 && piped.error.contains("standard input cannot be changed"), "\(piped)")
  }

  @Test(arguments: [
    (["--dry-run"], "'--dry-run' goes with '--fix'"),
    (["--fix", "--write-baseline", "x"], "'--fix' and '--write-baseline' do not go together"),
  ])
  func usage(_ arguments: [String], _ message: String) throws {
    let result = try Program.run(["lint", "cluster"] + arguments)
    #expect(result.status == 2 && result.error.contains(message), "\(result)")
  }

  /// What the SARIF log offers as a fix makes of the text what `--fix` makes of it.
  @Test func sarif() throws {
    let files = try Scratch()
    defer { files.remove() }
    _ = try files.write("a.yaml", "# größe 😀\n" + Self.policy)
    let log = try lint(files, ["a.yaml", "--format", "sarif"])
    _ = try lint(files, ["a.yaml", "--fix"])
    let mended = try text(files, "a.yaml")
    _ = try files.write("a.yaml", "# größe 😀\n" + Self.policy)
    try Readers.check("sariffixes.py", [Array(log.out.utf8), Array(mended.utf8)], [files.folder.path])
  }
}
