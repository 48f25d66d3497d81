import Manifests
package import Reports
package import Simulator

/// The texts of a lesson, from its `lesson.md`: a title, a few words before the first section, and the sections.
///
/// Of Markdown it knows what a terminal can show: headings (`#` for the title, `##` for sections), paragraphs, lists,
/// `` `code` `` and `**strong**` within a line, and fenced blocks. A block fenced as `gatewalk` is a piece of a session, with the
/// prompt `gatewalk> ` before what is typed; what follows is the answer, which `LessonCheck` holds against the engine.
package struct LessonText: Sendable {
  package struct Section: Sendable {
    package var heading: String
    /// The number of the heading's line, from 1.
    package var line: Int
    package var body: [Line]

    package var transcripts: [Transcript] {
      body.reduce(into: []) { if case .transcript(let transcript) = $1 { $0.append(transcript) } }
    }
  }

  package enum Line: Sendable {
    case prose(String)
    /// Of a fenced block, as it stands.
    case code(String)
    case transcript(Transcript)
  }

  package private(set) var title = ""
  package private(set) var titleLine = 1
  package private(set) var intro: [Line] = []
  package private(set) var sections: [Section] = []
  /// What is wrong with the text.
  package private(set) var errors: [Diagnostic] = []

  /// How wide `lesson.md` may be: as a terminal.
  private static let width = 80
  private let file: String

  /// - Complexity: O(*n*) in the bytes.
  package init(_ source: SourceText) {
    file = source.name
    var fence: Fence?
    for (index, bytes) in source.bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: bytes.last == 0x0d ? bytes.dropLast() : bytes, as: UTF8.self)
      take(text, number: index + 1, &fence)
    }
    if let fence { note("unclosed-block", "the block is not closed", at: fence.line, help: "end it with a line of ```") }
    if title.isEmpty { note("no-title", "the text has no title", at: 1, help: "begin with # TITLE") }
    if sections.isEmpty { note("no-sections", "the text has no sections", at: 1, help: "begin each with ## HEADING") }
    trim()
  }

  private struct Fence {
    var line: Int
    var isTranscript: Bool
    var lines: [String] = []
  }

  private mutating func take(_ text: String, number: Int, _ fence: inout Fence?) {
    if text.utf8.starts(with: "```".utf8) {
      guard let open = fence else {
        fence = Fence(line: number, isTranscript: String(text.dropFirst(3)) == "gatewalk")
        return
      }
      close(open)
      fence = nil
    } else if fence != nil {
      fence?.lines.append(text)
    } else if text.utf8.starts(with: "## ".utf8) {
      begin(String(text.dropFirst(3)), number)
    } else if text.utf8.starts(with: "# ".utf8), title.isEmpty, sections.isEmpty {
      (title, titleLine) = (String(text.dropFirst(2)), number)
    } else {
      if text.unicodeScalars.count > Self.width {
        note("long-line", "the line is wider than \(Self.width) columns", at: number, help: "break it")
      }
      append(.prose(text))
    }
  }

  private mutating func begin(_ heading: String, _ number: Int) {
    if sections.contains(where: { Array($0.heading.utf8) == Array(heading.utf8) }) {
      note(
        "duplicate-section", "there is a section \"\(heading)\" already", at: number,
        help: "tasks name sections by their headings")
    }
    sections.append(Section(heading: heading, line: number, body: []))
  }

  private mutating func close(_ fence: Fence) {
    guard fence.isTranscript else { return fence.lines.forEach { append(.code($0)) } }
    let transcript = Transcript(fence.lines, line: fence.line + 1)
    if transcript.exchanges.isEmpty {
      note("empty-transcript", "the block has no input", at: fence.line, help: "begin it with \(Transcript.prompt)COMMAND")
    }
    append(.transcript(transcript))
  }

  private mutating func append(_ line: Line) {
    if sections.isEmpty { intro.append(line) } else { sections[sections.count - 1].body.append(line) }
  }

  /// Blank lines at the ends of texts are none of them.
  private mutating func trim() {
    intro = Self.trimmed(intro)
    for index in sections.indices { sections[index].body = Self.trimmed(sections[index].body) }
  }

  private static func trimmed(_ lines: [Line]) -> [Line] {
    func isBlank(_ line: Line) -> Bool {
      if case .prose(let text) = line { return text.isEmpty }
      return false
    }
    let front = lines.drop(while: isBlank)
    return Array(front.reversed().drop(while: isBlank).reversed())
  }

  private mutating func note(_ id: String, _ message: String, at line: Int, help: String) {
    errors.append(
      Diagnostic(.error, id: id, at: SourceLocation(file: file, line: line, column: 1), message, help: help))
  }
}

// MARK: - On a terminal

extension LessonText {
  package static func dressed(_ lines: [Line], _ style: Style) -> [String] {
    lines.flatMap { line in
      switch line {
      case .prose(let text): [Markup.dressed(Style.visible(text), style)]
      case .code(let text): ["  " + style.dim(Style.visible(text))]
      case .transcript(let transcript): transcript.lines.map { "  " + style.dim(Style.visible($0)) }
      }
    }
  }
}
