/// Why a text is not changed.
package struct EditRefusal: Error, Hashable, Sendable {
  /// Lower case, without a full stop.
  package var message: String

  init(_ message: String) {
    self.message = message
  }

  static let shared = EditRefusal("it is shared by an alias, so a change would reach further than it should")
  static let merged = EditRefusal("it comes by \"<<\", so a change would reach further than it should")
  static let notFound = EditRefusal("it is not found in the text")

  static func layout(_ what: String) -> EditRefusal { EditRefusal("\(what), a layout that is not changed automatically") }
}
