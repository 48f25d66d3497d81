import Selector
import Simulator

/// One resource in the text that it was read from, to find what is to be changed in it.
///
/// What is found is this resource's own: nothing of it is reached through an alias or a `<<`, or by an alias elsewhere.
struct ResourceText {
  typealias NodeID = YAMLDocument.NodeID

  /// A key of a mapping and its value.
  struct Entry {
    var key: NodeID
    var value: NodeID
  }

  let bytes: [UInt8]
  let document: YAMLDocument
  let root: NodeID
  private let reader: ResourceReader
  /// Bytes that an alias repeats.
  private let repeated: [Range<Int>]

  /// - Parameter root: the resource's own node.
  init(_ root: NodeID, in text: DocumentText, of source: SourceText, _ lines: LineIndex) {
    bytes = source.bytes
    document = text.document
    self.root = root
    repeated = text.repeated
    reader = ResourceReader(document: document, source: source, lines: lines, strictness: .lenient)
  }

  // MARK: Finding

  /// The entry of a mapping that counts; `nil` if there is none.
  func entry(_ name: String, in mapping: NodeID) throws(EditRefusal) -> Entry? {
    try checkOwn(mapping)
    guard document.node(mapping).kind == .mapping else { return nil }
    var reader = reader
    let entries = reader.entries(mapping).filter { entry in
      document.node(entry.key).kind == .scalar && ResourceReader.isSame(document.scalarBytes(entry.key), name.utf8)
    }
    guard let entry = entries.last else { return nil }
    guard !entries.contains(where: \.merged) else { throw .merged }
    guard entries.count == 1 else { throw .layout("\"\(name)\" stands there twice") }
    return Entry(key: entry.key, value: entry.value)
  }

  /// The mapping or list in an entry.
  func collection(_ name: String, in mapping: NodeID) throws(EditRefusal) -> NodeID {
    guard let entry = try entry(name, in: mapping) else { throw .notFound }
    try checkOwn(entry.value)
    guard document.node(entry.value).kind != .scalar else { throw .notFound }
    return entry.value
  }

  /// The list of rules of a direction.
  func rules(_ direction: Direction) throws(EditRefusal) -> NodeID {
    try collection(direction.rawValue, in: try collection("spec", in: root))
  }

  func rule(_ direction: Direction, _ index: Int) throws(EditRefusal) -> NodeID {
    let rules = document.children(try rules(direction))
    guard rules.indices.contains(index), document.node(rules[index]).kind == .mapping else { throw .notFound }
    try checkOwn(rules[index])
    return rules[index]
  }

  /// Refuses what an alias stands for, and what an alias elsewhere repeats.
  func checkOwn(_ id: NodeID) throws(EditRefusal) {
    guard document.nodes[Int(id.index)].kind != .alias else { throw .shared }
    let range = document.range(id)
    guard !repeated.contains(where: { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }) else {
      throw .shared
    }
  }

  // MARK: Looking

  func isFlow(_ id: NodeID) -> Bool { document.node(id).style == .flowCollection }

  func isNull(_ id: NodeID) -> Bool { reader.isNull(id) }

  /// Is a mapping written as JSON has it, keys in quotes?
  func isJSON(_ mapping: NodeID) -> Bool {
    guard isFlow(mapping), let key = document.children(mapping).first else { return false }
    return document.node(key).style == .doubleQuoted
  }

  /// How the file ends its lines.
  var newline: [UInt8] {
    guard let end = ByteSearch.newline(in: bytes, from: 0), end > 0, bytes[end - 1] == 0x0d else { return [0x0a] }
    return [0x0d, 0x0a]
  }

  func lineStart(_ offset: Int) -> Int { bytes[..<offset].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0 }

  /// Bytes from the beginning of the line.
  func column(_ offset: Int) -> Int { offset - lineStart(offset) }

  /// The blanks that a line begins with, and whether a comment follows them.
  func indent(ofLine start: Int) -> (count: Int, isComment: Bool) {
    let end = ByteSearch.newline(in: bytes, from: start) ?? bytes.count
    let first = bytes[start..<end].firstIndex { $0 != 0x20 } ?? end
    return (first - start, first < end && bytes[first] == UInt8(ascii: "#"))
  }
}

/// A document, with what is needed to find a resource in it.
struct DocumentText: Sendable {
  let document: YAMLDocument
  /// Bytes that an alias repeats.
  let repeated: [Range<Int>]
  /// The outermost mapping, or alias, that begins at a byte.
  private let nodes: [Int32: Int32]

  /// - Complexity: O(*n*) in the nodes.
  init(_ document: YAMLDocument) {
    self.document = document
    repeated = document.nodes.filter { $0.kind == .alias }.map { document.range(YAMLDocument.NodeID(index: $0.first)) }
    nodes = Dictionary(
      document.nodes.indices.lazy.filter { document.nodes[$0].kind == .mapping || document.nodes[$0].kind == .alias }
        .map { (document.nodes[$0].start, Int32($0)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The node that begins at a byte; `nil` if none does.
  func node(at offset: Int) -> YAMLDocument.NodeID? {
    nodes[Int32(offset)].map { YAMLDocument.NodeID(index: $0) }
  }
}

extension LineIndex {
  /// The byte at a line and column, both from 1; `nil` if there is no such line.
  func offset(_ line: Int, _ column: Int) -> Int? {
    start(ofLine: line).map { $0 + column - 1 }
  }
}
