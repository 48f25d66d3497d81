package import Manifests
import Scenarios
import Selector
import Session
package import Simulator

/// A lesson: its texts, its world and its tasks, read from a directory.
package struct Lesson: Sendable {
  /// The directory's name without the number before it: what people and progress call it.
  package let name: String
  package let directory: String
  package let document: LessonDocument
  package let text: LessonText
  /// The world, before a task changes it.
  package let resources: [Resource]

  package var title: String { document.title.text }
  package var number: Int { document.number }
  package var tasks: [LessonTask] { document.tasks }
  package var semantics: Semantics { document.semantics.flatMap(Semantics.named) ?? .documented }

  static let textName = "lesson.md"
  static let documentName = "lesson.yaml"

  /// What is wrong with a lesson.
  package struct Failure: Error, Sendable {
    /// By file and place; paths as the directory was named.
    package var diagnostics: [Diagnostic]
    package var sources: [SourceText]
  }

  /// Reads a lesson and everything in it.
  ///
  /// - Throws: every mistake in its files, and in how they fit together.
  package init(directory: String) throws(Failure) {
    var reading = LessonReading(directory: directory)
    guard let parts = reading.parts() else { throw Failure(diagnostics: reading.diagnostics, sources: reading.sources) }
    self.directory = directory
    name = Self.name(of: directory)
    (document, text, resources) = (parts.document, parts.text, parts.resources)
  }

  private static func name(of directory: String) -> String {
    let last = directory.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? directory
    let name = last.utf8.drop { (0x30...0x39).contains($0) }.drop { $0 == UInt8(ascii: "-") }
    return name.isEmpty ? last : String(Substring(name))
  }

  // MARK: Worlds

  /// What there is when a task begins.
  ///
  /// - Returns: the resources, and what went wrong with the task's changes.
  func resources(for task: LessonTask) -> (resources: [Resource], problems: [String]) {
    guard !task.change.isEmpty else { return (resources, []) }
    var session = Session(LoadedManifests(resources: resources), paths: [], semantics: semantics)
    var problems: [String] = []
    for edit in task.change {
      let answer = edit.apply(in: &session, besideFile: "\(directory)/\(Self.documentName)")
      if answer.hasFailed { problems += answer.complaints }
    }
    return (session.resources, problems)
  }

  func section(of task: LessonTask) -> LessonText.Section? {
    text.sections.first { Array($0.heading.utf8) == task.section.bytes }
  }
}
