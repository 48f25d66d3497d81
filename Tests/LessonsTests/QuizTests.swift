import Lessons
import Manifests
import Reports
import Selector
import Session
import Simulator
import Testing

/// Questions without end: the same for the same seed, of all kinds, and with answers that are the engine's.
@Suite struct QuizTests {
  private static let questions: [QuizQuestion] = (0..<2_000).map { index in
    QuizQuestion(seed: UInt64(index / 40), number: index % 40 + 1, level: index % 40 / 4 + 1)
  }

  @Test func balance() {
    let questions = Self.questions
    let share = 1 / Double(questions.count)
    let allowed = Double(questions.count { $0.judged.judgement.isAllowed }) * share
    #expect((0.45...0.62).contains(allowed), "\(allowed) are allowed")
    var kinds: [Decision.Kind: Int] = [:]
    for question in questions { kinds[question.judged.judgement.decidedBy.kind, default: 0] += 1 }
    for (kind, least) in [
      (Decision.Kind.policy, 0.25), (.noPolicyMatched, 0.05), (.noProfileMatched, 0.02), (.failsafe, 0.03), (.profile, 0.02),
      (.notPoliced, 0.02), (.conntrackEstablished, 0.02), (.conntrackInvalid, 0.02), (.endpointToHostAction, 0.02),
    ] {
      #expect(Double(kinds[kind] ?? 0) * share >= least, "\(kind.name): \(kinds[kind] ?? 0) of \(questions.count)")
    }
    #expect(Double(kinds[.policy] ?? 0) * share <= 0.6, "\(kinds)")
    // Of those that policies settle, all stages have their part.
    let stages = Dictionary(grouping: questions.filter { $0.judged.judgement.decidedBy.kind == .policy }) {
      $0.judged.judgement.decidedBy.stage
    }
    for stage in Stage.allCases { #expect((stages[stage]?.count ?? 0) > 40, "\(stage): \(stages[stage]?.count ?? 0)") }
    #expect(questions.count { $0.isAboutReply } > 60)
    // Hardly any two are the same.
    #expect(Set(questions.map { "\($0.resources.count) \($0.flow) \($0.judged.answer) \($0.level)" }).count > 600)
  }

  /// Every policy that there are words for comes up.
  @Test func theWorldsAreAsTheyAreMeant() {
    let names = Set(Self.questions.flatMap { $0.world.policies.map(\.name.text) })
    #expect(
      names == [
        "allow-web", "office-only", "allow-ping", "block-outside", "allow-inside", "allow-mail-out", "allow-database",
        "lock-down",
        "shop", "jobs", "node-lock", "node-web", "no-outside", "allow-node-port", "disallow-incoming", "open-to-office",
        "node-ports",
        "fast-cache", "drop-flood", "early-web", "outside", "inside",
      ])
  }

  /// The answer is what a session says of the same flow in the same world.
  @Test func theRightAnswerIsTheEngines() throws {
    for question in Self.questions {
      let loaded = decodeManifests(
        SourceText(name: "question.yaml", bytes: Array(encodeManifests(question.resources).utf8)), strictness: .strict)
      #expect(!loaded.hasErrors, "\(loaded.diagnostics)")
      var session = Session(loaded, paths: [])
      let (walker, flow) = try session.resolved(question.flow)
      let verdict = try walker.judge(flow)
      let judgement = try #require(question.isAboutReply ? verdict.reply : verdict.forward)
      #expect(judgement.isAllowed == question.judged.judgement.isAllowed)
      #expect(judgement.decidedBy.kind == question.judged.judgement.decidedBy.kind)
      #expect(judgement.decidedBy.rule == question.judged.judgement.decidedBy.rule)
      let right = try Guess(question.judged.answer, in: question.world)
      #expect(question.judged.isRight(right) && right.question(in: question.world) == nil, "\(question.judged.answer)")
      if !question.options.isEmpty {
        #expect(question.options.count == 4 && Set(question.options).count == 4)
        #expect(
          question.options.count { question.judged.isRight($0) } == 1,
          "\(question.options.map(\.text)): \(question.judged.answer)")
      }
    }
    #expect(Self.questions.contains { $0.options.isEmpty } && Self.questions.contains { !$0.options.isEmpty })
  }

  @Test func theSameSeedTheSameQuestions() {
    for number in 1...40 {
      let (one, two) = (QuizQuestion(seed: 5, number: number, level: 3), QuizQuestion(seed: 5, number: number, level: 3))
      #expect(one.resources == two.resources && one.flow == two.flow && one.options == two.options)
    }
    let other = (1...40).map { QuizQuestion(seed: 6, number: $0, level: 3) }
    #expect((1...40).count { QuizQuestion(seed: 5, number: $0, level: 3).flow == other[$0 - 1].flow } < 30)
  }

  /// A world and what can be chosen stand on one screen.
  @Test func aQuestionFitsOnAScreen() {
    let heights = Self.questions.map { question in
      let world = WorldText(question.world, style: .plain).lines.reduce(0) { $0 + ($1.count + 2 + 79) / 80 }
      // The heading, the packet, what to type, and the prompt.
      return (level: question.level, lines: world + question.options.count + 4)
    }
    let tall = heights.filter { $0.lines > 24 }.map { "\($0.lines) lines at level \($0.level)" }
    #expect(tall == [])
    #expect(heights.contains { $0.lines > 16 })
  }

  // MARK: A sitting

  private func letter(_ quiz: Quiz, right: Bool) -> String {
    if quiz.question.options.isEmpty {
      return right ? "predict \(quiz.question.judged.answer)" : "predict deny by unknown-workload"
    }
    let index = quiz.question.options.firstIndex { quiz.question.judged.isRight($0) == right } ?? 0
    return ["a", "b", "c", "d"][index]
  }

  @Test func aSitting() {
    var quiz = Quiz(seed: 11, count: 10, level: 1, progress: Progress(), style: .plain)
    #expect(quiz.greeting.contains("Question 1 (level 1)"))
    #expect(quiz.perform("next").hasFailed && quiz.perform("e").hasFailed && quiz.perform("predict maybe").hasFailed)
    #expect(quiz.perform(letter(quiz, right: false)).lines[0] == "Not so.")
    #expect(quiz.perform("a").lines[0].contains("the question is answered"))
    #expect(!quiz.perform("why").hasFailed, "the tool works, on the packet that was asked about")
    for number in 2...9 {
      #expect(quiz.perform("next").lines[0] == "Question \(number) (level \((number - 1) / 3 + 1))")
      #expect(quiz.perform(letter(quiz, right: true)).lines[0] == "Right.")
    }
    #expect(quiz.perform("score").lines == ["8 of 9 right; level 3"])
    #expect(quiz.perform("next").lines[0] == "Question 10 (level 4)")
    let last = quiz.perform("skip")
    #expect(last.lines[0] == "The answer:" && last.lines.last == "8 of 10 right; level 4" && last.next == .leave)
    #expect(quiz.progress.quiz.asked == 10 && quiz.progress.quiz.right == 8 && quiz.progress.quiz.level == 4)
  }
}
