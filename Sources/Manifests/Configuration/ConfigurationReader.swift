import Selector
package import Simulator

/// Reads a configuration, strictly: a key that is not known, or stands twice, is an error, and so is a second document.
///
/// - Returns: the configuration, and what is wrong with it. It is for use only if nothing is.
/// - Complexity: O(*n*) in the bytes of the text.
package func decodeConfiguration(_ source: SourceText) -> (configuration: Configuration, errors: [Diagnostic]) {
  let lines = LineIndex(source.bytes)
  var configuration = Configuration()
  var problems: [PlacedProblem] = []
  do throws(YAMLSyntaxError) {
    let document = try YAMLParser.parse(
      source.bytes, in: (source.bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0)..<source.bytes.count)
    var reader = ResourceReader(document: document, source: source, lines: lines, strictness: .strict)
    // A file that holds nothing, or comments alone, asks nothing.
    configuration = reader.configuration(document.root)
    problems = reader.problems
  } catch {
    problems = [PlacedProblem(problem: .document(.yaml(error.reason)), range: error.range)]
  }
  let errors = problems.sorted(by: Problem.isBefore).map { problem in
    var diagnostic = problem.diagnostic(in: source, lines, .strict)
    diagnostic.severity = .error
    return diagnostic
  }
  return (configuration, errors)
}

private enum ConfigurationField: String, FieldName {
  case lint
  static let place = Place.configuration
}

private enum LintField: String, FieldName {
  case failOn = "fail-on"
  case disable, semantics, baseline, exclude
  static let place = Place.lintConfiguration
}

extension ResourceReader {
  fileprivate mutating func configuration(_ root: NodeID?) -> Configuration {
    var configuration = Configuration()
    guard let fields = fields(root, ConfigurationField.self), let lint = fields[.lint] else { return configuration }
    if let lint = self.fields(lint, LintField.self) { configuration.lint = self.lint(lint) }
    return configuration
  }

  private mutating func lint(_ fields: Fields<LintField>) -> Configuration.Lint {
    Configuration.Lint(
      failOn: word(fields[.failOn], what: "fail-on"), disable: placedTexts(fields[.disable], of: "rules"),
      semantics: semanticsName(fields[.semantics]), baseline: fields[.baseline].flatMap { placedText($0, of: "a path") },
      exclude: placedTexts(fields[.exclude], of: "paths"))
  }

  private mutating func semanticsName(_ id: NodeID?) -> String? {
    guard let id, let text = text(id, expected: "a word"), !text.isEmpty else { return nil }
    let names = Semantics.all.map(\.name)
    if let name = names.first(where: { ByteString($0) == text }) { return name }
    note(.value(.oneOf(text.shown, what: "semantics", allowed: names)), at: id)
    return nil
  }

  private mutating func placedTexts(_ id: NodeID?, of what: String) -> [Configuration.Placed<ByteString>] {
    guard let id, let items = list(id, of: what) else { return [] }
    return items.compactMap { placedText($0, of: "text") }
  }

  /// Text that is written as text, and is not empty.
  private mutating func placedText(_ id: NodeID, of what: String) -> Configuration.Placed<ByteString>? {
    guard let text = plainText(id, expected: what) else { return nil }
    guard !text.isEmpty else {
      note(.field(.wrongType(expected: what, found: "an empty text")), at: id)
      return nil
    }
    return Configuration.Placed(value: text, location: location(id), length: document.headRange(id).count)
  }
}
