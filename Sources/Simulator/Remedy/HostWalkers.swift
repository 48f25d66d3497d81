package import Selector

/// A flow and the host that judges it.
package struct HostFlow: Hashable, Sendable {
  package var node: ByteString
  package var flow: Flow

  package init(node: ByteString, flow: Flow) {
    self.node = node
    self.flow = flow
  }
}

/// The walkers of one world, each made when it is first asked for; all share the compiled rules of the first.
struct HostWalkers {
  private let first: Walker
  private var others: [ByteString: Walker] = [:]

  init(_ first: Walker) {
    self.first = first
  }

  /// `nil` if the world has no such host.
  mutating func walker(_ node: ByteString) -> Walker? {
    if node == first.topology.node { return first }
    if let known = others[node] { return known }
    guard first.world.nodes.contains(node) else { return nil }
    let world = first.world
    let local = world.endpoints.indices.filter { world.endpoints[$0].node == node }
    let walker = Walker(
      world: world, semantics: first.semantics, book: first.book,
      topology: TopologyBuilder(world: world, node: node, semantics: first.semantics, local: local).build(), firstInterface: 0)
    others[node] = walker
    return walker
  }
}
