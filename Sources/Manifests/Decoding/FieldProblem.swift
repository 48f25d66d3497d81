/// What can be wrong with the shape of a document: its mappings and the types of its values.
enum FieldProblem: Error {
  case colonBetweenBrackets
  case unusableTag
  case mergeOfScalar
  case unknownField(String, in: Place, suggestion: String?)
  case fieldSpelledTwice(String, first: String)
  case duplicateKey(String)
  case overriddenByMerge(String)
  case keyIsNotText(found: String)
  case wrongType(expected: String, found: String)
  case textExpectedInList(found: String, text: String)
  case readAsOtherText(String, text: String)
  case missing(field: String, in: Place)
  case identifierMissing(String)
}

extension FieldProblem {
  var wording: Wording {
    switch self {
    case .colonBetweenBrackets:
      return Wording(
        "unquoted-colon",
        "a value with \":\" between brackets has to be in quotes",
        help: "calicoctl's YAML parser refuses it; write \"min:max\" with the quotes"
      )
    case .unusableTag:
      return Wording("bad-tag", "the value is not of the type that its tag names", help: "leave the tag out")
    case .mergeOfScalar:
      return Wording("bad-merge", "\"<<\" takes a mapping or a list of mappings")
    case .unknownField(let name, let place, let suggestion):
      let hint = FieldHint.help(for: name, in: place)
      return Wording(
        "unknown-field",
        "unknown field \"\(name)\" in \(place.rawValue)",
        help: hint ?? Wording.didYouMean(suggestion, else: nil)
      )
    case .fieldSpelledTwice(let name, let first):
      return Wording(
        "field-spelled-twice",
        "\"\(name)\" is the same field as \"\(first)\" above",
        help: "the case of letters does not count in field names; keep one of the two"
      )
    case .duplicateKey(let name):
      return Wording(
        "duplicate-key",
        "\"\(name)\" stands here twice",
        help: "only the last one counts; remove the others"
      )
    case .overriddenByMerge(let name):
      return Wording(
        "overridden-by-merge",
        "\"\(name)\" is overridden by the \"<<\" below it",
        help: "calicoctl takes what comes last; move \"<<\" to the top"
      )
    case .keyIsNotText(let found):
      return Wording("bad-key", "expected the text of a key, found \(found)")
    case .wrongType(let expected, let found):
      return Wording("wrong-type", "expected \(expected), found \(found)", help: Wording.typeHelp(expected, found))
    case .textExpectedInList(let found, let text):
      return Wording(
        "wrong-type",
        "expected text, found \(found)",
        help:
          "calicoctl turns it into text in a document of its own, but not in a list; write \"\(text)\" with the quotes"
      )
    case .readAsOtherText(let written, let text):
      return Wording(
        "read-as-other-text",
        "\"\(written)\" without quotes is read as \"\(text)\"",
        help: "put it in quotes if you mean the text as it stands"
      )
    case .missing(let field, let place):
      return Wording("missing-field", "\"\(field)\" is missing in \(place.rawValue)", help: FieldHint.required(field))
    case .identifierMissing(let field):
      return Wording(
        "missing-identifier",
        "metadata has no \"\(field)\"",
        help: "it is part of what names the resource"
      )
    }
  }
}
