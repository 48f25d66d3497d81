import Manifests
package import Simulator

/// Writes what the engine answers into a lesson's text, in the place of answers that are not so. A block that leaves lines out
/// (`…`) is left alone.
package struct TranscriptUpdate: Sendable {
  package let path: String
  package let before: [UInt8]
  package let after: [UInt8]

  /// - Returns: `nil` if nothing changes.
  /// - Throws: why the text cannot be read.
  package init?(_ lesson: Lesson) throws(Diagnostic) {
    path = "\(lesson.directory)/\(Lesson.textName)"
    before = try loadText(path: path).bytes
    var lines = before.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) }
    // From the end, so that lines keep their numbers.
    let results = lesson.text.sections.flatMap { TranscriptRun($0, lesson: lesson).results }
    for result in results.sorted(by: { $0.exchange.line > $1.exchange.line })
    where !result.isTrue && !result.exchange.answer.contains(Transcript.omission) {
      let inputLines = result.exchange.input.split(separator: "\n", omittingEmptySubsequences: false).count
      // Lines of a text are counted from 1.
      let start = result.exchange.line - 1 + inputLines
      lines.replaceSubrange(start..<(start + result.exchange.answer.count), with: result.answer.map { Array($0.utf8) })
    }
    after = Array(lines.joined(separator: [0x0a]))
    if after == before { return nil }
  }
}
