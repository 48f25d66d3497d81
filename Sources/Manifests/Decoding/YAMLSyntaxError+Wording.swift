extension YAMLSyntaxError.Reason {
  var wording: Wording {
    switch self {
    case .syntax(problem: "did not find expected <document start>", _), .textAfterDocument:
      Wording(
        "text-after-document",
        "text stands here after the end of the document",
        help: "separate documents with a line \"---\""
      )
    case .syntax(let problem, let context):
      Wording(
        "yaml-syntax",
        "not valid YAML: \(problem)",
        help: Self.hint(problem) ?? context.map { "this was found \($0)" }
      )
    case .notUTF8:
      Wording("not-utf8", "the text is not UTF-8 from here on", help: "save the file as UTF-8")
    case .controlCharacter(0):
      Wording("control-character", "the text holds a NUL byte", help: "this does not look like a text file")
    case .controlCharacter(let value):
      Wording(
        "control-character",
        "the text holds the control character U+\(Self.hex(value))",
        help: "remove it"
      )
    case .nestedTooDeep(let limit):
      Wording("nested-too-deep", "nested more than \(limit) deep", help: "no resource needs that")
    case .aliasesExpandTooFar(let limit):
      Wording("aliases-too-large", "aliases stand for more than \(limit) values in all", help: "write them out")
    case .unknownAnchor(let name):
      Wording(
        "unknown-anchor",
        "there is no anchor \"&\(name)\" above",
        help: "a text that begins with \"*\" needs quotes"
      )
    case .anchorContainsItself(let name):
      Wording("recursive-anchor", "anchor \"&\(name)\" contains itself")
    case .outOfMemory:
      Wording("out-of-memory", "there is not enough memory to read the document")
    }
  }

  /// What libyaml's commonest complaints mean in practice.
  private static func hint(_ problem: String) -> String? {
    switch problem {
    case "mapping values are not allowed in this context":
      "is a line above indented differently, or does a value with \": \" in it need quotes?"
    case "found character that cannot start any token":
      "indent with spaces, not tabs; a value that begins with \"@\", \"`\" or \"%\" needs quotes"
    case "did not find expected key":
      "is this line indented like the ones above it, and are all quotes and brackets closed?"
    case "did not find expected '-' indicator":
      "is this line indented like the list above it?"
    case "could not find expected ':'":
      "a key needs \": \" after it"
    default: nil
    }
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
