/// One parsed YAML document as a tree in flat arrays: nodes refer to each other by index, and the text of all scalars
/// stands in one buffer. Every node knows the bytes of the file that it was read from.
struct YAMLDocument: Sendable {
  struct NodeID: Hashable, Sendable {
    var index: Int32
  }

  enum Kind: UInt8 {
    case scalar, sequence, mapping, alias
  }

  enum Style: UInt8 {
    case plain, singleQuoted, doubleQuoted, block
    /// An unquoted scalar with a colon between brackets, which libyaml reads today and calicoctl's parser refuses.
    case plainWithColonInFlow
    case blockCollection, flowCollection
  }

  enum Tag: UInt8 {
    /// No tag: the text of a plain scalar settles its type.
    case none
    case string, int, float, bool, null, binary
    /// `!`, or a tag of the user's own: the scalar is text as it stands.
    case other
  }

  struct Node {
    var kind: Kind
    var style: Style
    var tag: Tag
    /// Bytes of the file, end excluded. A block collection ends with its last child.
    var start: Int32
    var end: Int32
    /// Scalar: where its text begins in `text`. Collection: its first child, or -1. Alias: the node it stands for.
    var first: Int32
    /// Scalar: bytes of text. Collection: children; keys and values of a mapping alternate.
    var count: Int32
    /// The next node with the same parent, or -1.
    var next: Int32
  }

  var nodes: [Node] = []
  var text: [UInt8] = []
  /// `nil` where the text holds no node at all.
  var root: NodeID?

  /// The node, or the one that an alias stands for.
  func resolved(_ id: NodeID) -> NodeID {
    let node = nodes[Int(id.index)]
    return node.kind == .alias ? NodeID(index: node.first) : id
  }

  /// The node itself; an alias is followed.
  func node(_ id: NodeID) -> Node {
    nodes[Int(resolved(id).index)]
  }

  /// The bytes of a scalar's value, escapes and folding undone.
  func scalarBytes(_ id: NodeID) -> ArraySlice<UInt8> {
    let node = node(id)
    return text[Int(node.first)..<Int(node.first + node.count)]
  }

  /// The place of the node in the file; of an alias, the alias itself.
  func range(_ id: NodeID) -> Range<Int> {
    let node = nodes[Int(id.index)]
    return Int(node.start)..<Int(max(node.start, node.end))
  }

  /// The part of a node that a message should point at: of a block mapping its first key, of a block sequence its dash.
  func headRange(_ id: NodeID) -> Range<Int> {
    let node = nodes[Int(id.index)]
    guard node.style == .blockCollection, node.first >= 0 else { return range(id) }
    if node.kind == .mapping { return headRange(NodeID(index: node.first)) }
    return Int(node.start)..<Int(node.start + 1)
  }

  /// The children of a sequence, or the keys and values of a mapping.
  func children(_ id: NodeID) -> [NodeID] {
    let node = node(id)
    guard node.kind == .sequence || node.kind == .mapping else { return [] }
    var result: [NodeID] = []
    result.reserveCapacity(Int(node.count))
    var next = node.first
    while next >= 0 {
      result.append(NodeID(index: next))
      next = nodes[Int(next)].next
    }
    return result
  }
}
