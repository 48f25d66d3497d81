import Foundation
import Testing

/// `gatewalk learn` and `gatewalk quiz` as they are called: what goes where, the status, and what is kept.
@Suite struct LearnTests {
  private static let lessons = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Lessons").path

  private func run(_ arguments: [String], input: String = "", home: Scratch) throws -> Program.Result {
    try Program.run(
      arguments, input: input,
      environment: ["XDG_STATE_HOME": home.folder.path, "GATEWALK_LESSONS": Self.lessons])
  }

  @Test func aSittingAndAnother() throws {
    let home = try Scratch()
    defer { home.remove() }
    let list = try run(["learn"], home: home)
    #expect(
      list.status == 0 && list.out.contains("  1  Selectors and labels") && list.out.contains("0 of 15 lessons done"), "\(list)"
    )
    let first = try run(
      ["learn", "pre-dnat"], input: "predict deny by policy disallow-incoming ingress[0]\nnext\nquit\n", home: home)
    #expect(first.status == 0 && first.error.isEmpty, "\(first)")
    #expect(first.out.contains("Lesson 7: Pre-DNAT") && first.out.contains("Right.") && first.out.contains("Task 2 of 5"))
    // It goes on where it was left.
    let second = try run(["learn", "7"], input: "task\n", home: home)
    #expect(second.out.contains("1 of 5 tasks done") && second.out.contains("Task 2 of 5"))
    #expect(try run(["learn"], home: home).out.contains("1 of 5 tasks done"))
    // One lesson is forgotten, the others are not.
    _ = try run(["learn", "3"], input: "task 2\npredict allow by failsafe\n", home: home)
    let one = try run(["learn", "7", "--reset"], home: home)
    #expect(one.status == 0 && one.out == "lesson 7, Pre-DNAT policy and NodePorts, is new again\n", "\(one)")
    let left = try run(["learn"], home: home).out
    #expect(left.contains("1 of 6 tasks done") && !left.contains("1 of 5 tasks done"), "\(left)")
    #expect(
      try run(["learn", "99", "--reset"], home: home).error
        == "error: there is no lesson \"99\"; \"gatewalk learn\" lists them\n")
    let reset = try run(["learn", "--reset"], home: home)
    #expect(reset.status == 0 && reset.out == "all lessons are new again\n")
    #expect(try run(["learn"], home: home).out.contains("5 tasks") && !(try run(["learn"], home: home)).out.contains("1 of 5"))
  }

  /// A wrong answer is no failure of a script; what cannot be carried out is.
  @Test func scripts() throws {
    let home = try Scratch()
    defer { home.remove() }
    let script = try home.write("script", "predict allow by not-policed\nhint\n")
    let wrong = try run(["learn", "3", "--script", script, "--echo"], home: home)
    #expect(wrong.status == 0 && wrong.out.contains("lesson 3> predict allow by not-policed\nNot so."), "\(wrong)")
    let bad = try run(["learn", "3"], input: "next\nhint\n", home: home)
    #expect(bad.status == 2 && bad.error.contains("not done yet") && bad.error.contains("standard input:1: stopped"), "\(bad)")
    let kept = try run(["learn", "3", "--keep-going"], input: "next\nhint\n", home: home)
    #expect(kept.status == 1 && kept.out.contains("No policy selects"), "\(kept)")
    // Without a number it is the first that is not done.
    #expect(try run(["learn", "--script", script], home: home).out.contains("Lesson 1:"))
  }

  @Test func nothingToTake() throws {
    let home = try Scratch()
    defer { home.remove() }
    let unknown = try run(["learn", "pre-dnut"], home: home)
    #expect(unknown.status == 2 && unknown.error.contains("did you mean \"pre-dnat\""), "\(unknown)")
    let empty = try run(["learn", "--lessons", home.folder.path], home: home)
    #expect(empty.status == 2 && empty.error.contains("there are no lessons in"), "\(empty)")
    #expect(try run(["learn", "--reset", "--batch"], home: home).status == 2)
    #expect(try run(["learn", "--check", home.folder.path], home: home).error.contains("there is no lesson in"))
  }

  @Test func trying() throws {
    let home = try Scratch()
    defer { home.remove() }
    let good = try run(["learn", "--check", "\(Self.lessons)/08-pods"], home: home)
    #expect(good.status == 0 && good.out.contains("passed: 1 scenario") && good.error.isEmpty, "\(good)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.folder.path) == [], "trying a lesson is no progress")
    let copy = home.folder.appendingPathComponent("08-pods")
    try FileManager.default.copyItem(atPath: "\(Self.lessons)/08-pods", toPath: copy.path)
    let document = copy.appendingPathComponent("lesson.yaml")
    let text = try String(contentsOf: document, encoding: .utf8)
    try text.replacing("model: predict deny by policy block ingress[0]", with: "model: predict deny by policy shop ingress[0]")
      .write(to: document, atomically: true, encoding: .utf8)
    let wrong = try run(["learn", "--check", copy.path], home: home)
    #expect(
      wrong.status == 1 && wrong.out.contains("model answer to to-host") && wrong.out.contains("failed: 1 scenario"), "\(wrong)"
    )
    try text.replacing("number: 8", with: "number: eight").write(to: document, atomically: true, encoding: .utf8)
    let broken = try run(["learn", "--check", copy.path], home: home)
    #expect(broken.status == 1 && broken.error.contains("\(document.path):2:9: error: expected a number"), "\(broken)")
  }

  /// What the README shows of a lesson is what is said.
  @Test func theReadme() throws {
    let home = try Scratch()
    defer { home.remove() }
    let root = URL(fileURLWithPath: Self.lessons).deletingLastPathComponent()
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let opening = try #require(readme.range(of: "$ gatewalk learn pre-dnat\n…\n"))
    let end = try #require(readme.range(of: "\n```", range: opening.upperBound..<readme.endIndex))
    let shown = readme[opening.upperBound..<end.lowerBound]
    let script = try home.write("script", "predict deny by policy lock-down ingress[0]\n")
    let said = try run(["learn", "pre-dnat", "--script", script, "--echo"], home: home)
    #expect(said.out.contains(shown), "\(said.out)")
    #expect(shown.contains("Not so."))
  }

  @Test func theQuiz() throws {
    let home = try Scratch()
    defer { home.remove() }
    let input = "skip\nnext\nskip\nnext\nskip\n"
    let first = try run(["quiz", "--seed", "7", "--count", "3"], input: input, home: home)
    #expect(first.status == 0 && first.error.isEmpty && first.out.contains("Question 3 (level 1)"), "\(first)")
    #expect(first.out.hasSuffix("0 of 3 right; level 1\n"))
    #expect(try run(["quiz", "--seed", "7", "--count", "3"], input: input, home: home).out == first.out, "the same questions")
    #expect(try run(["quiz", "--seed", "8", "--count", "3"], input: input, home: home).out != first.out)
    #expect(try run(["learn"], home: home).out.contains("quiz: 0 of 9 right"))
    #expect(try run(["quiz", "--count", "0"], home: home).status == 2)
  }
}
