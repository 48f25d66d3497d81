import Foundation
import Session
import Testing

/// Nothing that was recorded is lost: not by a crash, not by damage at the end, not by two sessions at once.
@Suite struct JournalTests {
  /// A state folder of its own, gone afterwards.
  final class Scratch {
    let folder: StateFolder

    init() {
      let path = FileManager.default.temporaryDirectory.appendingPathComponent("gatewalk-\(UUID().uuidString)").path
      folder = StateFolder(path: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder.path) }

    var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.journal).sorted()) ?? [] }
  }

  static let header = JournalHeader(
    files: ["/a/b.yaml", "/strange\nname \\"], stamps: [FileStamp(path: "/strange\nname \\/ a", size: 7, modified: 9)],
    semantics: "calico-2.4", keepsGoing: true, process: 4711, began: 1_795_644_603)
  static let inputs = [
    "delete policy web", "apply <<END\napiVersion: v1\n\n#> 3 0000000000000000\nEND", "# saved /x.yaml", "",
    "größe \u{1F600} \\n",
  ]

  // MARK: The text

  @Test func whatIsWrittenIsRead() throws {
    let bytes = JournalText.bytes(Self.header) + JournalText.bytes(Self.inputs)
    let contents = try #require(JournalText.read(bytes))
    #expect(contents.header == Self.header && contents.inputs == Self.inputs && !contents.isDamaged)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("# gatewalk journal 1\n# began 2026-11-25T22:10:03Z\n# process 4711\n# semantics calico-2.4\n"))
  }

  /// Cut anywhere, every whole entry before the cut is there, and the cut is noticed.
  @Test func cutAnywhere() throws {
    let start = JournalText.bytes(Self.header)
    let bytes = start + JournalText.bytes(Self.inputs)
    let ends = Self.inputs.indices.map { start.count + JournalText.bytes(Array(Self.inputs[...$0])).count }
    for length in 0..<bytes.count {
      let contents = JournalText.read(Array(bytes[..<length]))
      guard length >= start.count else {
        // Without all of its header it may be read for what is there, but never with entries.
        #expect(contents?.inputs.isEmpty != false)
        continue
      }
      let whole = ends.count { $0 <= length }
      #expect(contents?.inputs == Array(Self.inputs[..<whole]), "cut at \(length)")
      #expect(contents?.isDamaged == !(ends.contains(length) || length == start.count), "cut at \(length)")
    }
  }

  /// A bit that has turned over costs what stands from there on and nothing before.
  @Test func damagedAnywhere() throws {
    let start = JournalText.bytes(Self.header)
    let bytes = start + JournalText.bytes(Self.inputs)
    for place in start.count..<bytes.count {
      var damaged = bytes
      damaged[place] ^= 0x10
      let contents = try #require(JournalText.read(damaged))
      #expect(Self.inputs.starts(with: contents.inputs) && contents.inputs.count < Self.inputs.count && contents.isDamaged)
    }
  }

  @Test(arguments: ["", "x", "# gatewalk journal 2\n", "# gatewalk journal 1\n", "# gatewalk journal 1\nundo\n"])
  func noJournal(_ text: String) {
    #expect(JournalText.read(Array(text.utf8)) == nil)
  }

  @Test func aLaterVersionMayAddToTheHeader() {
    let text = "# gatewalk journal 1\n# semantics documented\n# colour blue\n#> 4 bb8bb0193ae5a2a3\nundo\n"
    #expect(JournalText.read(Array(text.utf8))?.header.semantics == "documented")
  }

  @Test func anOlderVersionHasNoStamps() throws {
    let text = "# gatewalk journal 1\n# semantics documented\n# file /etc/hostname\n"
    let header = try #require(JournalText.read(Array(text.utf8))?.header)
    #expect(header.stamps == nil && header.changedFiles.isEmpty)
  }

  /// Written, come or gone: each is told; what is no manifest is nobody's business.
  @Test func filesThatChangedAreTold() throws {
    let scratch = Scratch()
    let folder = scratch.folder.path
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    try StateFolder.make(folder + "/sub")
    for name in ["a.yaml", "sub/b.yaml", "c.txt"] { try write(name, "x") }
    var header = Self.header
    header.files = [folder]
    header.stamps = FileStamp.now(header.files)
    #expect(header.stamps?.map(\.path) == ["\(folder)/a.yaml", "\(folder)/sub/b.yaml"] && header.changedFiles.isEmpty)
    try write("a.yaml", "longer")
    try write("c.txt", "longer")
    #expect(header.changedFiles == ["\(folder)/a.yaml"])
    try write("d.json", "x")
    try FileManager.default.removeItem(atPath: folder + "/sub/b.yaml")
    #expect(header.changedFiles == ["a.yaml", "d.json", "sub/b.yaml"].map { "\(folder)/\($0)" })
    header.stamps = []
    #expect(header.changedFiles.count == 2, "nothing was there")
  }

  // MARK: The files

  @Test func aLivingSessionIsNobodyElses() throws {
    let scratch = Scratch()
    var journal: Journal? = Journal(in: scratch.folder, Self.header)
    #expect(scratch.files.isEmpty, "nothing recorded, no file")
    try journal?.record(["delete policy web"])
    try journal?.record(["undo", "redo"])
    let path = try #require(journal?.path)
    #expect(scratch.files.count == 1)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o600)
    #expect(DeadJournal.find(in: scratch.folder).journals.isEmpty)
    // Its end, however it comes about, is the end of the lock.
    journal = nil
    let found = DeadJournal.find(in: scratch.folder).journals
    #expect(found.map(\.inputs) == [["delete policy web", "undo", "redo"]])
    #expect(found.first?.header == Self.header && found.first?.commands == 3)
    #expect(DeadJournal.find(in: scratch.folder).journals.isEmpty, "one at a time takes it")
  }

  @Test func takenOverAndThenRemoved() throws {
    let scratch = Scratch()
    do {
      var first = Journal(in: scratch.folder, Self.header)
      try first.record(["a", "b"])
    }
    do {
      var second = Journal(in: scratch.folder, Self.header)
      let dead = try #require(DeadJournal.find(in: scratch.folder).journals.first)
      try second.takeOver(dead)
      #expect(scratch.files.count == 1)
      try second.record(["c"])
    }
    #expect(DeadJournal.find(in: scratch.folder).journals.map(\.inputs) == [["a", "b", "c"]])
    var third = Journal(in: scratch.folder, Self.header)
    try third.record(["d"])
    third.remove()
    #expect(scratch.files.count == 1)
  }

  @Test func whatCannotBeWrittenIsTriedAgain() throws {
    let scratch = Scratch()
    try FileManager.default.createDirectory(atPath: scratch.folder.path, withIntermediateDirectories: true)
    // Something is where the folder should be.
    try Data().write(to: URL(fileURLWithPath: scratch.folder.journal))
    var journal = Journal(in: scratch.folder, Self.header)
    #expect(throws: SystemFailure.self) { try journal.record(["a"]) }
    #expect(!journal.isComplete)
    try FileManager.default.removeItem(atPath: scratch.folder.journal)
    try journal.record(["b"])
    #expect(journal.isComplete)
    let path = try #require(journal.path)
    #expect(JournalText.read(Array(try Data(contentsOf: URL(fileURLWithPath: path))))?.inputs == ["a", "b"])
  }

  @Test func newestFirstAndOnTheSameFiles() throws {
    let scratch = Scratch()
    for (began, files) in [(100, ["/a", "/b"]), (300, ["/c"]), (200, ["/b", "/a"])] {
      var journal = Journal(
        in: scratch.folder,
        JournalHeader(files: files, semantics: "documented", keepsGoing: false, process: 1, began: began))
      try journal.record(["undo"])
    }
    #expect(DeadJournal.find(in: scratch.folder).journals.map(\.header.began) == [300, 200, 100])
    #expect(DeadJournal.find(in: scratch.folder, about: ["/a", "/b"]).journals.map(\.header.began) == [200, 100])
    #expect(DeadJournal.find(in: scratch.folder, about: ["/a"]).journals.isEmpty)
  }

  /// Saved, and nothing after that: there is nothing to bring back.
  @Test func whatIsSavedIsOver() throws {
    let scratch = Scratch()
    for inputs in [["undo", "# saved /x"], ["undo", "# saved /x", "redo"]] {
      var journal = Journal(in: scratch.folder, Self.header)
      try journal.record(inputs)
    }
    let found = DeadJournal.find(in: scratch.folder).journals
    #expect(found.map(\.commands) == [2])
    #expect(scratch.files.count == 1)
  }

  @Test func whatIsNoJournalIsSaidAndLeft() throws {
    let scratch = Scratch()
    try StateFolder.make(scratch.folder.journal)
    try Data("rubbish".utf8).write(to: URL(fileURLWithPath: scratch.folder.journal + "/x.journal"))
    try Data("other".utf8).write(to: URL(fileURLWithPath: scratch.folder.journal + "/notes.txt"))
    let findings = DeadJournal.find(in: scratch.folder)
    #expect(findings.journals.isEmpty && findings.unreadable.count == 1)
    #expect(scratch.files == ["notes.txt", "x.journal"])
  }

  // MARK: Around them

  @Test func whereStateIsKept() {
    func path(_ variables: [String: String]) -> String? { StateFolder { variables[$0] }?.path }
    #expect(path(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/gatewalk")
    #expect(path(["HOME": "/h"]) == "/h/.local/state/gatewalk")
    #expect(path(["XDG_STATE_HOME": "relative", "HOME": "/h"]) == "/h/.local/state/gatewalk")
    #expect(path(["XDG_STATE_HOME": "", "HOME": ""]) == nil)
    #expect(path([:]) == nil)
  }

  @Test(arguments: ["", "plain", "a\nb", "\\", "\\n", "a\\\nb\r\n", "größe", "\n\n"])
  func escapedLines(_ text: String) {
    let line = EscapedLine.escape(text)
    #expect(!line.contains(0x0a) && !line.contains(0x0d))
    #expect(EscapedLine.unescape(line) == text)
  }

  @Test func linesWrittenByHand() {
    #expect(EscapedLine.unescape(#"a\tb\"#.utf8) == #"a\tb\"#)
  }
}
