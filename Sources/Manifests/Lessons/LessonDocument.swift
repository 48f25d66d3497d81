package import Selector
package import Simulator

/// What a `lesson.yaml` says: the world of a lesson and its tasks. The texts stand beside it in `lesson.md`.
package struct LessonDocument: Sendable {
  package var title: ByteString
  /// Lessons are taken in the order of their numbers.
  package var number: Int
  /// Files and directories, relative to the lesson's directory.
  package var world: [ByteString]
  /// What the world holds besides.
  package var resources: [Resource]
  /// The semantics that judge; `nil` for the documented ones.
  package var semantics: String?
  package var tasks: [LessonTask]
  package var location: SourceLocation
}

/// Something to do in a lesson.
package struct LessonTask: Sendable {
  /// A packet whose fate is to be told before it is shown.
  package struct Prediction: Hashable, Sendable {
    /// As a person types it.
    package var flow: ByteString
    /// Is it the answer to the flow that is asked about?
    package var isAboutReply: Bool
    /// What else is to be said, before the flow.
    package var ask: ByteString?
    package var location: SourceLocation
  }

  /// What a world is to do with flows.
  package struct Demand: Hashable, Sendable {
    /// Flows that the learner sees.
    package var shown: [Scenario.ExpectedFlow] = []
    /// Flows that are tried besides, so that no answer fits the shown ones alone.
    package var hidden: [Scenario.ExpectedFlow] = []
    package var invariants: [Invariant] = []
  }

  package struct Option: Hashable, Sendable {
    package var text: ByteString
    package var isRight: Bool
    /// Why it is right or wrong.
    package var because: ByteString?
  }

  package enum Work: Sendable {
    case predict(Prediction)
    case write(Demand)
    case mend(Demand)
    case choose([Option])
    /// - Parameter pass: how many predictions have to be right.
    case exam([Prediction], pass: Int)
  }

  /// A name that is the task's own within the lesson, and stays when others come: progress is kept by it.
  package var name: ByteString
  /// The heading in `lesson.md` after whose text the task comes.
  package var section: ByteString
  package var sectionLocation: SourceLocation
  /// What to do, in words; may be empty where the work says it all.
  package var ask: ByteString
  /// What is done to the lesson's world before the task begins.
  package var change: [Scenario.WorldChange.Edit]
  package var work: Work
  /// Shown one after the other to those who ask.
  package var hints: [ByteString]
  /// Inputs that do the task.
  package var model: [ByteString]
  /// Answers that somebody might give and that are wrong; each is a list of inputs.
  package var wrong: [[ByteString]]
  /// What to say once it is done.
  package var because: ByteString?
  package var location: SourceLocation
}
