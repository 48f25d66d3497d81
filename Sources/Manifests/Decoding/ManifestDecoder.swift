package import Simulator

/// Reads the resources and scenarios in a text: YAML or JSON, one document or many.
///
/// Every problem is reported with its place, and a resource with an error is left out as a whole.
///
/// - Complexity: O(*n* log *n*) in the bytes of the text.
package func decodeManifests(_ source: SourceText, strictness: Strictness) -> LoadedManifests {
  decodeManifests([source], strictness: strictness)
}

/// The same with several texts, which are one input.
package func decodeManifests(_ sources: [SourceText], strictness: Strictness) -> LoadedManifests {
  var loaded = LoadedManifests()
  for source in sources { loaded.add(source, strictness) }
  loaded.removeDuplicates(strictness, files: sources.map(\.name))
  return loaded
}

extension LoadedManifests {
  /// Adds what a text holds, duplicates included.
  mutating func add(_ source: SourceText, _ strictness: Strictness) {
    sources.append(source)
    let lines = LineIndex(source.bytes)
    var room = ProblemLimit()
    for range in DocumentSplitter.documents(in: source.bytes) {
      let problems = addDocument(range, of: source, lines, strictness)
      for problem in room.admit(problems.sorted(by: Problem.isBefore), strictness) {
        diagnostics.append(problem.diagnostic(in: source, lines, strictness))
      }
      if room.isExhausted { return }
    }
  }

  /// Adds the resources and scenarios of one document, and gives what is wrong with it.
  private mutating func addDocument(
    _ range: Range<Int>,
    of source: SourceText,
    _ lines: LineIndex,
    _ strictness: Strictness
  ) -> [PlacedProblem] {
    do throws(YAMLSyntaxError) {
      let document = try YAMLParser.parse(source.bytes, in: range)
      var decoder = DocumentDecoder(
        ResourceReader(document: document, source: source, lines: lines, strictness: strictness)
      )
      decoder.decode(range)
      resources += decoder.resources
      scenarios += decoder.scenarios
      rejected += decoder.rejected
      deprecatedFields += decoder.reader.deprecatedFields
      return decoder.reader.problems
    } catch {
      let (line, column) = lines.position(range.lowerBound)
      rejected.append(
        RejectedResource(
          kind: nil,
          name: nil,
          location: SourceLocation(file: source.name, line: line, column: column)
        )
      )
      return [PlacedProblem(problem: .document(.yaml(error.reason)), range: error.range)]
    }
  }
}
