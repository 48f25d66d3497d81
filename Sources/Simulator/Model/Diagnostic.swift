/// One thing that is wrong, or doubtful, in the input.
///
/// Messages are lower case, without a full stop, with the user's text in quotes. What is wrong goes to `message`, what was
/// expected or what to do goes to `help`; drawing them is the business of whoever prints.
package struct Diagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable {
    case error, warning
  }

  package var severity: Severity
  /// A stable name for this kind of problem, such as `unknown-field`.
  package var id: String
  package var location: SourceLocation?
  /// How many bytes from `location` on are meant; 1 where only a point is known.
  package var length: Int
  package var message: String
  package var help: String?

  package init(
    _ severity: Severity, id: String, at location: SourceLocation?, length: Int = 1, _ message: String,
    help: String? = nil
  ) {
    self.severity = severity
    self.id = id
    self.location = location
    self.length = length
    self.message = message
    self.help = help
  }
}
