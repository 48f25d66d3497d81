import Lessons
import Reports
import Session
import Simulator
import Testing

/// Lessons as a learner takes them: what is typed, and what comes of it.
@Suite struct TutorTests {
  /// Types inputs and expects fragments of the answers, in their order; a fragment that begins with `!` must not be there.
  private func take(
    _ turns: [(String, [String])], progress: Progress = Progress(), lesson: Int = 0
  ) throws -> Tutor {
    let files = try Scratch()
    defer { files.remove() }
    var tutor = Tutor(try SmallLesson.course(files), lesson: lesson, progress: progress, style: .plain)
    for (input, expected) in turns {
      let said = tutor.perform(input).lines.joined(separator: "\n")
      var rest = said[...]
      for fragment in expected {
        if fragment.hasPrefix("!") {
          #expect(!said.contains(fragment.dropFirst()), "\(input):\n\(said)")
        } else if let range = rest.firstRange(of: fragment) {
          rest = rest[range.upperBound...]
        } else {
          Issue.record("no \(fragment) after \(input) in\n\(said)")
        }
      }
    }
    return tutor
  }

  @Test func fromTheFirstTaskToTheNextLesson() throws {
    let tutor = try take([
      ("next", ["not done yet", "skip"]),
      ("predict allow by policy web ingress[1]", ["Not so.", "before ingress[1]", "try again"]),
      // What was asked about is what "why" speaks of.
      ("why", ["ALLOW", "matched: ingress[0]"]),
      ("predict allow by policy web ingress[0]", ["Right.", "ALLOW", "That is why.", "type next"]),
      ("next", ["!-- Looking --", "Task 2 of 6", "the reply to", "predict allow by"]),
      ("predict allow by conntrack-established", ["Right."]),
      ("next", ["Task 3 of 6", "a  yes it is", "b  no it is not"]),
      ("c", ["is no command"]), ("choose c", ["\"c\" is no option", "a, b"]), ("A", ["Not so.", "it is not"]),
      ("b", ["Right.", "it is not indeed"]),
      ("next", ["-- Doing --", "Now change it.", "Task 4 of 6", "deny   tcp 203.0.113.9 -> 10.0.0.1:80", "type check"]),
      ("check", ["no tcp 203.0.113.9 -> 10.0.0.1:80", "wanted: deny", "it is: allow by policy web ingress[0]", "not yet"]),
      ("disable policy web ingress[0]", ["disabled policy web ingress[0]"]),
      ("check", ["ok tcp", "ok tcp", "ok 2 checks", "Well done."]),
      ("next", ["Task 5 of 6", "something is wrong here"]),
      // The world is the task's own again, and its change is made.
      ("show policies", ["no policies"]),
      ("solution", ["type:", "metadata: {name: mine}"]),
      (
        "apiVersion: v1\nkind: policy\nmetadata: {name: mine}\nspec: {selector: all(), ingress: [{action: allow}]}",
        ["added policy mine"]
      ),
      ("check", ["Well done."]),
      ("next", ["Task 6 of 6", "3 questions, one try each; 2 right answers pass", "Question 1 of 3"]),
      ("predict allow by web ingress[0]", ["Right.", "Question 2 of 3:", "And SSH?"]),
      ("predict deny by no-policy-matched", ["Not so.", "Right is: allow by failsafe", "Question 3 of 3"]),
      (
        "predict deny by no-policy-matched",
        ["Right.", "Passed: 2 of 3 right", "lesson 3 is done", "next for lesson 4, Another"]
      ),
      ("next", ["Lesson 4: Another", "-- Only --", "Task 1 of 1"]),
      ("predict allow by failsafe", ["Right.", "gatewalk quiz"]),
      ("next", ["last task of the last lesson"]),
      ("progress", ["3  A small lesson", "done, best score 2", "4  Another", "2 of 2 lessons done"]),
    ])
    #expect(tutor.progress["small"].done.count == 6 && tutor.progress["small"].shown == ["repair"])
    #expect(tutor.farewell == ["2 of 2 lessons done; \"gatewalk learn\" goes on from here"])
  }

  @Test func hintsSolutionsAndTheWayAround() throws {
    let tutor = try take([
      ("hint", ["first hint"]), ("hint", ["second hint"]), ("hint", ["no more hints"]),
      ("solution", ["predict allow by policy web ingress[0]", "ALLOW"]),
      ("skip", ["Task 2"]), ("hint", ["there is no hint"]),
      ("lesson", ["Looking", "1  guess: to do", "2  answer: to do <- you are here", "Doing"]),
      ("task 4", ["-- Doing --", "Task 4 of 6"]), ("task", ["-- Doing --", "Task 4"]), ("task 9", ["no task \"9\"", "1 to 6"]),
      ("lesson 4", ["Lesson 4: Another"]), ("lesson smal", ["Lesson 3: A small lesson"]),
      ("lesson smell", ["did you mean \"small\""]),
      ("predict allow by not-policed", ["Not so."]), ("check", ["nothing to check"]), ("choose a", ["nothing to choose"]),
      ("task 3", ["Task 3"]), ("predict allow by failsafe", ["asks for no prediction"]),
      ("help", ["predict allow|deny by WHAT", "quit"]), ("help predict", ["predict deny by no-policy-matched"]),
      ("help write", ["YAML", "apiVersion: v1"]), ("help tool", ["FLOW", "why not"]), ("help why", ["why [FLOW]"]),
      ("world", ["host h: eth0 10.0.0.1/24", "host endpoint e", "policy web: order 10", "ingress[1] allow tcp to port 443"]),
      ("hint now", ["unexpected"]), ("frobnicate", ["is no command"]),
    ])
    #expect(tutor.progress["small"].shown == ["guess"] && tutor.progress["small"].done.isEmpty)
  }

  /// Predictions are about the task's world, whatever was changed in it.
  @Test func changesDoNotSpoilATask() throws {
    _ = try take([
      ("delete policy web", ["deleted"]),
      ("predict allow by policy web ingress[0]", ["Right.", "!DENY", "you have changed the world"]),
      ("reset", ["reset"]), ("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", ["ALLOW"]),
    ])
  }

  /// Answers are judged as the lesson has it, whichever semantics the learner looks at.
  @Test func otherSemanticsDoNotSpoilATask() throws {
    let tutor = try take([
      ("semantics calico-2.4", ["calico-2.4"]),
      ("predict allow by policy web ingress[0]", ["Right.", "!ALLOW", "this is about documented"]),
      ("task 4", []), ("disable policy web ingress[0]", []), ("semantics calico-2.4", []), ("check", ["Well done."]),
    ])
    #expect(tutor.prompt == "lesson 3 (calico-2.4)> ")
  }

  /// The hidden demands are told only when the shown ones are met.
  @Test func hiddenDemands() throws {
    _ = try take([
      ("task 4", []), ("failsafe in none", []), ("check", ["no tcp", "!not shown"]),
      ("disable policy web ingress[0]", []),
      ("check", ["1 of 2 checks that were not shown fails; the first", "10.0.0.1:22", "wanted: allow", "not yet"]),
      ("next", ["not done yet"]),
    ])
  }

  /// What is let in and never answered does not work, though nobody said a word about the answer.
  @Test func aReplyThatIsLost() throws {
    func policy(_ egress: String) -> String {
      "apiVersion: v1\nkind: policy\nmetadata: {name: mine}\n"
        + "spec: {selector: all(), doNotTrack: true, ingress: [{action: allow, protocol: tcp}]\(egress)}"
    }
    _ = try take([
      ("task 5", []), (policy(""), ["added policy mine"]),
      ("check", ["no tcp", "wanted: its reply: allow", "its reply: deny by conntrack-invalid", "not yet", "!Well done."]),
      (policy(", egress: [{action: allow, protocol: tcp}]"), ["policy mine"]), ("check", ["Well done."]),
    ])
  }

  @Test func anExamAnew() throws {
    _ = try take([
      ("task 6", ["Question 1 of 3"]),
      ("predict deny", ["that is not all yet"]), ("predict deny by no-policy-matched", ["Not so."]),
      ("predict deny by no-policy-matched", ["Not so."]),
      ("predict deny by no-policy-matched", ["Right.", "Not passed: 1 of 3 right"]),
      ("predict deny by no-policy-matched", ["all questions are answered", "task 6"]),
      ("task 6", ["Question 1 of 3"]), ("predict allow by web ingress[0]", ["Right."]),
      ("predict allow by failsafe", ["Right."]),
      ("predict allow by failsafe", ["Passed"]),
    ])
  }

  @Test func leavingAnExam() throws {
    let begun = try take([("task 6", []), ("predict allow by web ingress[0]", ["Right."])])
    #expect(begun.farewell.first == "the exam is not finished and begins anew next time")
    #expect(try take([("task 6", [])]).farewell.count == 1, "nothing is lost before the first answer")
  }

  /// It goes on at the first task that is not done.
  @Test func comingBack() throws {
    var progress = Progress()
    progress["small"].done = ["guess", "answer"]
    let tutor = try take([], progress: progress)
    #expect(tutor.greeting[0].contains("2 of 6 tasks done"))
    #expect(tutor.greeting.contains { $0.hasPrefix("Task 3 of 6:") })
    #expect(tutor.greeting[1].contains("\"task 1\" shows the lesson from its beginning"))
    #expect(try take([], progress: progress, lesson: 1).greeting[0] == "Lesson 4: Another  (help, quit)")
  }

  /// What is done in a lesson is nothing that a later session could resume.
  @Test func nothingIsJournalled() throws {
    let files = try Scratch()
    defer { files.remove() }
    var tutor = Tutor(try SmallLesson.course(files), lesson: 0, progress: Progress(), style: .plain)
    let answer = tutor.perform("delete policy web")
    #expect(answer.journal.isEmpty && tutor.unsavedChanges == 0)
    #expect(tutor.perform("quit").next == .leave)
  }

  @Test(arguments: [
    ("pre", ["predict"]), ("predict ", ["allow", "deny"]), ("predict allow ", ["by"]),
    ("predict allow by no", ["no-policy-matched", "no-profile-matched", "not-policed"]),
    ("predict allow by policy ", ["web"]), ("predict allow by policy web ", ["ingress[0]", "ingress[1]"]),
    ("show pol", ["policies"]),
    ("he", ["help"]),
  ])
  func completion(_ line: String, _ expected: [String]) throws {
    let tutor = try take([])
    let completion = tutor.completion(of: Array(line.utf8), cursor: line.utf8.count)
    #expect(completion.candidates.map(\.text).filter { line != "show pol" || $0 == "policies" } == expected)
  }
}
