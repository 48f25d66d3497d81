import Foundation
import Session
import Testing

/// Where a world is saved, and what counts as saved.
@Suite struct SaveTests {
  /// A folder, gone afterwards.
  final class Scratch {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent("gatewalk-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }
    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
  }

  @Test func aLinkStaysALink() throws {
    let scratch = try Scratch()
    try scratch.write("world.yaml", "old")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: scratch.path + "/world.yaml")
    try FileManager.default.createSymbolicLink(atPath: scratch.path + "/link.yaml", withDestinationPath: "world.yaml")
    var session = ShopWorld.session()
    #expect(session.perform("save \(scratch.path)/link.yaml").hasFailed, "without --force")
    _ = try session.succeed("save --force \(scratch.path)/link.yaml")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path + "/link.yaml") == "world.yaml")
    #expect(try scratch.text("world.yaml") == session.manifests)
    let mode = try FileManager.default.attributesOfItem(atPath: scratch.path + "/world.yaml")[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o640)
    #expect(scratch.names == ["link.yaml", "world.yaml"])
  }

  @Test func aLinkToNowhereIsRefused() throws {
    let scratch = try Scratch()
    try FileManager.default.createSymbolicLink(atPath: scratch.path + "/link.yaml", withDestinationPath: "gone.yaml")
    var session = ShopWorld.session()
    let answer = session.perform("save --force \(scratch.path)/link.yaml")
    #expect(answer.hasFailed && answer.lines.contains { $0.contains("leads nowhere") })
    #expect(scratch.names == ["link.yaml"])
  }

  /// What is written where nobody finds it again is still to be saved.
  @Test func aDeviceKeepsNothing() throws {
    let scratch = try Scratch()
    var session = ShopWorld.session()
    _ = try session.succeed("delete policy web")
    #expect(session.perform("save /dev/null").journal.isEmpty)
    #expect(session.unsavedChanges == 1)
    #expect(session.perform("save \(scratch.path)/x.yaml").journal == ["# saved \(scratch.path)/x.yaml"])
    #expect(session.unsavedChanges == 0)
  }

  /// One letter and the same in two parts are two names to the system.
  @Test func anotherFileIsNotOurs() throws {
    let scratch = try Scratch()
    try scratch.write("e\u{301}.yaml", "mine")
    var session = ShopWorld.session()
    _ = try session.succeed("save \(scratch.path)/\u{e9}.yaml", "save \(scratch.path)/\u{e9}.yaml")
    #expect(session.perform("save \(scratch.path)/e\u{301}.yaml").hasFailed)
    #expect(try scratch.text("e\u{301}.yaml") == "mine")
  }
}
