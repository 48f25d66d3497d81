import Lessons
import Reports
import Session
import Testing

/// What is done is kept, and nothing that is kept is lost.
@Suite struct ProgressTests {
  private static var some: Progress {
    var progress = Progress()
    progress["order"].done = ["a", "b"]
    progress["order"].shown = ["b"]
    progress["exam"].score = 7
    (progress.quiz.asked, progress.quiz.right, progress.quiz.level) = (12, 9, 3)
    return progress
  }

  private func file(_ files: Scratch) -> ProgressFile {
    ProgressFile(in: StateFolder(path: "\(files.path)/state/gatewalk"))
  }

  @Test func keptAndLoaded() throws {
    let files = try Scratch()
    defer { files.remove() }
    let file = file(files)
    #expect(file.load().progress == Progress() && file.load().notice == nil)
    #expect(try file.add(Self.some) == nil)
    #expect(file.load().progress == Self.some && file.load().notice == nil)
    // Two terminals: what either did is there.
    var other = Progress()
    other["order"].done = ["c"]
    other["exam"].score = 9
    other.quiz.asked = 2
    #expect(try file.add(other) == nil)
    let both = file.load().progress
    #expect(both["order"].done == ["a", "b", "c"] && both["exam"].score == 9 && both.quiz == Self.some.quiz)
    #expect(try files.names(in: "state/gatewalk") == ["progress.json", "progress.json.lock"], "no half-written file stays")
    try file.reset()
    #expect(file.load().progress == Progress())
    try file.reset()
  }

  struct Unreadable: CustomTestStringConvertible {
    var text: String
    var notice: String
    var testDescription: String { text }
  }

  @Test(arguments: [
    Unreadable(text: "", notice: "is damaged"),
    Unreadable(text: "{\"version\":1,\"lessons\":[{\"name\":\"order\",\"done\":[\"a\"", notice: "is damaged"),
    Unreadable(text: "{\"lessons\":[]}", notice: "\"version\" is missing"),
    Unreadable(text: "{\"version\":1,\"lessons\":[{\"done\":[]}]}", notice: "has no name"),
    Unreadable(text: "{\"version\":1} more", notice: "is damaged"),
    Unreadable(text: "{\"version\":2,\"courses\":{\"x\":[1]}}", notice: "another gatewalk (version 2)"),
  ])
  func whatCannotBeReadIsKeptAside(_ unreadable: Unreadable) throws {
    let files = try Scratch()
    defer { files.remove() }
    try files.write("state/gatewalk/progress.json", unreadable.text)
    let file = file(files)
    let (progress, notice) = file.load()
    #expect(progress == Progress())
    #expect(try #require(notice).contains(unreadable.notice))
    // Looking alone changes nothing.
    #expect(try files.read("state/gatewalk/progress.json") == unreadable.text)
    #expect(try #require(try file.add(Self.some)).contains("progress.json.1"))
    #expect(try files.read("state/gatewalk/progress.json.1") == unreadable.text)
    #expect(file.load().progress == Self.some)
    // A second one takes no name that is taken.
    try files.write("state/gatewalk/progress.json", unreadable.text)
    #expect(try #require(try file.add(Self.some)).contains("progress.json.2"))
  }

  /// What a later version adds within this one is passed over.
  @Test func unknownKeys() throws {
    let files = try Scratch()
    defer { files.remove() }
    try files.write(
      "state/gatewalk/progress.json",
      "{\"version\":1,\"new\":{},\"lessons\":[{\"name\":\"order\",\"stars\":[3],\"done\":[\"a\"]}],\"quiz\":{\"asked\":1,\"x\":null}}"
    )
    let (progress, notice) = file(files).load()
    #expect(notice == nil && progress["order"].done == ["a"] && progress.quiz.asked == 1)
  }

  @Test func keptAsItIsMade() throws {
    let files = try Scratch()
    defer { files.remove() }
    let course = try SmallLesson.course(files)
    let file = file(files)
    var learner = ProgressKeeper(Tutor(course, lesson: 0, progress: Progress(), style: .plain), in: file)
    _ = learner.perform("show policies")
    #expect(try files.names() == ["03-small", "04-other"], "nothing is done yet")
    _ = learner.perform("predict allow by policy web ingress[0]")
    #expect(file.load().progress["small"].done == ["guess"])
  }

  /// Where it cannot be kept that is said once, and the lesson goes on.
  @Test func whereItCannotBeKept() throws {
    let files = try Scratch()
    defer { files.remove() }
    let course = try SmallLesson.course(files)
    try files.write("blocked", "a file where a folder would be")
    let file = ProgressFile(in: StateFolder(path: "\(files.path)/blocked/gatewalk"))
    var learner = ProgressKeeper(Tutor(course, lesson: 0, progress: Progress(), style: .plain), in: file)
    let first = learner.perform("predict allow by policy web ingress[0]").lines
    #expect(first.contains("Right.") && first.contains { $0.hasPrefix("warning: progress is NOT kept") })
    _ = learner.perform("next")
    let second = learner.perform("predict allow by conntrack-established").lines
    #expect(second.contains("Right.") && !second.contains { $0.hasPrefix("warning:") })
    #expect(
      ProgressKeeper(Tutor(course, lesson: 0, progress: Progress(), style: .plain), in: nil).greeting.last?.contains("not kept")
        == true)
  }
}
