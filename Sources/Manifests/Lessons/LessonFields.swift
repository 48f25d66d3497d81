/// The fields of a lesson. `lesson` holds its title.
enum LessonField: String, FieldName {
  case lesson, number, world, resources, semantics, tasks
  static let place = Place.lesson
}

/// The fields of a task. `task` holds its name, and one of the last five says what kind of work it is.
enum LessonTaskField: String, FieldName {
  case task, section, ask, of, change, hint, model, wrong, because
  case predict, write, mend, choose, exam
  static let place = Place.lessonTask

  static let works: [LessonTaskField] = [.predict, .write, .mend, .choose, .exam]
}

enum LessonDemandField: String, FieldName {
  case flows, hidden, invariants
  static let place = Place.lessonDemand
}

enum LessonOptionField: String, FieldName {
  case says, right, because
  static let place = Place.lessonOption
}

enum LessonExamField: String, FieldName {
  case pass, questions
  static let place = Place.lessonExam
}

enum LessonQuestionField: String, FieldName {
  case ask, predict, of
  static let place = Place.lessonQuestion
}

/// What a prediction is about.
enum PredictedPacket: String, CaseIterable {
  case packet, reply
}
