/// Why a text is no YAML document that can be read.
struct YAMLSyntaxError: Error {
  enum Reason: Equatable {
    /// libyaml's own words, and what it was reading at the time.
    case syntax(problem: String, context: String?)
    case textAfterDocument
    case notUTF8
    case controlCharacter(UInt32)
    case nestedTooDeep(limit: Int)
    /// Aliases stand for more nodes than any honest file needs.
    case aliasesExpandTooFar(limit: Int)
    case unknownAnchor(String)
    case anchorContainsItself(String)
    case outOfMemory
  }

  var reason: Reason
  /// Bytes of the file.
  var range: Range<Int>
}
