import Manifests
import Selector

/// What a learner has done so far.
package struct Progress: Hashable, Sendable {
  /// Of one lesson, by the names of its tasks, so that it stays true when tasks come or move.
  package struct OfLesson: Hashable, Sendable {
    package var done: Set<String> = []
    /// Tasks whose solution was shown before they were done.
    package var shown: Set<String> = []
    /// The best score in an exam.
    package var score: Int?

    package init() {}
  }

  /// Of the quiz.
  package struct OfQuiz: Hashable, Sendable {
    package var asked = 0
    package var right = 0
    /// The level at which the next round begins, from 1.
    package var level = 1

    package init() {}
  }

  /// By the lessons' names.
  package var lessons: [String: OfLesson] = [:]
  package var quiz = OfQuiz()

  package init() {}

  package subscript(_ lesson: String) -> OfLesson {
    get { lessons[lesson] ?? OfLesson() }
    set { lessons[lesson] = newValue }
  }

  /// What was done here or there: two learners' terminals, say.
  package func union(_ other: Progress) -> Progress {
    var union = self
    for (name, theirs) in other.lessons {
      union[name].done.formUnion(theirs.done)
      union[name].shown.formUnion(theirs.shown)
      if let score = theirs.score { union[name].score = max(score, union[name].score ?? 0) }
    }
    if other.quiz.asked > quiz.asked { union.quiz = other.quiz }
    return union
  }

  /// How many of a lesson's tasks are done.
  package func doneCount(in lesson: Lesson) -> Int {
    lesson.tasks.count { self[lesson.name].done.contains($0.name.text) }
  }

  package func isDone(_ lesson: Lesson) -> Bool { doneCount(in: lesson) == lesson.tasks.count }
}
