import Selector
import Simulator

/// What can be wrong with a text, its documents and their kinds.
enum DocumentProblem: Error {
  case yaml(YAMLSyntaxError.Reason)
  case emptyDocument
  case tooManyErrors(limit: Int)
  case tooManyWarnings(limit: Int)
  case documentIsNotAResource(found: String)
  case kindMissing
  case apiVersionMissing(expected: String)
  case unknownKind(String, apiVersion: String, suggestion: String?)
  case unknownVersion(kind: String, apiVersion: String, expected: String)
  case foreignKind(String, apiVersion: String, ForeignKind)
  case kubernetesList
  case duplicateIdentity(ResourceID, first: SourceLocation?)
}

extension DocumentProblem {
  var wording: Wording {
    switch self {
    case .yaml(let reason):
      return reason.wording
    case .emptyDocument:
      return Wording(
        "empty-document",
        "the document is empty",
        help: "calicoctl refuses it; remove it, or the \"---\" before it"
      )
    case .tooManyErrors(let limit):
      return Wording("too-many-errors", "these are \(limit) errors: the rest of the text is not read")
    case .tooManyWarnings(let limit):
      return Wording("too-many-warnings", "these are \(limit) warnings: further ones are not shown")
    case .documentIsNotAResource(let found):
      return Wording(
        "not-a-resource",
        "expected a resource, found \(found)",
        help: "a resource is a mapping with apiVersion, kind, metadata and spec"
      )
    case .kindMissing:
      return Wording("missing-kind", "\"kind\" is missing", help: Wording.kindsThatAreRead)
    case .apiVersionMissing(let expected):
      return Wording("missing-api-version", "\"apiVersion\" is missing", help: "write apiVersion: \(expected)")
    case .unknownKind(let kind, let version, let suggestion):
      return Wording(
        "unknown-kind",
        "unknown kind \"\(kind)\"\(version.isEmpty ? "" : " of \"\(version)\"")",
        help: Wording.didYouMean(suggestion, else: Wording.kindsThatAreRead)
      )
    case .unknownVersion(let kind, let version, let expected):
      return Wording(
        "unknown-api-version",
        "unknown apiVersion \"\(version)\" of a \(kind)",
        help: "write apiVersion: \(expected)"
      )
    case .foreignKind(let kind, let version, let foreign):
      return Wording(
        "foreign-kind",
        "\"\(kind)\"\(version.isEmpty ? "" : " of \"\(version)\"") is \(foreign.description)",
        help: Wording.kindsThatAreRead
      )
    case .kubernetesList:
      return Wording(
        "kubernetes-list",
        "a kubectl \"List\" is not a resource that calicoctl takes",
        help: "separate its items with \"---\", or write them as a YAML list"
      )
    case .duplicateIdentity(let id, let first):
      let place = first.map { " from \($0.fileAndLine)" } ?? ""
      return Wording(
        "duplicate-resource",
        "\(id.kind.rawValue) \"\(id.name)\" replaces the one\(place)",
        help: "the later one counts, as with calicoctl apply; remove one of them"
      )
    }
  }
}
