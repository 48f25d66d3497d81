import Reports

/// The text of a progress file.
///
/// ```json
/// {"version": 1,
///  "lessons": [{"name": "order", "done": ["first-match"], "shown": []}, {"name": "exam", "done": ["exam"], "shown": [], "score": 9}],
///  "quiz": {"asked": 20, "right": 17, "level": 4}}
/// ```
enum ProgressJSON {
  static let version = 1

  /// Why a text is no progress that can be read.
  enum Failure: Error, Hashable {
    case damaged(String)
    /// A later gatewalk wrote it.
    case newer(Int)
  }

  static func bytes(_ progress: Progress) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("version", version)
      json.key("lessons")
      json.array { json in
        for (name, lesson) in progress.lessons.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
          write(name, lesson, to: &json)
        }
      }
      json.key("quiz")
      json.object { json in
        json.field("asked", progress.quiz.asked)
        json.field("right", progress.quiz.right)
        json.field("level", progress.quiz.level)
      }
    }
    json.newline()
    return json.bytes
  }

  private static func write(_ name: String, _ lesson: Progress.OfLesson, to json: inout JSONWriter) {
    json.object { json in
      json.field("name", name)
      json.key("done")
      json.array { json in for task in lesson.done.sorted() { json.string(task) } }
      json.key("shown")
      json.array { json in for task in lesson.shown.sorted() { json.string(task) } }
      if let score = lesson.score { json.field("score", score) }
    }
  }

  static func read(_ bytes: [UInt8]) throws(Failure) -> Progress {
    let found: (version: Int, progress: Progress)
    do throws(JSONError) {
      found = try parse(bytes)
    } catch {
      throw .damaged(error.message)
    }
    guard found.version == version else { throw .newer(found.version) }
    return found.progress
  }

  /// What other versions hold is passed over.
  private static func parse(_ bytes: [UInt8]) throws(JSONError) -> (version: Int, progress: Progress) {
    var cursor = JSONCursor(bytes)
    var progress = Progress()
    var found: Int?
    try cursor.readObject { (cursor, key) throws(JSONError) in
      if cursor.equals(key, "version") {
        found = try cursor.readInteger(Int.self)
      } else if cursor.equals(key, "lessons"), found == version {
        try cursor.readArray { (cursor) throws(JSONError) in try readLesson(&cursor, &progress) }
      } else if cursor.equals(key, "quiz"), found == version {
        progress.quiz = try quiz(&cursor)
      } else {
        _ = try cursor.skipValue()
      }
    }
    try cursor.expectEnd()
    guard let found else { throw JSONError(offset: 0, message: "\"version\" is missing") }
    return (found, progress)
  }

  private static func readLesson(_ cursor: inout JSONCursor, _ progress: inout Progress) throws(JSONError) {
    var (name, lesson) = ("", Progress.OfLesson())
    try cursor.readObject { (cursor, key) throws(JSONError) in
      if cursor.equals(key, "name") {
        name = try text(&cursor)
      } else if cursor.equals(key, "done") {
        lesson.done = try texts(&cursor)
      } else if cursor.equals(key, "shown") {
        lesson.shown = try texts(&cursor)
      } else if cursor.equals(key, "score") {
        lesson.score = try cursor.readInteger(Int.self)
      } else {
        _ = try cursor.skipValue()
      }
    }
    guard !name.isEmpty else { throw JSONError(offset: 0, message: "a lesson has no name") }
    progress[name] = lesson
  }

  private static func quiz(_ cursor: inout JSONCursor) throws(JSONError) -> Progress.OfQuiz {
    var quiz = Progress.OfQuiz()
    try cursor.readObject { (cursor, key) throws(JSONError) in
      if cursor.equals(key, "asked") {
        quiz.asked = max(0, try cursor.readInteger(Int.self))
      } else if cursor.equals(key, "right") {
        quiz.right = max(0, try cursor.readInteger(Int.self))
      } else if cursor.equals(key, "level") {
        quiz.level = max(1, try cursor.readInteger(Int.self))
      } else {
        _ = try cursor.skipValue()
      }
    }
    return quiz
  }

  private static func text(_ cursor: inout JSONCursor) throws(JSONError) -> String {
    String(decoding: cursor.unescape(try cursor.readString()), as: UTF8.self)
  }

  private static func texts(_ cursor: inout JSONCursor) throws(JSONError) -> Set<String> {
    var texts: Set<String> = []
    try cursor.readArray { (cursor) throws(JSONError) in texts.insert(try text(&cursor)) }
    return texts
  }
}
