import Manifests
package import Reports
import Selector
package import Session
import Simulator

/// Asks one question after the other: a session in the world of each question, with somebody who waits for a guess.
///
/// The level rises with every round. The same seed and level ask the same questions.
package struct Quiz: ProgressMaking {
  /// Questions to a round.
  package static let round = 3
  /// Right answers in a round after which the next sitting begins a level higher.
  private static let goodRound = 2

  let style: Style
  private let environment: SessionEnvironment
  private let seed: UInt64
  private let firstLevel: Int
  /// How many questions are asked; `nil` without end.
  private let count: Int?

  package private(set) var progress: Progress
  package private(set) var question: QuizQuestion
  private var session: Session
  private var isAnswered = false
  private var asked = 0
  private var right = 0
  private var rightInRound = 0

  /// - Parameter level: of the first round.
  package init(
    seed: UInt64, count: Int? = nil, level: Int, progress: Progress, style: Style,
    environment: SessionEnvironment = .unattended
  ) {
    self.seed = seed
    self.count = count
    firstLevel = level
    self.progress = progress
    self.style = style
    self.environment = environment
    question = QuizQuestion(seed: seed, number: 1, level: level)
    session = Session(LoadedManifests(), paths: [])
    beginQuestion()
  }

  package var prompt: String { "quiz> " }
  package var unsavedChanges: Int { 0 }

  private mutating func beginQuestion() {
    session = Session(
      LoadedManifests(resources: question.resources), paths: ["the question"], style: style, environment: environment)
    isAnswered = false
  }

  package var greeting: [String] {
    [
      "\(style.bold("Quiz"))  seed \(seed)\(count.map { ", \($0) questions" } ?? ""); one try each; \"help\" says what may be typed, \"quit\" leaves",
      "",
    ] + questionLines
  }

  package var farewell: [String] { asked == 0 || asked == count ? [] : [score] }

  // MARK: Questions

  private var questionLines: [String] {
    let head = style.bold("Question \(question.number)") + style.dim(" (level \(question.level))")
    return [head] + WorldText(question.world, style: style).lines.map { "  \($0)" } + [asking] + answers
  }

  private var asking: String {
    let what = question.isAboutReply ? "What becomes of the reply to" : "What becomes of"
    return "\(what)  \(style.bold(question.flow))"
  }

  private var answers: [String] {
    guard !question.options.isEmpty else {
      return ["type \(style.bold("predict allow by …")) or \(style.bold("predict deny by …")) (\"help predict\" says how)"]
    }
    let letters = question.options.indices.map(TaskText.letter)
    return zip(letters, question.options).map { "  \(style.bold($0))  \(Style.visible($1.text))" }
      + ["type \(letters.dropLast().joined(separator: ", ")) or \(letters.last ?? "")"]
  }

  // MARK: Inputs

  package mutating func perform(_ input: String) -> Answer {
    let words = input.split(maxSplits: 1) { $0 == " " || $0 == "\t" || $0 == "\n" }.map(String.init)
    let rest = words.count > 1 ? words[1].trimmingBlanks : ""
    switch words.first ?? "" {
    case "predict": return answered { (quiz) throws(Guess.Failure) in try quiz.guess(rest) }
    case "choose": return choose(rest)
    case "next", "n":
      return isAnswered ? goOn() : refused("the question is not answered yet", "\"skip\" leaves it and tells the answer")
    case "skip": return skip()
    case "question", "task": return said(questionLines)
    case "world": return said(WorldText(session.world, style: style).lines)
    case "score", "progress": return said([score])
    case "help" where rest.isEmpty: return said(overview)
    case "help" where rest == "predict": return said(Tutor.predictHelp(style))
    case "help" where rest == "tool": return session.perform("help")
    case let word where rest.isEmpty && word.utf8.count == 1 && word.lowercased() >= "a" && word.lowercased() <= "f":
      return choose(word)
    default:
      var answer = session.perform(input)
      answer.journal = []
      return answer
    }
  }

  private func said(_ lines: [String]) -> Answer {
    var answer = Answer()
    answer.lines = lines
    return answer
  }

  private func refused(_ message: String, _ help: String) -> Answer {
    var answer = Answer()
    answer.hasFailed = true
    answer.lines = ["\(style.bad("error:")) \(Style.visible(message))", "  \(style.dim("help:")) \(Style.visible(help))"]
    return answer
  }

  // MARK: Answers

  private func guess(_ text: String) throws(Guess.Failure) -> Guess {
    let guess = try Guess(text, in: question.world)
    if let more = guess.question(in: question.world) { throw Guess.Failure(message: "that is not all yet", help: more) }
    return guess
  }

  private mutating func choose(_ letter: String) -> Answer {
    let options = question.options
    return answered { (_) throws(Guess.Failure) in
      let bytes = Array(letter.lowercased().utf8)
      guard bytes.count == 1, bytes[0] >= UInt8(ascii: "a"), Int(bytes[0] - UInt8(ascii: "a")) < options.count else {
        throw Guess.Failure(
          message: options.isEmpty ? "this question has nothing to choose from" : "\"\(letter)\" is no option",
          help: options.isEmpty ? Guess.form : "\"question\" shows them")
      }
      return options[Int(bytes[0] - UInt8(ascii: "a"))]
    }
  }

  private mutating func answered(_ read: (Quiz) throws(Guess.Failure) -> Guess) -> Answer {
    guard !isAnswered else { return refused("the question is answered", "\"next\" asks another") }
    do throws(Guess.Failure) {
      return settle(try read(self))
    } catch {
      return refused(error.message, error.help)
    }
  }

  private mutating func skip() -> Answer { isAnswered ? goOn() : settle(nil) }

  /// - Parameter guess: `nil` for somebody who does not know.
  private mutating func settle(_ guess: Guess?) -> Answer {
    isAnswered = true
    let review = guess.map { GuessReview($0, of: question.judged) }
    let isRight = review?.isRight ?? false
    count(isRight)
    var lines = [isRight ? style.good("Right.") : style.bad(guess == nil ? "The answer:" : "Not so.")]
    lines += review?.explanation ?? []
    lines += session.perform(question.flow).lines.map { "  \($0)" }
    lines.append(score)
    var answer = Answer()
    if asked == count {
      answer.next = .leave
    } else {
      lines.append("\(style.bold("next")) asks another, \(style.bold("why")) shows every step of this one")
    }
    answer.lines = lines
    return answer
  }

  private mutating func count(_ isRight: Bool) {
    asked += 1
    progress.quiz.asked += 1
    guard isRight else { return }
    right += 1
    rightInRound += 1
    progress.quiz.right += 1
    if rightInRound == Self.goodRound { progress.quiz.level = max(progress.quiz.level, question.level + 1) }
  }

  private var score: String { "\(right) of \(asked) right; level \(question.level)" }

  private mutating func goOn() -> Answer {
    let number = question.number + 1
    if (number - 1) % Self.round == 0 { rightInRound = 0 }
    question = QuizQuestion(seed: seed, number: number, level: firstLevel + (number - 1) / Self.round)
    beginQuestion()
    return said(questionLines)
  }

  private var overview: [String] {
    var table = TextTable()
    for (form, summary) in [
      ("a, b, c, d", "choose an answer"), ("predict allow|deny by WHAT", "or type it; \"help predict\" says what may follow"),
      ("question", "the question again"), ("next", "another question"), ("skip", "the answer, without a guess of your own"),
      ("score", "how many were right"), ("world", "the world of the question"), ("help tool", "all that gatewalk can do"),
      ("quit", "leave; the score is kept"),
    ] { table.add([TextTable.Cell(form, style.bold), TextTable.Cell(summary)]) }
    return table.lines(indent: 0) + [
      "Everything else is the tool itself: \(style.bold("why")), \(style.bold("show policies")), a flow, …"
    ]
  }

  package func completion(of line: [UInt8], cursor: Int) -> Completion {
    let typed = line[..<min(cursor, line.count)]
    guard !typed.contains(0x20) else { return session.completion(of: line, cursor: cursor) }
    var completion = session.completion(of: line, cursor: cursor)
    let own = ["next", "predict", "question", "score", "skip", "world"].map { Completion.Candidate($0, note: "quiz") }
    completion.candidates = (own.filter { $0.text.utf8.starts(with: typed) } + completion.candidates)
      .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    return completion
  }
}

extension Guess {
  /// `deny by policy lock-down ingress[0]`.
  package var text: String { (isAllowed ? "allow" : "deny") + (decision.map { " by \($0.text)" } ?? "") }
}
