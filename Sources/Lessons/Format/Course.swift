import Glibc
import Simulator

/// All lessons of a directory, in the order of their numbers.
package struct Course: Sendable {
  package let directory: String
  package private(set) var lessons: [Lesson] = []
  /// Lessons that could not be read, with what is wrong with them.
  package private(set) var failures: [Lesson.Failure] = []

  package init(directory: String) {
    self.directory = directory
    for path in Self.lessonDirectories(in: directory) {
      do throws(Lesson.Failure) {
        lessons.append(try Lesson(directory: path))
      } catch {
        failures.append(error)
      }
    }
    lessons.sort { ($0.number, $0.name) < ($1.number, $1.name) }
    checkNumbers()
  }

  /// A course of one lesson.
  init(only lesson: Lesson) {
    directory = lesson.directory
    lessons = [lesson]
  }

  private mutating func checkNumbers() {
    for (first, second) in zip(lessons, lessons.dropFirst()) where first.number == second.number {
      let place = SourceLocation(file: "\(second.directory)/\(Lesson.documentName)", line: 1, column: 1)
      failures.append(
        Lesson.Failure(
          diagnostics: [
            Diagnostic(
              .error, id: "duplicate-number", at: place, "lesson \"\(first.name)\" has the number \(first.number), too",
              help: "give it another")
          ], sources: []))
    }
  }

  /// The directories that hold a lesson, by name. The directory may be a lesson itself.
  package static func lessonDirectories(in directory: String) -> [String] {
    if isLesson(directory) { return [directory] }
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) { bytes in String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names.filter { $0.utf8.first != UInt8(ascii: ".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { "\(directory)/\($0)" }.filter(isLesson)
  }

  private static func isLesson(_ directory: String) -> Bool {
    access("\(directory)/\(Lesson.documentName)", F_OK) == 0 || access("\(directory)/\(Lesson.textName)", F_OK) == 0
  }

  /// The place of a lesson by its number or name; of a name a beginning is enough if only one lesson has it.
  package func index(of wanted: String) -> Int? {
    if let number = Int(wanted) { return lessons.firstIndex { $0.number == number } }
    let bytes = Array(wanted.utf8)
    if let whole = lessons.firstIndex(where: { Array($0.name.utf8) == bytes }) { return whole }
    let begun = lessons.indices.filter { lessons[$0].name.utf8.starts(with: bytes) }
    return begun.count == 1 && !bytes.isEmpty ? begun[0] : nil
  }
}
