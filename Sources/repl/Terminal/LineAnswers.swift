import Reports

/// Answers standard input line by line on standard output, in large pieces.
enum LineAnswers {
  static let tooLong = "the line is longer than \(LineReader.longestLine) bytes"

  /// - Parameter answer: writes the answer to a line, and says whether there was one to give.
  /// - Returns: how many lines had no answer.
  /// - Throws: `ExitStatus.failed` if standard input cannot be read; what was answered before is written.
  static func run(_ answer: (LineReader.Line, inout JSONWriter) -> Bool) throws -> Int {
    var json = JSONWriter()
    var reader = LineReader()
    var failures = 0
    func flush(_ json: inout JSONWriter) {
      json.withBytes { Output.standard.write(UnsafeRawBufferPointer($0)) }
      json.removeAll()
    }
    do throws(LineReader.Failure) {
      // Whoever waits for an answer before asking again gets it.
      try reader.forEachLine(beforeReading: { flush(&json) }) { line in
        if !answer(line, &json) { failures += 1 }
        if json.count >= 1 << 18 { flush(&json) }
      }
    } catch {
      flush(&json)
      Console.error.say("error: standard input: \(error)")
      throw ExitStatus.failed
    }
    flush(&json)
    return failures
  }
}
