import Manifests
import Scenarios
import Selector
import Simulator

/// Reads the files of a lesson and notes everything that is wrong with them.
///
/// Files are called by their names within the lesson where a learner meets them (`world.yaml:12`), and by their paths in errors.
struct LessonReading {
  let directory: String
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var sources: [SourceText] = []

  struct Parts {
    var document: LessonDocument
    var text: LessonText
    var resources: [Resource]
  }

  init(directory: String) {
    self.directory = directory
  }

  /// - Returns: `nil` if anything is wrong.
  mutating func parts() -> Parts? {
    let yaml = load(Lesson.documentName)
    let markdown = load(Lesson.textName)
    var document: LessonDocument?
    if let yaml {
      let (read, errors) = decodeLesson(yaml)
      document = read
      note(errors)
    }
    let text = markdown.map { LessonText($0) }
    note(text?.errors ?? [])
    var resources: [Resource] = []
    if let document {
      resources = world(document) + document.resources
      if let text { checkSections(document, text) }
    }
    guard diagnostics.isEmpty, let document, let text else { return nil }
    return Parts(document: document, text: text, resources: resources)
  }

  /// A file of the lesson, under its short name.
  private mutating func load(_ name: String) -> SourceText? {
    do throws(Diagnostic) {
      let source = SourceText(name: name, bytes: try loadText(path: path(name)).bytes)
      sources.append(SourceText(name: path(name), bytes: source.bytes))
      return source
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  private func path(_ name: String) -> String {
    directory.utf8.last == UInt8(ascii: "/") ? directory + name : "\(directory)/\(name)"
  }

  private mutating func world(_ document: LessonDocument) -> [Resource] {
    let paths = manifestPaths(document.world.map { path($0.text) })
    var resources: [Resource] = []
    for missing in document.world where manifestPaths([path(missing.text)]).isEmpty {
      diagnostics.append(
        Diagnostic(
          .error, id: "unreadable", at: place(document.location), "there are no manifests in \"\(missing)\"",
          help: "\"world\" names files and directories beside lesson.yaml"))
    }
    let head = path("")
    for file in paths {
      let short = file.utf8.starts(with: head.utf8) ? String(Substring(file.utf8.dropFirst(head.utf8.count))) : file
      guard short != Lesson.documentName, let source = load(short) else { continue }
      let loaded = decodeManifests(source, strictness: .lenient)
      note(loaded.diagnostics.filter { $0.severity == .error })
      resources += loaded.resources
    }
    return resources
  }

  private mutating func checkSections(_ document: LessonDocument, _ text: LessonText) {
    let headings = text.sections.map(\.heading)
    for task in document.tasks where !headings.contains(where: { Array($0.utf8) == task.section.bytes }) {
      let close = closestName(to: task.section.text, among: headings).map { "did you mean \"\($0)\"? " } ?? ""
      note([
        Diagnostic(
          .error, id: "unknown-section", at: task.sectionLocation, "lesson.md has no section \"\(task.section)\"",
          help: "\(close)its sections are \(headings.map { "\"\($0)\"" }.joined(separator: ", "))")
      ])
    }
    for section in text.sections where !document.tasks.contains(where: { $0.section.bytes == Array(section.heading.utf8) }) {
      note([
        Diagnostic(
          .error, id: "section-without-task",
          at: SourceLocation(file: Lesson.textName, line: section.line, column: 1),
          "after the section \"\(section.heading)\" there is nothing to do", help: "give it a task in lesson.yaml")
      ])
    }
    let places = document.tasks.compactMap { task in headings.firstIndex { Array($0.utf8) == task.section.bytes } }
    if places != places.sorted() {
      note([
        Diagnostic(
          .error, id: "task-order", at: document.location, "the tasks do not stand in the order of the sections",
          help: "a learner meets them in the order of lesson.yaml")
      ])
    }
  }

  private mutating func note(_ more: [Diagnostic]) {
    diagnostics += more.map { diagnostic in
      var placed = diagnostic
      placed.location = diagnostic.location.map(place)
      return placed
    }
  }

  private func place(_ location: SourceLocation) -> SourceLocation {
    SourceLocation(file: path(location.file), line: location.line, column: location.column)
  }
}
