/// Whoever answers inputs one after the other: a session, or something around one, such as a lesson. A terminal and a script
/// drive any of them.
package protocol Conversation: Sendable {
  var prompt: String { get }
  /// What is said before the first input.
  var greeting: [String] { get }
  /// What is said when a person leaves.
  var farewell: [String] { get }
  /// How many changes would be lost by leaving.
  var unsavedChanges: Int { get }

  /// What may stand at the cursor.
  ///
  /// - Parameters:
  ///   - line: the whole input so far, lines before this one included.
  ///   - cursor: bytes before the cursor.
  func completion(of line: [UInt8], cursor: Int) -> Completion

  /// Carries out one input.
  mutating func perform(_ input: String) -> Answer
}

extension Conversation {
  package var farewell: [String] { [] }
}

extension Session: Conversation {}
