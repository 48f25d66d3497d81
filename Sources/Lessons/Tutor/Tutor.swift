import Manifests
package import Reports
import Selector
package import Session
import Simulator

/// Takes a learner through lessons: a session with somebody beside it who sets tasks and looks at what is done.
///
/// It has a few commands of its own; everything else goes to the session, so that the whole tool works inside a lesson. Each task
/// begins in the world that its lesson gives it, whatever was done before.
package struct Tutor: ProgressMaking {
  package let course: Course
  let style: Style
  private let environment: SessionEnvironment

  package internal(set) var progress: Progress
  var lessonIndex: Int
  var taskIndex: Int
  /// The tool itself, in the world of the task.
  var session: Session
  /// How many hints of the task were given.
  var hintCount = 0
  /// Of an exam: the answers so far.
  var exam = ExamState()

  /// Begins at the first task of a lesson that is not done.
  ///
  /// - Parameter lesson: place in the course, which must have it.
  package init(
    _ course: Course, lesson: Int, progress: Progress, style: Style, environment: SessionEnvironment = .unattended
  ) {
    precondition(course.lessons.indices.contains(lesson), "the course has the lesson")
    self.course = course
    self.style = style
    self.environment = environment
    self.progress = progress
    lessonIndex = lesson
    let tasks = course.lessons[lesson].tasks
    taskIndex = tasks.firstIndex { !progress[course.lessons[lesson].name].done.contains($0.name.text) } ?? 0
    session = Session(LoadedManifests(), paths: [], style: style, environment: environment)
    beginTask()
  }

  package var lesson: Lesson { course.lessons[lessonIndex] }
  var task: LessonTask { lesson.tasks[taskIndex] }

  package var prompt: String {
    session.semantics == .documented ? "lesson \(lesson.number)> " : "lesson \(lesson.number) (\(session.semantics.name))> "
  }
  /// What is done in a lesson's world is not kept.
  package var unsavedChanges: Int { 0 }

  package var greeting: [String] { opening }

  package var farewell: [String] {
    let done = course.lessons.count { progress.isDone($0) }
    let lost = isInExam ? ["the exam is not finished and begins anew next time"] : []
    return lost + ["\(done) of \(course.lessons.count) lessons done; \"gatewalk learn\" goes on from here"]
  }

  // MARK: Inputs

  package mutating func perform(_ input: String) -> Answer {
    if let (command, rest) = TutorCommand.parse(input, in: self) { return run(command, rest) }
    var answer = session.perform(input)
    // A journal would bring it back in a session on other files.
    answer.journal = []
    return answer
  }

  private mutating func run(_ command: TutorCommand, _ rest: String) -> Answer {
    var answer = Answer()
    do throws(TutorRefusal) {
      answer.lines = try command.run(&self, rest)
    } catch {
      answer.hasFailed = true
      answer.lines = [
        "\(style.bad("error:")) \(Style.visible(error.message))", "  \(style.dim("help:")) \(Style.visible(error.help))",
      ]
    }
    return answer
  }

  // MARK: Going on

  /// Makes the task's world anew.
  mutating func beginTask() {
    let (resources, _) = lesson.resources(for: task)
    session = Session(
      LoadedManifests(resources: resources), paths: ["the lesson"], semantics: lesson.semantics, style: style,
      environment: environment)
    hintCount = 0
    exam = ExamState()
  }

  /// The session, judged as the lesson has it.
  var judgedSession: Session {
    guard session.semantics != lesson.semantics else { return session }
    var judged = session
    _ = judged.perform("semantics \(lesson.semantics.name)")
    return judged
  }

  /// What to say about an answer to a task whose world or semantics the learner has changed.
  var changeNote: [String] {
    if session.unsavedChanges > 0 {
      return [style.dim("(you have changed the world; this is about the task's own. \"reset\" returns to it)")]
    }
    if session.semantics != lesson.semantics {
      return [style.dim("(you have changed the semantics; this is about \(lesson.semantics.name), as the lesson is)")]
    }
    return []
  }

  /// Is an exam begun and not answered to its end?
  private var isInExam: Bool {
    guard case .exam(let questions, _) = task.work else { return false }
    return exam.isBegun && exam.answers.count < questions.count
  }

  var isDone: Bool { progress[lesson.name].done.contains(task.name.text) }
  var isLastTask: Bool { taskIndex == lesson.tasks.count - 1 }

  mutating func markDone() { progress[lesson.name].done.insert(task.name.text) }
  mutating func markShown() {
    if !isDone { progress[lesson.name].shown.insert(task.name.text) }
  }

  /// The task after this one, or the next lesson.
  ///
  /// - Returns: what to show.
  mutating func goOn() -> [String] {
    guard isLastTask else { return go(toTask: taskIndex + 1) }
    guard lessonIndex + 1 < course.lessons.count else {
      return ["this is the last task of the last lesson; \"gatewalk quiz\" asks as many questions as you like"]
    }
    return go(toLesson: lessonIndex + 1)
  }

  mutating func go(toTask index: Int) -> [String] {
    let before = task.section
    taskIndex = index
    beginTask()
    return (task.section == before ? [] : sectionLines) + taskLines
  }

  mutating func go(toLesson index: Int) -> [String] {
    lessonIndex = index
    let done = progress[lesson.name].done
    taskIndex = lesson.tasks.firstIndex { !done.contains($0.name.text) } ?? 0
    beginTask()
    return opening
  }
}

/// Why a command of the tutor cannot be carried out.
struct TutorRefusal: Error, Hashable {
  var message: String
  var help: String
}

/// How far an exam has come.
struct ExamState: Sendable {
  var answers: [Bool] = []
  var isBegun: Bool { !answers.isEmpty }
}
