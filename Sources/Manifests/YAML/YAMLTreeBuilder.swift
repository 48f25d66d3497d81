import Selector

/// Builds a `YAMLDocument` from events, and holds the limits: nesting, and what aliases expand to.
struct YAMLTreeBuilder {
  /// A resource is nested ten deep; this is far beyond, and keeps every walk shallow.
  static let nestingLimit = 200
  /// Nodes that aliases may add to a document.
  static let aliasLimit = 1_000_000

  private struct Open {
    var node: Int32
    var lastChild: Int32 = -1
    var expanded = 1
  }

  private struct Anchor {
    var node: Int32
    /// Nodes in the tree below, aliases expanded; `nil` while it is still open.
    var expanded: Int?
  }

  private(set) var document = YAMLDocument()
  private var open: [Open] = []
  private var anchors: [ByteString: Anchor] = [:]
  private var anchorOf: [Int32: ByteString] = [:]
  private var addedByAliases = 0
  private var flowDepth = 0

  var depth: Int { open.count }

  mutating func scalar(
    _ value: UnsafeBufferPointer<UInt8>,
    style: YAMLDocument.Style,
    tag: YAMLDocument.Tag,
    anchor: ByteString?,
    at range: Range<Int>
  ) {
    var style = style
    if style == .plain, flowDepth > 0, value.contains(UInt8(ascii: ":")) { style = .plainWithColonInFlow }
    let first = Int32(document.text.count)
    document.text.append(contentsOf: value)
    // A value that is not there (`spec:`) is shown where its key stands.
    let place = range.isEmpty ? pendingKeyRange ?? range : range
    let node = append(
      YAMLDocument.Node(
        kind: .scalar,
        style: style,
        tag: tag,
        start: Int32(place.lowerBound),
        end: Int32(place.upperBound),
        first: first,
        count: Int32(value.count),
        next: -1
      )
    )
    // A long text weighs as much as many values, since every alias of it is a copy.
    let weight = 1 + value.count / 32
    if let anchor { anchors[anchor] = Anchor(node: node, expanded: weight) }
    count(weight)
  }

  mutating func begin(
    _ kind: YAMLDocument.Kind,
    style: YAMLDocument.Style,
    anchor: ByteString?,
    at range: Range<Int>
  ) throws(YAMLSyntaxError) {
    guard open.count < Self.nestingLimit else {
      throw YAMLSyntaxError(reason: .nestedTooDeep(limit: Self.nestingLimit), range: range)
    }
    let node = append(
      YAMLDocument.Node(
        kind: kind,
        style: style,
        tag: .none,
        start: Int32(range.lowerBound),
        end: Int32(range.upperBound),
        first: -1,
        count: 0,
        next: -1
      )
    )
    if let anchor {
      anchors[anchor] = Anchor(node: node, expanded: nil)
      anchorOf[node] = anchor
    }
    open.append(Open(node: node))
    if style == .flowCollection { flowDepth += 1 }
  }

  mutating func end(at range: Range<Int>) {
    guard let closed = open.popLast() else { return }
    let index = Int(closed.node)
    if document.nodes[index].style == .flowCollection {
      flowDepth -= 1
      document.nodes[index].end = Int32(range.upperBound)
    } else if closed.lastChild >= 0 {
      document.nodes[index].end = document.nodes[Int(closed.lastChild)].end
    }
    if let name = anchorOf.removeValue(forKey: closed.node), anchors[name]?.node == closed.node {
      anchors[name]?.expanded = closed.expanded
    }
    count(closed.expanded)
  }

  mutating func alias(_ name: ByteString, at range: Range<Int>) throws(YAMLSyntaxError) {
    guard let anchor = anchors[name] else {
      throw YAMLSyntaxError(reason: .unknownAnchor(name.text), range: range)
    }
    guard let expanded = anchor.expanded else {
      throw YAMLSyntaxError(reason: .anchorContainsItself(name.text), range: range)
    }
    addedByAliases += expanded
    guard addedByAliases <= Self.aliasLimit else {
      throw YAMLSyntaxError(reason: .aliasesExpandTooFar(limit: Self.aliasLimit), range: range)
    }
    _ = append(
      YAMLDocument.Node(
        kind: .alias,
        style: .plain,
        tag: .none,
        start: Int32(range.lowerBound),
        end: Int32(range.upperBound),
        first: anchor.node,
        count: 0,
        next: -1
      )
    )
    count(expanded)
  }

  private mutating func append(_ node: YAMLDocument.Node) -> Int32 {
    let id = Int32(document.nodes.count)
    document.nodes.append(node)
    guard let parent = open.last else {
      document.root = YAMLDocument.NodeID(index: id)
      return id
    }
    if parent.lastChild >= 0 {
      document.nodes[Int(parent.lastChild)].next = id
    } else {
      document.nodes[Int(parent.node)].first = id
    }
    document.nodes[Int(parent.node)].count += 1
    open[open.count - 1].lastChild = id
    return id
  }

  private mutating func count(_ expanded: Int) {
    if !open.isEmpty { open[open.count - 1].expanded += expanded }
  }

  /// The place of the key whose value comes next, if one does.
  private var pendingKeyRange: Range<Int>? {
    guard let parent = open.last, parent.lastChild >= 0 else { return nil }
    let mapping = document.nodes[Int(parent.node)]
    guard mapping.kind == .mapping, mapping.count % 2 == 1 else { return nil }
    return document.range(YAMLDocument.NodeID(index: parent.lastChild))
  }
}
