import Simulator

/// What the session says to one input, and what is to be done besides saying it.
package struct Answer: Sendable {
  /// Lines for people, dressed in the session's style.
  package var lines: [String] = []
  /// Could the command not be carried out? The session is then as it was before, but for the commands of a script that went well.
  package var hasFailed = false
  /// How many of the lines are results; what follows, if it failed, says why.
  package var results: ArraySlice<String> { hasFailed ? lines[..<resultCount] : lines[...] }
  package var complaints: ArraySlice<String> { hasFailed ? lines[resultCount...] : [] }
  var resultCount = 0
  /// The commands that lead from the state before to the state after, whatever files and editors say then: what a journal
  /// keeps. Empty if nothing changed that is worth keeping.
  package var journal: [String] = []
  package var next = Next.goOn
  /// Was everything so already, so that there is nothing to keep?
  var changedNothing = false

  package enum Next: Hashable, Sendable {
    case goOn
    case leave
    /// Leave, and forget what was not saved.
    case discard
  }

  package init() {}

  mutating func say(_ line: String) { lines.append(line) }
  mutating func say(_ more: [String]) { lines += more }
}
