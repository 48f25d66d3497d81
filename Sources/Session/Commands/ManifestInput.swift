import Manifests
import Simulator

/// Reads the resources that `apply` and `add` are given: YAML in the input itself, or files.
struct ManifestInput {
  private let session: Session

  init(_ session: Session) {
    self.session = session
  }

  /// - Throws: everything that is wrong with it; then nothing of it counts.
  func read(_ arguments: inout Arguments) throws(CommandFailure) -> LoadedManifests {
    if arguments.words.isEmpty || isYAML(arguments) { return try checked(decode(yaml(&arguments))) }
    let word = try arguments.take("a file or YAML", help: "type apply FILE, or apply alone and then YAML")
    try arguments.expectEnd("apply takes one file or directory; put a name with blanks in quotes")
    return try checked(loadManifests(paths: [FileName.expandingTilde(word.text)], strictness: .lenient))
  }

  /// YAML stands on the lines after the command, or from the first byte on.
  private func isYAML(_ arguments: Arguments) -> Bool {
    if arguments.input.contains(0x0a) { return true }
    let shape = LineShape(String(decoding: arguments.input, as: UTF8.self))
    return shape.beginsYAML || arguments.peek?.text.utf8.first == UInt8(ascii: "{")
  }

  private func yaml(_ arguments: inout Arguments) throws(CommandFailure) -> [UInt8] {
    let input = arguments.input
    let first = input.prefix { $0 != 0x0a }
    let shape = LineShape(String(decoding: first, as: UTF8.self))
    guard let word = arguments.words.first, ["apply", "add"].contains(word.text) else { return input }
    if let end = shape.hereDocumentEnd {
      var lines = input.dropFirst(first.count + 1).split(separator: 0x0a, omittingEmptySubsequences: false)
      if let last = lines.last, Array(last) == Array(end.utf8) { lines.removeLast() }
      return Array(lines.joined(separator: [0x0a]))
    }
    return Array(input[word.range.upperBound...])
  }

  private func decode(_ bytes: [UInt8]) -> LoadedManifests {
    decodeManifests(SourceText(name: session.nextTextName, bytes: bytes), strictness: .lenient)
  }

  private func checked(_ loaded: LoadedManifests) throws(CommandFailure) -> LoadedManifests {
    guard !loaded.hasErrors else { throw .manifests(loaded.diagnostics, sources: loaded.sources) }
    return loaded
  }
}

extension Session {
  /// How rules in the next text that is typed, pasted or edited are placed: `typed3:5` is line 5 of the third. No two texts of a
  /// session have one name, whatever was undone in between.
  var nextTextName: String { "typed\(textCount + 1)" }
}
