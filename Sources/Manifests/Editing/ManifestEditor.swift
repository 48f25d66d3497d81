import Selector
package import Simulator

/// Changes resources in the text that they were read from. Comments and layout stay; where a layout is not understood, the change
/// is refused. What comes of it is read again, and must mean what the changes promise and nothing else.
package struct ManifestEditor: Sendable {
  private struct Found {
    var resource: Resource
    var document: Int
  }

  package let source: SourceText
  private let lines: LineIndex
  private let documents: [DocumentText]
  /// In the order of the text; of several with one identity all.
  private let found: [Found]
  /// Of several resources with one identity the last counts.
  private let places: [ResourceID: Int]
  private let rejectedCount: Int

  /// - Complexity: O(*n* log *n*) in the bytes of the text.
  package init(_ source: SourceText) {
    self.source = source
    lines = LineIndex(source.bytes)
    var documents: [DocumentText] = []
    var found: [Found] = []
    var rejected = 0
    for range in DocumentSplitter.documents(in: source.bytes) {
      guard let document = try? YAMLParser.parse(source.bytes, in: range) else {
        rejected += 1
        continue
      }
      var decoder = DocumentDecoder(ResourceReader(document: document, source: source, lines: lines, strictness: .lenient))
      decoder.decode(range)
      found += decoder.resources.map { Found(resource: $0, document: documents.count) }
      rejected += decoder.rejected.count
      documents.append(DocumentText(document))
    }
    self.documents = documents
    self.found = found
    places = Dictionary(zip(found.map(\.resource.id), found.indices), uniquingKeysWith: { $1 })
    rejectedCount = rejected
  }

  /// What to change in the text for each of some changes, as with `applying`.
  ///
  /// - Throws: why it is not to be changed, if that is so for any of the changes.
  package func edits(for changes: [ManifestChange]) throws(EditRefusal) -> [[TextEdit]] {
    var edits: [[TextEdit]] = []
    for change in changes { edits.append(try unverified(change)) }
    _ = try verified(edits.flatMap(\.self), changes)
    return edits
  }

  /// The text after changes, of which no two are about one rule; none is about a rule in a list to which another adds one.
  ///
  /// - Throws: why it is not to be changed, if that is so for any of the changes.
  package func applying(_ changes: [ManifestChange]) throws(EditRefusal) -> SourceText {
    var edits: [TextEdit] = []
    for change in changes { edits += try unverified(change) }
    return try verified(edits, changes)
  }

  private func unverified(_ change: ManifestChange) throws(EditRefusal) -> [TextEdit] {
    guard let index = places[change.resource], let location = found[index].resource.location,
      let offset = lines.offset(location.line, location.column)
    else { throw .notFound }
    let document = documents[found[index].document]
    guard let root = document.node(at: offset) else { throw .notFound }
    return try ResourceText(root, in: document, of: source, lines).edits(for: change, of: found[index].resource)
  }

  private func verified(_ edits: [TextEdit], _ changes: [ManifestChange]) throws(EditRefusal) -> SourceText {
    var expected = found.map(\.resource)
    // From the end of each list, so that numbers hold until they are used.
    for change in changes.sorted(by: { $0.place.index > $1.place.index }) {
      guard let index = places[change.resource], let changed = change.applied(to: expected[index]) else { throw .notFound }
      expected[index] = changed
    }
    guard let bytes = source.bytes.applying(edits) else { throw .layout("several changes meet at one place") }
    let text = SourceText(name: source.name, bytes: bytes)
    let after = ManifestEditor(text)
    guard after.rejectedCount == rejectedCount, after.found.map(\.resource.withoutLocations) == expected.map(\.withoutLocations)
    else {
      throw .layout("the changed text would not mean what it should")
    }
    return text
  }
}
