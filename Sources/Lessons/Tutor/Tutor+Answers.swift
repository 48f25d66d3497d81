import Manifests
import Reports
import Selector
import Session
import Simulator

/// What comes of the answers that a learner gives.
extension Tutor {
  // MARK: Predictions

  mutating func predict(_ text: String) throws(TutorRefusal) -> [String] {
    switch task.work {
    case .predict(let prediction):
      let (guess, flow) = try read(text, prediction)
      return review(guess, of: flow, prediction)
    case .exam(let questions, let pass):
      return try answer(text, questions, pass: pass)
    default:
      throw TutorRefusal(message: "this task asks for no prediction", help: "\"task\" shows what it asks for")
    }
  }

  /// In the world of the task, whatever was changed since.
  private func read(
    _ text: String, _ prediction: LessonTask.Prediction
  ) throws(TutorRefusal) -> (guess: Guess, flow: JudgedFlow) {
    var pristine = pristineSession
    let flow: JudgedFlow
    do throws(JudgedFlow.Failure) {
      flow = try JudgedFlow(prediction.flow.text, isAboutReply: prediction.isAboutReply, in: &pristine)
    } catch {
      throw TutorRefusal(message: "the lesson is broken: \(error.message)", help: error.help)
    }
    do throws(Guess.Failure) {
      let guess = try Guess(text, in: pristine.world)
      if let question = guess.question(in: pristine.world) {
        throw Guess.Failure(message: "that is not all yet", help: question)
      }
      return (guess, flow)
    } catch {
      throw TutorRefusal(message: error.message, help: error.help)
    }
  }

  private var pristineSession: Session {
    Session(LoadedManifests(resources: lesson.resources(for: task).resources), paths: [], semantics: lesson.semantics)
  }

  private mutating func review(_ guess: Guess, of flow: JudgedFlow, _ prediction: LessonTask.Prediction) -> [String] {
    let review = GuessReview(guess, of: flow)
    // So that "why" speaks of it.
    let shown = session.perform(prediction.flow.text).lines
    let changed = changeNote
    guard review.isRight else {
      return [style.bad("Not so.")] + review.explanation + changed
        + ["try again; \(style.bold("why")) shows every step, \(style.bold("hint")) helps, \(style.bold("solution")) tells"]
    }
    markDone()
    let trace = changed.isEmpty ? shown.map { "  \($0)" } : []
    return [style.good("Right.")] + trace + because + changed + [cue]
  }

  private var because: [String] {
    guard let text = task.because?.text else { return [] }
    return text.split(separator: "\n").map { Markup.dressed(Style.visible(String($0)), style) }
  }

  // MARK: Exams

  private mutating func answer(
    _ text: String, _ questions: [LessonTask.Prediction], pass: Int
  ) throws(TutorRefusal) -> [String] {
    guard exam.answers.count < questions.count else {
      throw TutorRefusal(message: "all questions are answered", help: "\"task \(taskIndex + 1)\" begins the exam anew")
    }
    let prediction = questions[exam.answers.count]
    let (guess, flow) = try read(text, prediction)
    let review = GuessReview(guess, of: flow)
    exam.answers.append(review.isRight)
    _ = session.perform(prediction.flow.text)
    let verdict =
      review.isRight
      ? [style.good("Right.") + (flow.place.map { " It is dropped at \(Style.visible($0))." } ?? "")]
      : [style.bad("Not so.")] + review.explanation
        + ["Right is: \(Style.visible(flow.answer + (flow.place.map { " at \($0)" } ?? "")))"]
    guard exam.answers.count == questions.count else { return verdict + [""] + nextQuestion(questions) }
    return verdict + result(questions.count, pass: pass)
  }

  private func nextQuestion(_ questions: [LessonTask.Prediction]) -> [String] {
    TaskText(task, number: taskIndex + 1, of: lesson.tasks.count, exam: exam, style: style).question(questions)
  }

  private mutating func result(_ count: Int, pass: Int) -> [String] {
    let right = exam.answers.count { $0 }
    progress[lesson.name].score = max(right, progress[lesson.name].score ?? 0)
    let score = "\(right) of \(count) right"
    guard right >= pass else {
      return ["", style.bad("Not passed:") + " \(score), and \(pass) were needed. \"task \(taskIndex + 1)\" begins it anew."]
    }
    markDone()
    return ["", style.good("Passed:") + " \(score)."] + because + [cue]
  }

  // MARK: Choices

  static func option(_ text: String, of options: [LessonTask.Option]) -> Int? {
    let bytes = Array(text.lowercased().utf8)
    guard bytes.count == 1, bytes[0] >= UInt8(ascii: "a") else { return nil }
    let index = Int(bytes[0] - UInt8(ascii: "a"))
    return options.indices.contains(index) ? index : nil
  }

  mutating func choose(_ text: String) throws(TutorRefusal) -> [String] {
    guard case .choose(let options) = task.work else {
      throw TutorRefusal(message: "this task has nothing to choose from", help: "\"task\" shows what it asks for")
    }
    guard let index = Self.option(text, of: options) else {
      throw TutorRefusal(
        message: text.isEmpty ? "a letter is missing" : "\"\(text)\" is no option",
        help: "type one of \(options.indices.map(TaskText.letter).joined(separator: ", "))")
    }
    let reason = options[index].because.map { [Style.visible($0.text)] } ?? []
    guard options[index].isRight else {
      return [style.bad("Not so.")] + reason + [task.hints.isEmpty ? "try again" : "try again; \(style.bold("hint")) helps"]
    }
    markDone()
    return [style.good("Right.")] + reason + because + [cue]
  }

  // MARK: Worlds

  mutating func check() throws(TutorRefusal) -> [String] {
    switch task.work {
    case .write(let demand), .mend(let demand):
      let check = DemandCheck(demand, in: judgedSession)
      let lines = check.lines(style)
      guard check.isWell else {
        return lines + [
          "not yet: change the world and \(style.bold("check")) again; \(style.bold("reset")) begins anew, \(style.bold("hint")) helps"
        ]
      }
      markDone()
      return lines + [style.good("Well done.")] + because + [cue]
    default:
      throw TutorRefusal(message: "here is nothing to check", help: "\"task\" shows what this task asks for")
    }
  }

  // MARK: Help

  mutating func nextHint() -> [String] {
    guard hintCount < task.hints.count else {
      let none = task.hints.isEmpty ? "there is no hint" : "there are no more hints"
      return ["\(none); \"world\" shows everything that counts, \"solution\" tells"]
    }
    hintCount += 1
    return task.hints[hintCount - 1].text.split(separator: "\n").map { Markup.dressed(Style.visible(String($0)), style) }
  }

  mutating func solution() -> [String] {
    markShown()
    var lines = ["type:"]
    for input in task.model {
      lines += input.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).droppingEmptyEnd
        .map { "  \(style.bold(Style.visible($0)))" }
    }
    if case .predict(let prediction) = task.work { lines += session.perform(prediction.flow.text).lines.map { "  \($0)" } }
    return lines
  }
}
