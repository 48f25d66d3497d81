import Foundation
import Testing

/// `gatewalk report` as a user meets it.
@Suite struct ReportCommandTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static func report(_ arguments: [String]) throws -> Program.Result {
    try Program.run(["report"] + arguments, folder: root)
  }

  /// The files in a folder with what they hold, by their paths in it.
  private static func files(in folder: String) throws -> [String: Data] {
    let url = URL(fileURLWithPath: folder)
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
      if !isFolder.boolValue { files[name] = try Data(contentsOf: url.appendingPathComponent(name)) }
    }
    return files
  }

  // MARK: The pages

  /// The whole reference set: what `test` says of it is in the pages, they are sound, and a browser searches them.
  @Test func `the reference set`() throws {
    let files = try Scratch()
    defer { files.remove() }
    let folder = files.folder.path + "/report"
    let result = try Self.report(["Scenarios", "-o", folder])
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    #expect(result.out.hasPrefix("passed: ") && result.out.hasSuffix("pages; begin with \(folder)/index.html\n"))
    let tested = try Program.run(["test", "Scenarios", "--format", "json"], folder: Self.root)
    let json = try files.write("test.json", tested.out)
    try Readers.check("sitehtml.py", [], [folder, json])
    try Readers.check("sitebrowser.py", [], [folder, "memcached", "6"])
  }

  private static let failing = """
    scenario: "<b>What & fails</b>"
    resources:
    - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h1, labels: {role: web}}, spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}}
    - apiVersion: v1
      kind: policy
      metadata: {name: web}
      spec:
        selector: role == 'web'
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [80]}}
    flows:
    - flow: tcp 10.0.0.2 -> 10.0.0.1:80 in eth0
      expect: {verdict: deny, reply: none}
    - change: [{delete: policy nothing}, {delete: policy web}]
    - flow: tcp 10.0.0.2 -> 10.0.0.1:80 in eth0
      expect: allow
    invariants:
    - never: {from: any, to: h1, protocol: tcp, ports: [22]}
    ---
    scenario: Without its world
    world: nowhere/
    flows:
    - flow: tcp 10.0.0.2 -> 10.0.0.1:80 in eth0
      expect: deny
    ---
    scenario: It cannot be read
    flows: 7
    """

  @Test func `whatever fails is seen from the first page`() throws {
    let files = try Scratch()
    defer { files.remove() }
    let (file, folder) = (try files.write("failing.yaml", Self.failing), files.folder.path + "/report")
    let result = try Self.report([file, "-o", folder])
    #expect(result.status == 0 && result.out.hasPrefix("failed: 3 scenarios, 6 checks, 0 passed, 6 failed\n"), "\(result)")
    let tested = try Program.run(["test", file, "--format", "json"])
    let json = try files.write("test.json", tested.out)
    try Readers.check("sitehtml.py", [], [folder, json])
    #expect(try Self.report([file, "-o", folder, "--fail"]).status == 1)
    #expect(try Self.report(["Scenarios/setups/bastion", "-o", folder, "--fail"]).status == 0)
  }

  /// In another process, where sets and dictionaries have another order.
  @Test func `the same input gives the same bytes`() throws {
    let files = try Scratch()
    defer { files.remove() }
    let folders = ["one", "two"].map { "\(files.folder.path)/\($0)" }
    for folder in folders {
      #expect(try Self.report(["Scenarios/seed", "Scenarios/setups/bastion", "-o", folder]).status == 0)
    }
    let (one, two) = (try Self.files(in: folders[0]), try Self.files(in: folders[1]))
    #expect(one.count > 20 && one.keys == two.keys)
    for (name, bytes) in one { #expect(two[name] == bytes, "\(name)") }
  }

  // MARK: The directory

  private static let web = failing.components(separatedBy: "\n---\n")[0]

  private func scratch() throws -> (files: Scratch, file: String, folder: String) {
    let files = try Scratch()
    return (files, try files.write("web.yaml", Self.web), files.folder.path + "/report")
  }

  @Test func `an earlier report is replaced, and nothing else`() throws {
    let (files, file, folder) = try scratch()
    defer { files.remove() }
    #expect(try Self.report([file, "-o", "\(folder)/", "--title", "First"]).status == 0)
    let first = try Self.files(in: folder)
    #expect(first.keys.contains("scenarios/b-what-fails-b.html"))
    try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/scenarios/notes.html"))
    _ = try files.write("web.yaml", Self.web.replacingOccurrences(of: "What & fails", with: "Other"))
    #expect(try Self.report([file, "-o", folder]).status == 0)
    let second = try Self.files(in: folder)
    #expect(!second.keys.contains("scenarios/b-what-fails-b.html") && second.keys.contains("scenarios/b-other-b.html"))
    #expect(second["scenarios/notes.html"] == Data("mine".utf8))
    #expect(second["index.html"] != first["index.html"])
    // A page that would take the place of a file of somebody else's.
    _ = try files.write("web.yaml", Self.web.replacingOccurrences(of: "<b>What & fails</b>", with: "Notes"))
    let refused = try Self.report([file, "-o", folder])
    #expect(refused.status == 2 && refused.error.contains("scenarios/notes.html is there, and no page of the earlier report"))
    #expect(try Self.files(in: folder) == second)
    #expect(try Self.report([file, "-o", folder, "--force"]).status == 0)
    #expect(try Self.files(in: folder)["scenarios/notes.html"] != Data("mine".utf8))
  }

  @Test func `a directory with other files is left alone`() throws {
    let (files, file, folder) = try scratch()
    defer { files.remove() }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/thesis.txt"))
    let refused = try Self.report([file, "-o", folder])
    #expect(refused.status == 2 && refused.out.isEmpty)
    #expect(
      refused.error.hasSuffix(
        "\(folder) is not empty, and no report of gatewalk's; name another directory, or add --force to write into it\n"))
    #expect(try Self.files(in: folder).count == 1)
    #expect(try Self.report([file, "-o", folder, "--force"]).status == 0)
    #expect(try Self.files(in: folder)["thesis.txt"] == Data("mine".utf8))
  }

  /// Somebody else may have written the list of pages: it leads to pages alone, and never out of the directory.
  @Test func `a list of pages leads nowhere else`() throws {
    let (files, file, folder) = try scratch()
    defer { files.remove() }
    #expect(try Self.report([file, "-o", folder]).status == 0)
    let victims = [
      try files.write("victim.html", ""), try files.write("report/notes.txt", ""), try files.write("report/.hidden.html", ""),
    ]
    let list =
      "gatewalk report 1\n../victim.html\n\(victims[0])\nnotes.txt\n.hidden.html\nscenarios/../../victim.html\nmanifests\n"
    _ = try files.write("report/.gatewalk-report", list)
    #expect(try Self.report([file, "-o", folder, "--force"]).status == 0)
    for victim in victims { #expect(FileManager.default.fileExists(atPath: victim), "\(victim)") }
  }

  @Test func `what cannot be written is said, and nothing is half-written`() throws {
    let (files, file, folder) = try scratch()
    defer { files.remove() }
    #expect(try Self.report([file, "-o", file]).error.hasSuffix("web.yaml is no directory; name another\n"))
    let nowhere = try Self.report([file, "-o", "/proc/report"])
    #expect(nowhere.status == 2 && nowhere.error.contains("/proc/report cannot be made: "), "\(nowhere.error)")
    // Where a page has to go there is a directory.
    try FileManager.default.createDirectory(atPath: "\(folder)/index.html", withIntermediateDirectories: true)
    let blocked = try Self.report([file, "-o", folder, "--force"])
    #expect(blocked.status == 2 && blocked.error.contains("index.html is no file; move it away"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["index.html"])
    try FileManager.default.removeItem(atPath: "\(folder)/index.html")
    // A folder of pages that lies somewhere else.
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/scenarios", withDestinationPath: files.folder.path)
    let linked = try Self.report([file, "-o", folder, "--force"])
    #expect(linked.status == 2 && linked.error.contains("scenarios is no directory"))
    try FileManager.default.removeItem(atPath: "\(folder)/scenarios")
    // Whoever may do everything may write here, too.
    guard getuid() != 0 else { return }
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }
    let readOnly = try Self.report([file, "-o", folder])
    #expect(readOnly.status == 2 && readOnly.error.contains("cannot be made: permission denied"))
    #expect(try Self.files(in: folder).filter { $0.key != "manifests" }.isEmpty)
  }

  @Test func `wrong usage is status 2`() throws {
    let (files, file, folder) = try scratch()
    defer { files.remove() }
    #expect(try Self.report([file]).status == 2)
    #expect(try Self.report([file, "-o", ""]).status == 2)
    #expect(try Self.report([file, "-o", folder, "--filter", "nothing"]).error == "error: no scenario matches\n")
    #expect(try Self.report(["nowhere", "-o", folder]).status == 2)
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}
