package import Pictures

/// What a session needs of the world around it besides files: a person.
package struct SessionEnvironment: Sendable {
  /// Lets a person edit a text; `nil` where there is nobody, as in a script.
  ///
  /// - Parameter name: what the text is about, for the name of its file.
  package var edit: (@Sendable (_ name: String, _ text: String) -> EditResult)?
  /// Asks a question that yes and no answer; `nil` where there is nobody.
  ///
  /// - Parameter assumesYes: what Enter alone means: whatever loses nothing.
  package var confirm: (@Sendable (_ question: String, _ assumesYes: Bool) -> Bool)?
  /// Keeps a text that a person wrote and that was not taken in, and says where; `nil` if it cannot.
  package var keep: @Sendable (_ text: String) -> String?
  /// Shows lines before the command is over, such as what is wrong with an edited text.
  package var show: @Sendable ([String]) -> Void
  /// Where diagrams are drawn; asked anew for each, as windows change.
  package var canvas: @Sendable () -> Canvas

  package enum EditResult: Hashable, Sendable {
    case text(String)
    /// The editor could not be run, or it ended with an error: why.
    case failed(String)
  }

  package init(
    edit: (@Sendable (String, String) -> EditResult)? = nil,
    confirm: (@Sendable (String, Bool) -> Bool)? = nil, keep: @escaping @Sendable (String) -> String? = { _ in nil },
    show: @escaping @Sendable ([String]) -> Void = { _ in }, canvas: @escaping @Sendable () -> Canvas = { Canvas() }
  ) {
    self.edit = edit
    self.confirm = confirm
    self.keep = keep
    self.show = show
    self.canvas = canvas
  }

  /// Nobody is there.
  package static let unattended = SessionEnvironment()
}
