import Foundation
import Testing

/// `gatewalk test` as a user meets it.
@Suite struct ScenarioCommandTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every scenario that the repository ships holds, and every claim that packets can show has one.
  @Test func `the reference set holds`() throws {
    let result = try Program.run(["test", "Scenarios"], folder: Self.root.path)
    #expect(result.status == 0, "\(result.out.suffix(4000))")
    let claims = try Program.run(["test", "Scenarios", "--list", "--claims"], folder: Self.root.path)
    #expect(claims.out.hasSuffix("114 of 114 claims that packets can show are covered\n"), "\(claims.out.suffix(200))")
    #expect(!claims.out.contains("nobody\n"))
  }

  /// The scenario that README shows is one, and holds.
  @Test func `the one in the readme holds`() throws {
    let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "```yaml\nscenario: "))
    let end = try #require(readme.range(of: "\n```", range: start.upperBound..<readme.endIndex))
    let shown = "scenario: " + readme[start.upperBound..<end.lowerBound]
    let files = try Scratch()
    defer { files.remove() }
    let world = Self.root.appendingPathComponent("Scenarios/seed/pre-dnat").path
    let file = try files.write("readme.yaml", shown.replacingOccurrences(of: "../seed/pre-dnat", with: world))
    let result = try Program.run(["test", file])
    #expect(result.status == 0 && result.out.contains("4 checks, 4 passed"), "\(result)")
  }

  private static let world = """
    scenario: web
    resources:
    - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h1, labels: {role: web}}, spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}}
    - apiVersion: v1
      kind: policy
      metadata: {name: web}
      spec:
        selector: role == 'web'
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [80]}}
        - {action: allow, protocol: tcp, destination: {ports: [443]}}
    flows:
    - flow: tcp 10.0.0.2 -> 10.0.0.1:80 in eth0   # the web
      expect: EXPECT

    """

  /// A scenario that cannot be read fails, whether others are chosen with it or not.
  @Test func `a broken scenario is not filtered away`() throws {
    let files = try Scratch()
    defer { files.remove() }
    let good = Self.world.replacing("EXPECT", with: "allow")
    let whole = try files.write("web.yaml", good)
    let broken = try files.write("broken.yaml", good.replacing("scenario: web", with: "scenario: web, too\nabuot: x"))
    #expect(try Program.run(["test", whole, broken, "--filter", "web"]).status == 1)
    #expect(try Program.run(["test", whole, broken, "--filter", "too"]).status == 1)
    #expect(try Program.run(["test", whole, broken, "--filter", "web.yaml"]).status == 0)
  }

  private func scratch(_ expect: String) throws -> (files: Scratch, file: String) {
    let files = try Scratch()
    return (files, try files.write("web.yaml", Self.world.replacingOccurrences(of: "EXPECT", with: expect)))
  }

  @Test func `what fails is told with both places, and the status says so`() throws {
    let (files, file) = try scratch("deny")
    defer { files.remove() }
    let result = try Program.run(["test", file])
    #expect(result.status == 1 && result.error.isEmpty)
    let lines = result.out.split(separator: "\n").map { $0.replacingOccurrences(of: files.folder.path + "/", with: "") }
    #expect(
      lines == [
        "FAIL  web (web.yaml:1)", "  web.yaml:13: tcp 10.0.0.2 -> 10.0.0.1:80 in eth0", "      expected verdict deny",
        "      got      allow by policy web ingress[0], normal stage of h1/e", "      because  allow tcp to port 80",
        "      rule     web.yaml:10", "failed: 1 scenario, 1 check, 0 passed, 1 failed",
      ], "\(result.out)")
    #expect(try Program.run(["test", file, "--filter", "other"]).status == 2)
    #expect(try Program.run(["test", "Resources-nowhere"]).status == 2)
    #expect(try Program.run(["test", file, "--claims"]).status == 2)
  }

  @Test func `expectations are rewritten in place`() throws {
    let (files, file) = try scratch("deny")
    defer { files.remove() }
    let before = try String(contentsOfFile: file, encoding: .utf8)
    let dry = try Program.run(["test", file, "--update", "--dry-run"])
    #expect(dry.out.contains("-  expect: deny\n+  expect: allow\n"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == before)
    let update = try Program.run(["test", file, "--update"])
    #expect(update.status == 1 && update.error.hasPrefix("rewrote "))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == before.replacingOccurrences(of: "deny", with: "allow"))
    #expect(try Program.run(["test", file]).out == "passed: 1 scenario, 1 check, 1 passed, 0 failed\n")
  }

  @Test func `coverage and mutations`() throws {
    let (files, file) = try scratch("allow")
    defer { files.remove() }
    let covered = try Program.run(["test", file, "--coverage"])
    #expect(covered.status == 0 && covered.out.contains("coverage: 1 of 2 rules (50 %), 1 of 9 built-in decisions\n"))
    #expect(covered.out.contains("  policy web ingress[1] (\(file):11): allow tcp to port 443\n"))
    #expect(try Program.run(["test", file, "--coverage-min", "50"]).status == 0)
    #expect(try Program.run(["test", file, "--coverage-min", "50.1"]).status == 1)
    let mutated = try Program.run(["test", file, "--mutate"])
    #expect(mutated.out.contains("mutations: 2 of 4 noticed (50 %)\nno scenario would notice\n"), "\(mutated.out)")
    #expect(mutated.out.contains("policy web ingress[1] (\(file):11): deleted"))
  }

  /// A report for programs has nothing else on its stream.
  @Test func `reports to files and standard output at once`() throws {
    let (files, file) = try scratch("deny")
    defer { files.remove() }
    let (junit, tap) = (files.folder.path + "/r.xml", files.folder.path + "/r.tap")
    let result = try Program.run(
      ["test", file, "--coverage", "--format", "json", "--output", "junit=\(junit)", "--output", "tap=\(tap)"])
    #expect(result.status == 1)
    #expect(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) is [String: Any])
    #expect(result.error.hasPrefix("coverage: 1 of 2 rules"))
    #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<failure"))
    #expect(try String(contentsOfFile: tap, encoding: .utf8).contains("not ok 1"))
  }

  /// A slip of the hand costs no file.
  @Test func `a report does not overwrite what was read`() throws {
    let (files, file) = try scratch("allow")
    defer { files.remove() }
    let before = try String(contentsOfFile: file, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: files.folder.path + "/other.yaml", withDestinationPath: file)
    for (command, path) in [("test", file), ("lint", file), ("test", files.folder.path + "/other.yaml")] {
      let result = try Program.run([command, file, "--output", "junit=\(path)"])
      #expect(result.status == 2 && result.error.contains("would overwrite"), "\(result)")
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == before)
  }

  /// What `test` judged can be asked about.
  @Test func `a scenario's world is a world`() throws {
    let (files, file) = try scratch("allow")
    defer { files.remove() }
    #expect(try Program.run(["trace", "tcp 10.0.0.2 -> 10.0.0.1:443 in eth0", "-f", file]).out.hasPrefix("ALLOW"))
    let session = try Program.run(["repl", file], input: "watch\ntcp 10.0.0.2 -> 10.0.0.1:81 in eth0\n")
    #expect(session.out.contains("1: tcp 10.0.0.2 -> 10.0.0.1:80 in eth0") && session.out.contains("DENY"), "\(session)")
  }
}
