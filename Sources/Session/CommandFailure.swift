import Manifests
import Simulator

/// Why a command did nothing. Whatever it is, the session is as it was before.
enum CommandFailure: Error, Sendable {
  /// Something in what was typed is wrong.
  case input([Problem])
  /// YAML that was typed, read or made is not acceptable.
  case manifests([Diagnostic], sources: [SourceText])
  /// Nothing that was typed is wrong, but it cannot be done.
  case refused(String, help: String?)

  /// One thing that is wrong with what was typed.
  struct Problem: Hashable, Sendable {
    /// Bytes of the input; empty where something is missing.
    var range: Range<Int>
    var message: String
    var help: String?
  }

  static func at(_ range: Range<Int>, _ message: String, help: String? = nil) -> CommandFailure {
    .input([Problem(range: range, message: message, help: help)])
  }

  /// Problems of a flow that was taken from the input.
  ///
  /// - Parameter offset: where in the input the flow begins.
  static func flow(_ errors: FlowTextErrors, at offset: Int) -> CommandFailure {
    .input(
      errors.errors.map { error in
        let range = (error.range.lowerBound + offset)..<(error.range.upperBound + offset)
        return Problem(range: range, message: error.message, help: error.help)
      })
  }
}
